"""Phones: regular enough to be people, unique enough to be found (F4-005, F4-006)."""

import numpy as np
import pandas as pd
import pytest

from dossier.republic import parameters as p


def unicity(pings: pd.DataFrame, points: int, cells: int = 1, hours: int = 1, people: int = 1_000) -> float:
    """Share of traces that random points of their own single out (de Montjoye et al. 2013)."""
    column, row = pings["cell"] % p.GRID, pings["cell"] // p.GRID
    place = (row // cells) * p.GRID + column // cells
    time = (pings["when"] - pd.Timestamp("2016-11-07")) // pd.Timedelta(hours=hours)
    table = pd.DataFrame({"id_number": pings["id_number"], "point": place * 1_000 + time}).drop_duplicates()
    table["id_number"] = pd.factorize(table["id_number"])[0]
    visitors = table.groupby("point")["id_number"].agg(frozenset).to_dict()
    traces = table.groupby("id_number")["point"].agg(list)
    traces = traces[traces.map(len) >= points].sample(people, random_state=1)
    random = np.random.default_rng(1)
    alone = 0
    for trace in traces:
        chosen = random.choice(trace, points, replace=False)
        alone += len(frozenset.intersection(*(visitors[point] for point in chosen))) == 1
    return alone / people


def test_four_points_single_out_about_as_many_as_published_and_more_points_more(sorrel):
    share = {points: unicity(sorrel.phone_pings, points) for points in (1, 2, 3, 4, 6)}
    assert 0.93 < share[4] < 0.99  # F4-005: 95 %
    assert 0.5 < share[2] < 0.8
    assert sorted(share.values()) == list(share.values())


def test_coarser_places_and_hours_help_only_slowly(sorrel):
    fine = unicity(sorrel.phone_pings, 4)
    places = [unicity(sorrel.phone_pings, 4, cells=cells) for cells in (2, 4)]
    hours = [unicity(sorrel.phone_pings, 4, hours=hours) for hours in (4, 12)]
    assert fine > places[0] > places[1]
    assert fine > hours[0] > hours[1]
    # F4-006: about the tenth power of the resolution. Sorrel's falls as 0.06 to 0.2.
    for coarse, factor in zip([*places, *hours], [4, 16, 4, 12], strict=True):
        assert 0.0 < np.log(fine / coarse) / np.log(factor) < 0.2


def test_phones_leave_about_forty_traces_and_some_far_more(sorrel):
    uses = sorrel.phone_pings.groupby("id_number").size()
    assert 30 < uses.mean() < 60
    assert uses.max() > 5 * uses.median()
    carriers = sorrel.people.loc[sorrel.people["phone"], "id_number"]
    assert set(uses.index) <= set(carriers)
    assert len(uses) > 0.97 * len(carriers)


def test_pings_lie_in_the_two_weeks_and_mostly_in_waking_hours(sorrel):
    when = sorrel.phone_pings["when"]
    assert when.min() >= pd.Timestamp("2016-11-07")
    assert when.max() < pd.Timestamp("2016-11-21")
    assert when.dt.normalize().nunique() == 14
    assert (when.dt.hour < 6).mean() < 0.05
    assert not sorrel.phone_pings.duplicated(["id_number", "when"]).any()


def test_people_sleep_at_home_and_work_at_work(sorrel):
    pings = sorrel.phone_pings.merge(sorrel.people, on="id_number")
    hour, weekday = pings["when"].dt.hour, pings["when"].dt.day_of_week
    night = hour.isin([2, 3, 4])
    assert (pings["cell"] == pings["home_cell"])[night].mean() > 0.85
    at_work = (pings["activity"] == "employee") & hour.between(9, 11) & (weekday < 5)
    assert (pings["cell"] == pings["work_cell"])[at_work].mean() > 0.65
    weekend = (pings["activity"] == "employee") & (weekday >= 5) & (pings["work_cell"] != pings["home_cell"])
    assert (pings["cell"] == pings["work_cell"])[weekend].mean() < 0.1


def test_a_few_places_take_most_of_a_life(sorrel):
    visits = sorrel.phone_pings.groupby(["id_number", "cell"]).size().sort_values(ascending=False)
    busy = visits.groupby("id_number").transform("sum") >= 60
    visits = visits[busy]
    rank = visits.groupby("id_number").cumcount()
    share = visits.groupby(rank).sum() / visits.sum()
    assert share.iloc[:2].sum() > 0.6
    assert share.is_monotonic_decreasing
    assert 8 < visits.groupby("id_number").size().mean() < 25


def test_new_places_are_near(sorrel):
    cells = sorrel.cells.set_index("cell")
    pings = sorrel.phone_pings.merge(sorrel.people[["id_number", "home_cell", "work_cell"]], on="id_number")
    out = pings[(pings["cell"] != pings["home_cell"]) & (pings["cell"] != pings["work_cell"])]
    here, home = cells.loc[out["cell"]], cells.loc[out["home_cell"]]
    km = np.hypot(here["x"].to_numpy() - home["x"].to_numpy(), here["y"].to_numpy() - home["y"].to_numpy())
    # Two random cells of the grid are 12.5 km apart on average.
    assert np.median(km) < 5
    assert (km > 10).mean() > 0.02


def test_a_phone_in_a_cafe_is_in_the_cafes_cell(sorrel):
    sessions = sorrel.cafe_sessions.assign(
        end=lambda s: s["when"] + pd.to_timedelta(s["minutes"], unit="min")
    )
    both = sorrel.phone_pings.merge(sessions, on="id_number", suffixes=("", "_cafe"))
    inside = both[(both["when"] >= both["when_cafe"]) & (both["when"] <= both["end"])]
    assert len(inside) > 30
    assert (inside["cell"] == inside["cell_cafe"]).all()


def test_cafe_guests_are_young_and_visit_one_cafe_at_a_time(sorrel):
    sessions = sorrel.cafe_sessions
    age = sorrel.people.set_index("id_number")["age"]
    guests = age.loc[sessions["id_number"].unique()]
    assert guests.median() < age.median()
    assert guests.min() >= 12
    assert sessions.groupby("cafe")["cell"].nunique().max() == 1
    ordered = sessions.sort_values(["id_number", "when"])
    end = ordered["when"] + pd.to_timedelta(ordered["minutes"], unit="min")
    same = ordered["id_number"] == ordered["id_number"].shift()
    assert (ordered["when"] > end.shift())[same].all()
    assert (
        sessions.groupby("id_number").size().quantile(0.95)
        > 3 * sessions.groupby("id_number").size().median()
    )


def test_the_share_outside_is_a_probability_for_everyone():
    for elsewhere in (p.ELSEWHERE_WORKDAY, p.ELSEWHERE_FREE_DAY):
        assert len(elsewhere) == len(p.AT_WORK) == 24
        assert all(0 <= a + b <= 1 for a, b in zip(p.AT_WORK, p.ELSEWHERE_WORKDAY, strict=True))
    assert len(p.PING_HOURS_WEEKDAY) == len(p.PING_HOURS_WEEKEND) == len(p.CAFE_HOURS) == 24


@pytest.mark.parametrize("seed", [1, 2])
def test_it_is_not_the_luck_of_one_seed(seed):
    from dossier.republic import Republic

    assert 0.9 < unicity(Republic.generate(seed=seed).phone_pings, 4, people=1_000) < 0.995
