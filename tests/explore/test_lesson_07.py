"""Lesson 07: its explorables show what the models, the ledger and Sorrel's tables say."""

import numpy as np
import pytest

from dossier.evidence import fact
from dossier.explore import lesson_07
from dossier.explore.formula import FormulaProblem
from dossier.explore.lesson_07 import (
    ATTRIBUTES,
    HIDDEN,
    SIDES,
    SPANS,
    bits_counter,
    places_and_times,
    what_coarsening_keeps,
    what_others_reveal,
)
from dossier.join.anonymity import BIRTH_LEVELS, PLACE_LEVELS
from dossier.join.unicity import traces, unicity
from dossier.republic import Republic


@pytest.fixture(scope="module")
def people():
    return Republic.sample().people


@pytest.fixture(scope="module")
def counter():
    return bits_counter()


@pytest.fixture(scope="module")
def coarsening():
    return what_coarsening_keeps()


@pytest.fixture(scope="module")
def fingerprints():
    return places_and_times()


@pytest.fixture(scope="module")
def others():
    return what_others_reveal()


class TestBitsCounter:
    def test_it_counts_the_people_who_fit(self, counter, people):
        result, _, (text, _) = counter.at()
        citizen = people[people["id_number"] == lesson_07.CITIZENS[0]].iloc[0]
        fits = (
            (people["sex"] == citizen["sex"])
            & (people["birth_date"].dt.year == citizen["birth_date"].year)
            & (people["district"] == citizen["district"])
        )
        assert result["left"] == fits.sum()
        assert f"{fits.sum()} people are left" in text
        assert counter.payload["guess"]["truth"] == fits.sum()

    def test_the_bars_stand_end_to_end_and_the_last_two_begin_at_nothing(self, counter):
        _, figure, _ = counter.at(name="both", birth="full date")
        bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
        begins = np.concatenate([trace["base"] for trace in bars])
        lengths = np.concatenate([trace["x"] for trace in bars])
        assert begins[:-2] == pytest.approx(np.cumsum(lengths[:-2]) - lengths[:-2])
        assert begins[-2:].tolist() == [0, 0]
        assert lengths[-2] == pytest.approx(lengths[:-2].sum())

    def test_nothing_known_leaves_everybody(self, counter):
        result, _, (text, _) = counter.at(**dict.fromkeys(ATTRIBUTES, HIDDEN))
        assert (result["left"], result["in_truth"], result["added_up"]) == (10_000, 0, 0)
        assert "all 10,000 people of Sorrel are left" in text

    def test_every_row_says_its_bits_and_none_are_below_zero(self, counter):
        nothing = dict.fromkeys(ATTRIBUTES, HIDDEN)
        _, figure, _ = counter.at(**nothing)
        assert figure["layout"]["yaxis"]["ticktext"][-3:] == [
            "Name: not known",
            "added up: 0.0",
            "in truth: 0.0",
        ]
        _, figure, (_, table) = counter.at(birth="full date")
        read = [row.split(": ")[1] for row in figure["layout"]["yaxis"]["ticktext"] if HIDDEN not in row]
        said = [bits for bits, known in zip(table["Bits"], table["Known"], strict=True) if known != HIDDEN]
        assert [float(bits) for bits in read] == pytest.approx([float(bits) for bits in said], abs=0.06)

    def test_a_formula_without_the_minus_is_asked_for_it(self, counter):
        assert "Is the minus" in bits_counter(formula=np.log2).at()[2][0]
        assert "minus" not in counter.at()[2][0]

    def test_it_computes_with_the_learners_own_formula(self):
        mine = bits_counter(formula=lambda share: 1 if share < 1 else 0)
        assert mine.at(name="both")[0]["added_up"] == 5
        for wild in (100, -1):
            _, figure, _ = bits_counter(formula=lambda share, bits=wild: bits).at()
            assert all(trace["x"][0] <= lesson_07.MOST_BITS for trace in figure["data"])
        with pytest.raises(FormulaProblem, match="gave nothing back for the share"):
            bits_counter(formula=lambda share: None)
        with pytest.raises(FormulaProblem, match="stopped with a NameError"):
            bits_counter(formula=lambda share: crowd)  # noqa: F821

    def test_a_full_date_names_whom_more_bits_cannot_name_better(self, counter):
        few, many = (counter.at(birth="full date", home=home)[0] for home in (HIDDEN, "square of 1 km"))
        assert few["left"] >= many["left"] == 1
        assert many["in_truth"] == pytest.approx(np.log2(10_000))
        assert many["added_up"] > many["in_truth"]

    def test_citizens_differ_in_how_much_their_year_gives_away(self, counter):
        years = {name: counter.at(citizen=name)[0]["worth"][1] for name in counter.controls[0].options}
        assert max(years.values()) > min(years.values()) + 3


