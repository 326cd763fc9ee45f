"""Every explorable of the course, now and later: each control at its ends and default, and at random.

The data are finite, the figure is one that plotly accepts and stays within its declared axes, there is a summary, and what the
browser is sent is what the model gives.
"""

import functools

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier.explore import catalogue
from dossier.explore.frames import leaves, unpack

EVERY = sorted(catalogue())
MOST_POINTS = 1500


@functools.cache
def made(name):
    return catalogue()[name]()


def name_of(source):
    return source.removeprefix("dossier.explore.")


def ends(control):
    last = len(control.values) - 1
    return sorted({0, last, control.position(control.default)})


def positions(chart):
    """The default with each control in turn at its ends, and all controls at their ends together."""
    default = chart.payload["default"]
    yield dict(default)
    for control in chart.controls:
        for end in ends(control):
            yield {**default, control.name: end}
    yield {control.name: 0 for control in chart.controls}
    yield {control.name: len(control.values) - 1 for control in chart.controls}


def values_of(trace, axis):
    leaf = trace.get(axis)
    if leaf is None or any(isinstance(item, str) for item in leaf):
        return np.array([])
    return np.asarray(leaf, dtype=float)


def axis_of(figure, trace, letter):
    name = trace.get(f"{letter}axis", letter)
    return figure["layout"][f"{letter}axis{name[1:]}"]


def check(chart, position):
    _, figure, (text, table) = chart._evaluate(position)
    assert "http" not in str(figure["layout"])
    parsed = go.Figure(figure)  # refuses what plotly does not know
    assert sum(len(trace.x) for trace in parsed.data if trace.x is not None) <= MOST_POINTS
    for trace in figure["data"]:
        for letter in "xy":
            axis = axis_of(figure, trace, letter)
            assert axis["title"]["text"], f"the {letter} axis has no title"
            values = values_of(trace, letter)
            if trace.get("type", "scatter") == "bar" and letter == (
                "x" if trace.get("orientation") == "h" else "y"
            ):
                values = values + np.asarray(trace.get("base", 0), dtype=float)
            assert not np.isinf(values).any()
            present = values[~np.isnan(values)]
            if axis.get("type") == "log":
                assert (present > 0).all()
                present = np.log10(present)
            if len(present):
                low, high = axis["range"]
                slack = 1e-6 * abs(high - low)
                assert present.min() >= min(low, high) - slack, f"{letter} falls below its axis"
                assert present.max() <= max(low, high) + slack, f"{letter} rises above its axis"
    assert len(text) > 20
    assert text.strip().endswith((".", "!", "?"))
    assert table
    assert len({len(column) for column in table.values()}) == 1
    assert "nan" not in text.lower()


@pytest.mark.parametrize("source", EVERY, ids=name_of)
def test_it_holds_at_the_ends_of_every_control(source):
    chart = made(source)
    for position in positions(chart):
        check(chart, position)


@pytest.mark.parametrize("source", EVERY, ids=name_of)
def test_it_holds_at_random_settings(source):
    chart = made(source)
    anywhere = st.fixed_dictionaries(
        {control.name: st.integers(0, len(control.values) - 1) for control in chart.controls}
    )

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(anywhere)
    def holds(position):
        check(chart, position)

    holds()


@pytest.mark.parametrize("source", EVERY, ids=name_of)
def test_the_frames_of_a_slice_are_the_model_called_one_by_one(source):
    chart = made(source)
    for control in chart.controls:
        frames = np.unique(np.linspace(0, len(control.values) - 1, 7).astype(int)).tolist()
        packed = chart.slice(control.name, chart.payload["default"], frames)
        for row, frame in enumerate(frames):
            _, figure, (text, _) = chart.at(**{control.name: control.values[frame]})
            assert packed["texts"][row] == text
            drawn, alone = leaves(unpack(packed, row)), leaves(figure)
            assert set(alone) <= set(drawn)
            for path, leaf in alone.items():
                if isinstance(leaf, np.ndarray) and leaf.dtype.kind in "fiu" and leaf.ndim == 1:
                    assert np.allclose(np.asarray(drawn[path], dtype=float), leaf, rtol=1e-6, equal_nan=True)


@pytest.mark.parametrize("source", EVERY, ids=name_of)
def test_every_control_has_a_readable_label_and_the_chart_an_alternative(source):
    chart = made(source)
    assert chart.title
    assert chart.alt.endswith(".")
    for control in chart.controls:
        assert control.label
        assert control.label[0].isupper()
        assert max(len(text) for text in control.texts) <= 40


@pytest.mark.parametrize("source", EVERY, ids=name_of)
def test_the_copied_code_makes_the_same_explorable(source):
    chart = made(source)
    start = {control.name: control.values[-1] for control in chart.controls}
    again = catalogue()[source](**start)
    assert again.settings == start
    assert again.source == source
