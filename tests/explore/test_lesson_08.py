"""Lesson 08's charts: the sums are the models', the rings are the measurements, and their ends make sense."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from dossier.evidence import linkage_evidence, linkage_times
from dossier.explore.lesson_08 import (
    BY_PAIRS,
    BY_PEOPLE,
    DATE,
    LINE_ON,
    NAMINGS,
    NATION,
    WEIGHED,
    YEAR,
    cost_of,
    doubtful_per_person,
    hit_by_others,
    the_innocent_of_a_nation,
    what_a_nation_costs,
    what_passes,
    wrong_links_in_a_nation,
)
from dossier.join.false_links import wrong_links_per_person, wrongly_punished

FEW, MANY = NAMINGS


def test_the_three_ways_part_company():
    """Each goes near the largest size; for a nation no interval meets the next."""
    largest = linkage_times().groupby("people")["cpu_seconds"].mean().iloc[-1]
    ahead = {}
    for way in (LINE_ON, BY_PEOPLE, BY_PAIRS):
        assert cost_of(way).forecast(3e6).middle == pytest.approx(largest, rel=0.4)
        ahead[way] = cost_of(way).forecast(NATION)
    assert ahead[LINE_ON].high < ahead[BY_PEOPLE].low
    assert ahead[BY_PEOPLE].high < ahead[BY_PAIRS].low


def test_cost_takes_the_learners_formula_and_is_linear_in_the_price():
    result, _, _ = what_a_nation_costs().at(price=0.1)
    once, _, _ = what_a_nation_costs().at(price=0.05)
    assert result["here"] == pytest.approx(2 * once["here"])
    free, _, _ = what_a_nation_costs(formula=lambda seconds, price: seconds).at()
    assert free["here"] == pytest.approx(once["here"] * 3600 / 0.05)


def test_clerks_go_on_as_the_computing_does():
    """At the largest size every way is near what was measured; so much a pair costs a nation most, and each is linear in the price."""
    largest = linkage_times().query("people == 3_000_000")
    measured = largest["doubtful_pairs"].mean() / 3_000_000
    for way in (LINE_ON, BY_PEOPLE, BY_PAIRS):
        assert doubtful_per_person(way, 3_000_000) == pytest.approx(measured, rel=0.1)
    here = {way: what_a_nation_costs().at(look=0.1, way=way)[0]["checking"] for way in (BY_PEOPLE, BY_PAIRS)}
    assert here[BY_PEOPLE] == pytest.approx(0.1 * measured * NATION)
    assert here[BY_PAIRS] > 10 * here[BY_PEOPLE]
    assert what_a_nation_costs().at(look=0.2)[0]["checking"] == pytest.approx(2 * here[BY_PAIRS])


@pytest.mark.parametrize("naming", NAMINGS.values())
def test_more_evidence_lets_fewer_through_and_misses_more(naming):
    passing = [what_passes(bits, naming) for bits in range(20, 45)]
    rates = [one.false_match_rate for one in passing]
    assert (np.diff(rates) <= 0).all()
    assert (np.diff([one.missed for one in passing]) >= 0).all()
    beyond = [one.beyond for one in passing]
    assert beyond == sorted(beyond)
    # Beyond what was counted each bit takes away the same share, and no more than half: the counts fell more slowly than that.
    falls = [later / sooner for (sooner, later), out in zip(pairwise(rates), beyond[1:], strict=True) if out]
    assert falls == pytest.approx([falls[0]] * len(falls))
    assert 0.5 < falls[0] < 1


def test_what_passes_is_what_was_counted():
    counted = (
        linkage_evidence().query("people == 1_000_000 and naming == 'concentrated' and bits == 24").iloc[0]
    )
    passing = what_passes(24, "concentrated")
    assert passing.false_match_rate == counted["strangers"] / counted["pairs"]
    assert passing.missed == pytest.approx(1 - counted["right"] / counted["matches"])


def test_wrong_links_follow_the_formula():
    result, _, _ = wrong_links_in_a_nation().at(people=NATION, bits=30)
    rate = what_passes(30, "concentrated").false_match_rate
    assert result["here"] == pytest.approx(1000 * wrong_links_per_person(NATION, rate))
    twice, _, _ = wrong_links_in_a_nation(formula=lambda n, rate: 2 * (n - 1) * rate).at(bits=30)
    assert twice["here"] == pytest.approx(2 * result["here"])


def test_hit_by_others_is_counted_person_by_person():
    people = pd.DataFrame({"name": ["a", "a", "b", "b", "c", "d"], "points": [10, -200, 0, 0, -300, 40]})
    assert hit_by_others(people, ["name"]) == pytest.approx(1 / 6)
    assert hit_by_others(people.assign(name=range(6)), ["name"]) == 0


def test_the_formula_goes_through_what_is_counted_in_sorrel():
    result, _, (_, table) = the_innocent_of_a_nation().at(key=YEAR, people=10_000)
    formula = np.interp(50_000, result["people"], result["expected"])
    assert result["counted"][-1] == pytest.approx(formula, rel=0.5)
    assert table["Counted, of 1,000"][-1] == "not counted"


def test_the_innocent_of_a_nation():
    result, _, _ = the_innocent_of_a_nation().at(key=DATE, people=NATION)
    assert result["here"] == pytest.approx(
        1000 * wrongly_punished(result["links"], result["punished"] / 1000)
    )
    # Few surnames hit more than many, a birth date fewer than a year, all the evidence fewest.
    here = {
        (key, naming): the_innocent_of_a_nation().at(key=key, naming=naming)[0]["here"]
        for key in (YEAR, DATE, WEIGHED)
        for naming in (FEW, MANY)
    }
    assert here[YEAR, FEW] > here[DATE, FEW] > here[WEIGHED, FEW]
    assert here[YEAR, FEW] > here[YEAR, MANY]
    assert here[DATE, FEW] > here[DATE, MANY]
