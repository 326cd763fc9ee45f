"""A slice packed and unpacked is the figures again, to the precision of float32."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.explore.frames import leaves, pack, unpack

numbers = st.lists(st.floats(-1e6, 1e6, width=32) | st.just(float("nan")), min_size=0, max_size=6)


def figure(x, y, label):
    return {
        "data": [
            {"type": "scatter", "x": x, "y": np.array(y), "name": label},
            {"type": "bar", "x": ["a", "b"], "y": [1, 2]},
        ],
        "layout": {"xaxis": {"range": [0, 10]}, "annotations": [{"text": label, "x": float(len(y))}]},
    }


@given(st.lists(st.tuples(numbers, st.text(max_size=3)), min_size=1, max_size=5))
def test_every_frame_comes_back(frames):
    figures = [figure(list(range(len(y))), y, label) for y, label in frames]
    packed = pack(figures)
    for index, original in enumerate(figures):
        back, there = leaves(unpack(packed, index)), leaves(original)
        assert back.keys() == there.keys()
        for path, leaf in there.items():
            if isinstance(leaf, (str, float)):
                assert back[path] == leaf
            elif path[-1] == "x" and path[1] == 1:
                assert back[path] == ["a", "b"]
            else:
                assert np.array_equal(
                    np.asarray(back[path], dtype="f4"), np.asarray(leaf, dtype="f4"), equal_nan=True
                )


def test_what_stays_the_same_is_sent_once():
    x = np.linspace(0, 1, 100)
    figures = [{"data": [{"x": x, "y": x * slope}], "layout": {}} for slope in range(10)]
    assert len(pack(figures)["numbers"]) == 4 * (100 + 10 * 100)


def test_ranges_of_axes_stay_lists():
    packed = pack([figure([1], [1], "a")])
    assert packed["base"]["layout"]["xaxis"]["range"] == [0, 10]


def test_a_changing_number_of_traces_is_refused():
    with pytest.raises(ValueError, match="keep the number fixed"):
        pack([{"data": [{}], "layout": {}}, {"data": [{}, {}], "layout": {}}])


def test_an_empty_label_keeps_its_place():
    shown = [
        {"data": [{"type": "scatter", "x": [1, 2], "text": text}]}
        for text in (["", "here"], ["here", ""], "", None)
    ]
    packed = pack(shown)
    assert [unpack(packed, index)["data"][0]["text"] for index in range(4)] == [
        ["\u00a0", "here"],
        ["here", "\u00a0"],
        "\u00a0",
        None,
    ]
