"""The editable table's Python half, and the charts that follow it."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import given

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
import sample

from dossier.explore import Choice, EditableTable, Explorable, Number, Tick

FRAME = sample.rules().original


def heard(table):
    changes = []
    table.observe(changes.append, "value")
    return changes


def from_the_page(table, row, column, item):
    """What the browser does: all cells, with one changed, and a number that says that there is something new."""
    cells = [list(cells) for cells in table.cells]
    cells[row][column] = item
    table.set_state({"cells": cells, "edit": table.edit + 1})


def test_the_value_is_a_copy_with_the_types_of_the_frame():
    rules = sample.rules()
    for copy in (rules.value, rules.original):
        copy.loc["parking", "points"] = 99
    pd.testing.assert_frame_equal(rules.value, FRAME)
    from_the_page(rules, 0, 1, 2)  # a weight that is a whole number stays a float
    from_the_page(rules, 1, 2, False)
    from_the_page(rules, 2, 3, 1)
    expected = FRAME.copy()
    expected.loc["parking", "weight"] = 2.0
    expected.loc["volunteering", "counts"] = False
    expected.loc["criticism", "then"] = "praise"
    pd.testing.assert_frame_equal(rules.value, expected)
    assert rules.taken == rules.edit == 3


def test_every_change_is_announced_once_and_no_change_is_not():
    rules = sample.rules()
    changes = heard(rules)
    rules.value = rules.value
    from_the_page(rules, 0, 0, -5)
    assert changes == []
    from_the_page(rules, 0, 0, -20)
    assert len(changes) == 1
    assert changes[0]["old"].loc["parking", "points"] == -5
    assert changes[0]["new"].loc["parking", "points"] == -20
    changes[0]["new"].loc["parking", "points"] = 7
    assert rules.value.loc["parking", "points"] == -20
    rules.reset()
    assert len(changes) == 2
    assert rules.cells == rules.payload["original"]


@given(points=st.integers(-100, 100), weight=st.floats(0, 4), counts=st.booleans(), then=st.integers(0, 2))
def test_python_and_the_page_hold_the_same(points, weight, counts, then):
    rules, mirror = sample.rules(), sample.rules()
    changed = rules.value
    changed.loc["volunteering", ["points"]] = points
    changed.loc["volunteering", "weight"] = weight
    changed.loc["volunteering", "counts"] = counts
    changed.loc["volunteering", "then"] = ["nothing", "praise", "no flights"][then]
    rules.value = changed
    assert rules.cells[1] == [points, weight, counts, then]
    mirror.set_state({"cells": rules.cells, "edit": 1})
    pd.testing.assert_frame_equal(mirror.value, changed)


@pytest.mark.parametrize(
    ("row", "column", "item", "says"),
    [
        ("parking", "points", 900, "points of 'parking' is 900: allowed is a whole number from -100 to 100"),
        ("parking", "points", 2.5, "points of 'parking' is 2.5: allowed is a whole number"),
        ("parking", "weight", np.nan, "weight of 'parking' is nan: allowed is a number from 0 to 4"),
        ("tax arrears", "weight", 1.0, "weight of 'tax arrears' is 1.0: this cell is fixed at inf"),
        ("criticism", "counts", "no", "counts of 'criticism' is 'no': allowed are True and False"),
        ("criticism", "then", "prison", "then of 'criticism' is 'prison': allowed are 'nothing', 'praise'"),
        ("criticism", "registry", "diary", "column 'registry' is fixed: only points, weight, counts, then"),
    ],
)
def test_what_is_not_allowed_is_refused_by_row_column_value_and_range(row, column, item, says):
    rules = sample.rules()
    changed = rules.value.astype(object)
    changed.loc[row, column] = item
    with pytest.raises(ValueError, match=says):
        rules.value = changed.astype({"registry": FRAME["registry"].dtype})
    pd.testing.assert_frame_equal(rules.value, FRAME)


def test_a_check_refuses_what_python_sets_by_row_column_and_value():
    rules = sample.rules(check=sample.milder_than_criticism)
    changed = rules.value
    changed.loc["parking", "points"] = -60
    says = r"points of 'parking' is -60: Parking \(-60\) must cost less than criticism \(-50\)\."
    with pytest.raises(ValueError, match=says):
        rules.value = changed
    pd.testing.assert_frame_equal(rules.value, FRAME)
    with pytest.raises(ValueError, match="must cost less"):
        EditableTable("T", changed, [Tick("counts", "C")], check=sample.milder_than_criticism)


def test_a_check_refuses_what_the_page_sends_and_takes_the_rest():
    rules = sample.rules(check=sample.milder_than_criticism)
    changes = heard(rules)
    from_the_page(rules, 0, 0, -60)
    words = "Parking (-60) must cost less than criticism (-50)."
    assert rules.refused == [{"row": 0, "at": 0, "value": -60, "words": words}]
    assert (rules.cells, changes, rules.taken) == (rules.payload["original"], [], 1)
    both = [list(cells) for cells in rules.cells]
    both[0][0], both[1][0] = -60, 20
    rules.set_state({"cells": both, "edit": 2})
    assert rules.value["points"].to_list() == [-5, 20, -50, -20]
    assert [(one["row"], one["at"]) for one in rules.refused] == [(0, 0)]
    # Neither of the two is right alone; together they are.
    both[2][0] = -70
    rules.set_state({"cells": both, "edit": 3})
    assert rules.value["points"].to_list() == [-60, 20, -70, -20]
    assert rules.refused == []
    assert rules.cells == both
    from_the_page(rules, 0, 0, -80)
    assert rules.refused
    rules.reset()
    assert rules.refused == []


@given(sent=st.lists(st.integers(-100, 100), min_size=4, max_size=4))
def test_whatever_is_sent_the_value_passes_the_check_and_each_cell_is_taken_or_refused(sent):
    rules = sample.rules(check=sample.milder_than_criticism)
    cells = [[points, *rest] for points, (_, *rest) in zip(sent, rules.cells, strict=True)]
    rules.set_state({"cells": cells, "edit": 1})
    assert sample.milder_than_criticism(rules.value) is None
    refused = {one["row"]: one["value"] for one in rules.refused}
    now = rules.value["points"].to_list()
    assert [refused.get(row, points) for row, points in enumerate(now)] == sent
    assert bool(refused) == (sent[0] <= sent[2])


def test_another_shape_and_another_type_are_refused():
    rules = sample.rules()
    with pytest.raises(ValueError, match="must have the table's own rows"):
        rules.value = FRAME.drop(index="parking")
    with pytest.raises(ValueError, match="must have the table's own rows"):
        rules.value = FRAME.drop(columns="points")
    with pytest.raises(TypeError, match="value is a dict: give a DataFrame"):
        rules.value = {"points": [1]}


@pytest.mark.parametrize(
    ("frame", "columns", "says"),
    [
        (FRAME.iloc[:0], [Tick("counts", "Counts")], "nothing to change"),
        (FRAME, [], "give at least one, all different"),
        (FRAME, [Tick("counts", "A"), Tick("counts", "B")], "give at least one, all different"),
        (FRAME, [Tick("count", "Counts")], "frame has no column 'count': it has registry, points"),
        (pd.concat([FRAME, FRAME]), [Tick("counts", "Counts")], "a row or a column twice"),
        (FRAME, [Number("registry", "R", 0, 1)], "a number's column needs numbers"),
        (FRAME, [Tick("points", "P")], "a tick needs True and False"),
        (
            FRAME,
            [Number("points", "P", 0, 5)],
            "points of 'parking' is -5: allowed is a whole number from 0 to 5",
        ),
        (FRAME, [Choice("then", "T", ["nothing", "praise"])], "then of 'criticism' is 'no flights'"),
    ],
)
def test_a_frame_that_does_not_fit_is_refused(frame, columns, says):
    with pytest.raises(ValueError, match=says):
        EditableTable("T", frame, columns)


def test_a_hidden_column_is_in_the_value_and_nowhere_else():
    rules = EditableTable("T", FRAME, [Number("points", "Points", -100, 100)], hidden=["registry"])
    assert "registry" in rules.value
    assert "traffic_offences" not in str(rules) + rules.to_static_html() + str(rules.payload)
    with pytest.raises(ValueError, match="cannot be changed"):
        EditableTable("T", FRAME, [Number("points", "Points", -100, 100)], hidden=["points"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [((1, 1), "low must be below high"), ((0, np.inf), "finite number"), ((0, 1, 0), "must be above 0")],
)
def test_a_range_that_allows_nothing_is_refused(arguments, says):
    with pytest.raises(ValueError, match=says):
        Number("points", "Points", *arguments)


def test_the_text_form_is_the_table():
    text = str(sample.rules())
    assert text.splitlines()[0] == "The rules of the town (you can change: Points, Weight, Counts, Then)"
    assert text.splitlines()[-1].split() == [
        "tax",
        "arrears",
        "tax_arrears",
        "-20",
        "no",
        "limit",
        "yes",
        "nothing",
    ]
    assert repr(sample.rules()) == text
    assert sample.rules()._repr_mimebundle_()[0]["text/plain"] == text


def test_a_static_page_is_a_plain_table_and_names_no_other_host():
    page = sample.rules().to_static_html()
    assert '<th scope="row">parking</th><td>traffic_offences</td><td>-5</td>' in page
    assert "http" not in page.split("<main>")[1]


def test_a_chart_follows_a_table_as_long_as_it_lives():
    rules = sample.rules()
    chart = sample.following(rules, sample.TAKEN)
    assert "Parking costs 5 points." in str(chart)
    versions = []
    chart.observe(lambda change: versions.append(change["new"]["version"]), "payload")
    from_the_page(rules, 0, 0, -20)
    assert versions == [1]
    assert chart.payload["slices"]["look_ups"]["texts"] == ["Parking costs 20 points."]
    assert chart.payload["guess"]["truth"] == 20
    chart.close()
    from_the_page(rules, 0, 0, -30)
    assert versions == [1]
    chart._repr_mimebundle_()  # shown again: it is up to date, and follows again
    assert chart.payload["slices"]["look_ups"]["texts"] == ["Parking costs 30 points."]
    from_the_page(rules, 0, 0, -40)
    assert chart.payload["slices"]["look_ups"]["texts"] == ["Parking costs 40 points."]


def test_recomputing_gives_up_the_slice_under_way(monkeypatch):
    sent = []
    monkeypatch.setattr(Explorable, "send", lambda self, content, buffers=None: sent.append(content))
    chart = sample.chart(model=sample.slow_model)
    content = {"kind": "slice", "view": "a", "control": "look_ups", "request": "1"}

    async def asked_and_changed():
        chart._answer(chart, content | {"position": chart.payload["default"]}, [])
        await asyncio.sleep(0.15)
        chart.recompute()
        pieces = len(sent)
        await asyncio.sleep(0.5)
        return pieces

    # In a thread of its own: Playwright leaves an event loop running in the main one.
    with ThreadPoolExecutor(1) as thread:
        pieces = thread.submit(lambda: asyncio.run(asked_and_changed())).result()
    assert 0 < len(sent) == pieces
    assert not sent[-1]["last"]
