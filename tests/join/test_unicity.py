"""Unicity is what its definition says: counted by brute force, at its limits, and along p and the grids."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.join.unicity import Traces, draw_points, people_who_fit, traces, unicity
from dossier.republic import Republic


def at(person, column, row, hour):
    """Traces made of four lists."""
    arrays = (np.array(one, dtype=np.int64) for one in (person, column, row, hour))
    names = np.array([f"p{number}" for number in range(max(person) + 1)], dtype=object)
    return Traces(*arrays, names)


@st.composite
def small_traces(draw):
    """Up to six people, each seen at a few points of a small grid."""
    people = draw(st.integers(1, 6))
    point = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 11))
    seen = [draw(st.sets(point, min_size=1, max_size=6)) for _ in range(people)]
    rows = [(person, *where) for person, points in enumerate(seen) for where in sorted(points)]
    return at(*(list(column) for column in zip(*rows, strict=True)))


def counted_by_hand(known, drawn, kilometres, hours):
    """The definition, point by point and person by person."""
    places = [
        (int(column) // kilometres, int(row) // kilometres, int(hour) // hours)
        for column, row, hour in zip(known.column, known.row, known.hour, strict=True)
    ]
    visited = [
        {place for place, who in zip(places, known.person, strict=True) if who == person}
        for person in range(known.people)
    ]
    return [
        [
            sum({places[one] for one in points[: p + 1]} <= theirs for theirs in visited)
            for p in range(len(points))
        ]
        for points in drawn
    ]


@given(small_traces(), st.integers(1, 5), st.integers(1, 4), st.integers(1, 12), st.integers(0, 99))
def test_it_counts_what_brute_force_counts(known, points, kilometres, hours, seed):
    drawn = draw_points(known, points, np.random.default_rng(seed))
    found = people_who_fit(known, drawn, kilometres=kilometres, hours=hours)
    assert found.tolist() == counted_by_hand(known, drawn, kilometres, hours)


@given(small_traces(), st.integers(0, 99))
def test_more_points_never_fit_more_people_and_the_owner_always_fits(known, seed):
    fits = people_who_fit(known, draw_points(known, 6, np.random.default_rng(seed)))
    assert (np.diff(fits, axis=1) <= 0).all()
    assert (fits >= 1).all()


@given(small_traces(), st.integers(1, 3), st.integers(1, 3), st.integers(0, 99))
def test_nested_coarsening_never_fits_fewer_people(known, factor, again, seed):
    drawn = draw_points(known, 4, np.random.default_rng(seed))
    fine = people_who_fit(known, drawn, kilometres=factor, hours=again)
    for coarser in ({"kilometres": 2 * factor, "hours": again}, {"kilometres": factor, "hours": 3 * again}):
        assert (people_who_fit(known, drawn, **coarser) >= fine).all()


@given(small_traces(), st.integers(0, 99))
def test_the_points_drawn_are_ones_own_and_differ_as_long_as_there_are_any(known, seed):
    drawn = draw_points(known, 5, np.random.default_rng(seed))
    assert (known.person[drawn] == np.arange(known.people)[:, None]).all()
    for points, length in zip(drawn, known.lengths, strict=True):
        assert len(set(points)) == min(5, length)


def test_the_first_points_of_a_longer_draw_are_a_shorter_one():
    known = at([0, 0, 0, 1, 1, 1], [0, 1, 2] * 2, [0] * 6, [0, 1, 2] * 2)
    long, short = (draw_points(known, points, np.random.default_rng(3)) for points in (3, 2))
    assert (long[:, :2] == short).all()


def test_every_point_is_as_likely_as_any_other():
    known = at([0] * 4, [0, 1, 2, 3], [0] * 4, [0] * 4)
    first = [int(draw_points(known, 1, np.random.default_rng(seed))[0, 0]) for seed in range(400)]
    # A hundred expected of each; four standard deviations are about 35.
    assert np.abs(np.bincount(first, minlength=4) - 100).max() < 35


def test_twins_are_never_unique_and_strangers_always_are():
    twins = at([0, 0, 1, 1], [3, 4, 3, 4], [1, 1, 1, 1], [5, 9, 5, 9])
    strangers = at([0, 1, 2], [0, 1, 2], [0, 0, 0], [0, 0, 0])
    generator = np.random.default_rng(1)
    assert unicity(twins, 5, generator) == 0
    assert unicity(strangers, 1, generator) == 1
    assert unicity(strangers, 1, generator, kilometres=3) == 0
    assert unicity(at([0], [0], [0], [0]), 1, generator, kilometres=24, hours=336) == 1


def test_one_place_shared_by_m_of_n_leaves_m():
    known = at([0, 1, 2, 3], [7, 7, 7, 0], [2, 2, 2, 0], [4, 4, 4, 4])
    assert people_who_fit(known, [[0], [1], [2], [3]]).ravel().tolist() == [3, 3, 3, 1]


@pytest.fixture(scope="module")
def sorrel():
    return Republic.sample()


@pytest.fixture(scope="module")
def everybody(sorrel):
    return traces(sorrel.phone_pings, sorrel.cells)


def test_the_traces_are_those_of_the_phone_company(sorrel, everybody):
    pings = sorrel.phone_pings
    assert everybody.people == pings["id_number"].nunique()
    hour = (pings["when"] - pd.Timestamp("2016-11-07")) // pd.Timedelta(hours=1)
    assert len(everybody.person) == len(set(zip(pings["id_number"], pings["cell"], hour, strict=True)))
    assert everybody.hour.min() >= 0
    assert everybody.hour.max() < 14 * 24
    someone = everybody.id_numbers[17]
    mine = everybody.person == 17
    cells = set(everybody.row[mine] * 24 + everybody.column[mine])
    assert cells == set(pings.loc[pings["id_number"] == someone, "cell"])


def test_in_sorrel_four_points_nearly_always_do_and_one_hardly_ever(everybody):
    generator = np.random.default_rng(7)
    assert 0.93 < unicity(everybody, 4, generator) < 0.99
    assert unicity(everybody, 1, generator) < 0.1


def test_memory_does_not_change_the_count(everybody, monkeypatch):
    drawn = draw_points(everybody, 3, np.random.default_rng(2))[:90]
    whole = people_who_fit(everybody, drawn)
    monkeypatch.setattr("dossier.join.unicity.CHUNK", 7)
    assert (people_who_fit(everybody, drawn) == whole).all()


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"points": 0}, ValueError, "points is 0"),
        ({"points": 2.5}, TypeError, "points is 2.5"),
        ({"kilometres": 0}, ValueError, "kilometres is 0"),
        ({"hours": "day"}, TypeError, "hours is 'day'"),
    ],
)
def test_bad_numbers_are_refused(change, error, message):
    known = at([0], [0], [0], [0])
    arguments = {"points": 1, "generator": np.random.default_rng(1), **change}
    with pytest.raises(error, match=message):
        unicity(known, **arguments)


def test_bad_positions_are_refused():
    known = at([0], [0], [0], [0])
    with pytest.raises(ValueError, match="drawn holds positions from 0 to 1: allowed are 0 to 0"):
        people_who_fit(known, [[0, 1]])
    with pytest.raises(TypeError, match="give rows of positions"):
        people_who_fit(known, [0])
    with pytest.raises(TypeError, match="give rows of positions"):
        people_who_fit(known, [[0.5]])


def test_bad_tables_are_refused(sorrel):
    pings, cells = sorrel.phone_pings.head(), sorrel.cells
    with pytest.raises(ValueError, match="pings has no column 'cell'"):
        traces(pings.drop(columns="cell"), cells)
    with pytest.raises(ValueError, match="pings is empty"):
        traces(pings.head(0), cells)
    with pytest.raises(TypeError, match="cells is a list"):
        traces(pings, [])
    with pytest.raises(ValueError, match="which is not in cells"):
        traces(pings.assign(cell=999), cells)