class TestWhatCoarseningKeeps:
    def test_the_question_states_what_the_full_extract_gives_away(self, coarsening):
        result, _, _ = coarsening.at(birth="date")
        assert f"names {result['counts'][1]} of the {result['counts'][0]} rows" in coarsening.guess.prompt

    def test_every_coarser_level_names_fewer_and_keeps_less_detail(self, coarsening):
        for name, levels, other in (("birth", BIRTH_LEVELS, {}), ("place", PLACE_LEVELS, {"birth": "month"})):
            found = [coarsening.at(**{**other, name: level})[0] for level in levels]
            assert (np.diff([one["counts"][1] for one in found]) <= 0).all()
            assert (np.diff([one["share"][3] for one in found]) < 0).all()
        assert coarsening.at(birth="date")[0]["share"][3] == pytest.approx(1)

    def test_a_larger_k_publishes_fewer_rows_in_groups_of_k(self, coarsening):
        found = [coarsening.at(k=k)[0] for k in range(1, lesson_07.FEWEST + 1)]
        assert (np.diff([one["counts"][0] for one in found]) <= 0).all()
        assert all(one["smallest"] >= k or not one["counts"][0] for k, one in enumerate(found, 1))

    def test_groups_of_two_still_have_secrets_that_are_certain(self, coarsening):
        result, _, (text, _) = coarsening.at(birth="year", place="region", k=2)
        assert result["counts"][2] > 20
        assert f"For {result['counts'][2]}" in text

    def test_where_no_group_is_large_enough_it_says_so(self, coarsening):
        assert "nothing is published" in coarsening.at(birth="date", k=10)[2][0]


class TestPlacesAndTimes:
    def test_it_is_the_models_unicity(self, fingerprints):
        sorrel = Republic.sample()
        known = traces(sorrel.phone_pings, sorrel.cells)
        # Another draw of points: 7,633 people make the two agree within four standard errors of the difference.
        for place, time in (("1 km", "an hour"), ("4 km", "2 hours")):
            shown = fingerprints.at(place=place, time=time)[0]["unique"][3]
            again = unicity(known, 4, np.random.default_rng(99), kilometres=SIDES[place], hours=SPANS[time])
            error = np.sqrt(2 * shown * (1 - shown) / known.people)
            assert shown == pytest.approx(again, abs=4 * error)

    def test_more_points_and_finer_grids_single_out_more(self, fingerprints):
        for time in SPANS:
            curves = [fingerprints.at(place=place, time=time)[0]["unique"] for place in SIDES]
            assert all((np.diff(curve) >= 0).all() for curve in curves)
            assert (np.diff(curves, axis=0) <= 0).all()

    def test_the_star_is_the_published_value(self, fingerprints):
        _, figure, (text, _) = fingerprints.at()
        (star,) = [trace for trace in figure["data"] if "star" in str(trace.get("marker"))]
        assert (star["x"], star["y"]) == ([4], [fact("F4-005").value / 100])
        assert "F4-005" in text


class TestWhatOthersReveal:
    def test_friends_tell_the_district_and_nothing_of_the_sex(self, others):
        base, accuracy = others.at()[0]["share"]
        assert accuracy > 5 * base
        base, accuracy = others.at(attribute="sex")[0]["share"]
        assert abs(accuracy - base) < 0.02

    def test_the_household_misleads_about_the_sex(self, others):
        base, accuracy = others.at(attribute="sex", told_by="household")[0]["share"]
        assert accuracy < base
