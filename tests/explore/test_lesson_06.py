"""Lesson 06: its explorables show what `dossier.join` says of Sorrel's register and guest book, and its words fit them."""

import re

import numpy as np
import pandas as pd
import pytest

from dossier.explore import lesson_06 as lesson
from dossier.explore.formula import FormulaProblem
from dossier.join import samples
from dossier.join.blocking import blocking_loss, candidate_pairs
from dossier.join.evaluating import best_links, evaluate
from dossier.join.fellegi_sunter import match_weight
from dossier.republic import Republic

from .conftest import LESSONS

REGIMES = list(lesson.NAMINGS)


@pytest.fixture(scope="module")
def inspector():
    return lesson.the_pair_inspector()


@pytest.fixture(scope="module")
def names():
    return lesson.what_a_name_is_worth()


@pytest.fixture(scope="module")
def em():
    return lesson.what_em_learns()


@pytest.fixture(scope="module")
def cut():
    return lesson.where_to_cut()


class TestTheTwoLists:
    def test_the_guests_are_those_who_stayed_at_a_hotel(self):
        lists, sorrel = lesson.two_lists(), Republic.sample()
        guests = lists.register["id_number"].iloc[lists.owner]
        assert set(guests) == set(sorrel.hotel_stays["id_number"])
        assert len(guests) == len(lists.guest_book) == guests.nunique()

    def test_the_guest_book_holds_no_number(self):
        assert tuple(lesson.two_lists().guest_book.columns) == lesson.FIELDS

    def test_the_desk_errs_at_the_stated_rates(self):
        lists = lesson.two_lists()
        own = lists.register.iloc[lists.owner].reset_index(drop=True)
        for field, kinds in lesson.AT_THE_DESK.items():
            typed = lists.guest_book[field]
            assert typed.isna().mean() == pytest.approx(kinds.get("missing", 0), abs=0.015)
            # An error may leave a value out that no such error fits, so the share lies somewhat below the rates.
            wrong = (typed.notna() & (typed != own[field])).mean()
            stated = sum(rate for kind, rate in kinds.items() if kind != "missing")
            assert 0.7 * stated < wrong < 1.15 * stated

    def test_another_naming_regime_changes_surnames_and_nothing_else(self):
        few, many = (lesson.two_lists(regime) for regime in lesson.NAMINGS.values())
        pd.testing.assert_frame_equal(
            few.register.drop(columns="surname"), many.register.drop(columns="surname")
        )
        assert few.register["surname"].nunique() < many.register["surname"].nunique()
        assert (few.owner == many.owner).all()


class TestThePairInspector:
    def test_each_pair_is_who_its_name_says(self):
        lists = lesson.two_lists()
        for label, (row, guest) in lesson.PAIRS.items():
            surname = label.split()[-1]
            assert lists.register.loc[row, "surname"] == surname
            assert lists.guest_book.loc[guest, "surname"] == surname
            for record in (lists.register.loc[row], lists.guest_book.loc[guest]):
                assert pd.isna(record["given_name"]) or record["given_name"] in label

    def test_the_bits_add_up_to_the_probability(self, inspector):
        for pair in lesson.PAIRS:
            result = inspector.at(pair=pair)[0]
            assert result["total"] == pytest.approx(result["bits"].sum())
            assert result["probability"] == pytest.approx(
                2 ** result["total"] / (1 + 2 ** result["total"]), rel=1e-9
            )

    def test_what_is_missing_says_nothing(self, inspector):
        result = inspector.at(pair="J: Ban Destombe")[0]
        assert result["guest"][0] == "not given"
        assert result["bits"][1] == 0

    def test_ten_times_as_many_candidates_take_off_more_than_three_bits_and_touch_no_evidence(
        self, inspector
    ):
        few, many = (inspector.at(candidates=number)[0]["bits"] for number in (10_000, 100_000))
        assert few[0] - many[0] == pytest.approx(np.log2(99_999 / 9_999))
        assert few[1:] == pytest.approx(many[1:])

    def test_rarity_tells_the_two_guests_of_the_scene_apart(self, inspector):
        a, b, c = list(lesson.PAIRS)[:3]
        alike = [inspector.at(pair=pair)[0] for pair in (a, b, c)]
        weighed = [inspector.at(pair=pair, names=lesson.RARE)[0] for pair in (a, b, c)]
        assert len({round(result["total"], 6) for result in alike}) == 1
        assert [result["same"] for result in alike] == [True, False, True]
        assert weighed[0]["probability"] > 0.9999
        assert weighed[1]["probability"] < alike[1]["probability"] - 0.2
        assert weighed[2]["probability"] == pytest.approx(weighed[1]["probability"], abs=0.05)

    def test_members_of_one_household_pass_for_one_person(self, inspector):
        lists = lesson.two_lists()
        for pair in list(lesson.PAIRS)[3:5]:
            row, guest = lesson.PAIRS[pair]
            household = lists.register["household"]
            assert household[row] == household[lists.owner[guest]]
            result = inspector.at(pair=pair)[0]
            assert result["probability"] > 0.5
            assert not result["same"]

    def test_it_computes_with_the_learners_own_formula(self):
        assert lesson.the_pair_inspector(formula=lambda m, u: 1.0).result["bits"][1:].tolist() == [1] * 4

    @pytest.mark.parametrize(
        ("formula", "said"),
        [
            (lambda m, u: None, "Does it end with a return"),
            (lambda m, u: float("inf"), "Your formula gave inf"),
            (lambda m, u: log2(m / u), "NameError"),  # noqa: F821
        ],
    )
    def test_a_mistake_in_it_is_told_in_one_line(self, formula, said):
        with pytest.raises(FormulaProblem, match=said):
            lesson.the_pair_inspector(formula=formula)


class TestWhatANameIsWorth:
    @pytest.mark.parametrize("naming", REGIMES)
    def test_a_weight_is_log2_of_m_over_the_share_who_bear_the_name(self, names, naming):
        result = names.at(naming=naming, rank=10)[0]
        surnames = lesson.two_lists(lesson.NAMINGS[naming]).register["surname"]
        share = (surnames == result["name"]).mean()
        m = lesson.counted_shares(lesson.NAMINGS[naming])["surname", "exact"]
        assert result["chosen"] == pytest.approx(np.log2(m / share))
        assert result["people"] == round(10_000 * share)
        assert (np.diff(result["bits"]) >= 0).all()

    @pytest.mark.parametrize("naming", REGIMES)
    def test_all_names_alike_is_the_weight_that_random_pairs_give(self, names, naming):
        m, u = (
            of(lesson.NAMINGS[naming])["surname", "exact"]
            for of in (lesson.counted_shares, lesson.random_shares)
        )
        assert names.at(naming=naming)[0]["plain"] == pytest.approx(match_weight(m, u)[0], abs=0.15)


class TestWhatEMLearns:
    @pytest.mark.parametrize("chance", [lesson.FROM_RANDOM, lesson.ANEW])
    @pytest.mark.parametrize("block", ["given name", "birth year"])
    def test_it_finds_the_truth_in_pairs_that_share_what_families_do_not(self, em, block, chance):
        result = em.at(block=block, chance=chance)[0]
        assert result["learnt"] == pytest.approx(result["counted"], abs=0.06)
        assert result["share"] == pytest.approx(result["true_share"], rel=0.06)
        assert result["f1"] > result["exact"] + 0.05

    def test_in_pairs_of_one_surname_it_finds_the_household_and_loses_to_the_exact_join(self, em):
        result = em.at(block="surname", chance=lesson.FROM_RANDOM)[0]
        assert result["fields"][:2] == ["given name", "birth year"]
        assert (result["learnt"][:2] < 0.5).all()
        assert (result["counted"][:2] > 0.9).all()
        assert result["share"] > 2 * result["true_share"]
        assert result["f1"] < result["exact"] - 0.2

    def test_learning_chance_from_the_same_pairs_cures_it(self, em):
        result = em.at(block="surname", chance=lesson.ANEW)[0]
        assert result["learnt"] == pytest.approx(result["counted"], abs=0.06)
        assert result["f1"] > result["exact"] + 0.05

    def test_among_people_of_one_surname_an_equal_address_is_no_chance_of_one_in_thousands(self):
        lists = lesson.two_lists()
        pairs = candidate_pairs(lists.register, lists.guest_book, [["surname"]])
        strangers = pairs[lists.owner[pairs["right"]] != pairs["left"]]
        address = lesson.comparison_levels(lists.register, lists.guest_book, lesson.COMPARED[3:], strangers)[
            "address"
        ]
        among_them = (address == 1).sum() / (address >= 0).sum()
        assert among_them > 10 * lesson.random_shares()["address", "exact"]

    @pytest.mark.parametrize("block", list(lesson.BLOCKS.values()))
    @pytest.mark.parametrize("learn_u", [False, True])
    def test_it_fits_better_round_by_round(self, block, learn_u):
        likelihood = lesson._course(block, learn_u).history["log_likelihood"]
        assert (np.diff(likelihood) > -1e-9 * abs(likelihood.iloc[-1])).all()

    def test_after_one_round_the_surname_looks_right_and_then_walks_away(self, em):
        gaps = [
            float(np.abs(np.subtract(result["learnt"], result["counted"])).max())
            for result in (em.at(rounds=rounds)[0] for rounds in (1, 5, 40))
        ]
        assert gaps[0] <= 0.105
        assert gaps[1] > 0.4
        assert gaps[2] > 0.4

    def test_every_field_has_a_weight_whatever_the_pairs_share(self):
        for block in lesson.BLOCKS.values():
            m = lesson._course(block, False).m(lesson.ROUNDS)
            assert block not in m.index.get_level_values(0)
            assert m.groupby(level=0).sum().to_numpy() == pytest.approx(1)


class TestWhereToCut:
    @pytest.mark.parametrize("naming", REGIMES)
    @pytest.mark.parametrize("weighing", [lesson.ALIKE, lesson.BY_RARITY, lesson.RIVALS])
    def test_a_higher_threshold_links_fewer_rightly_and_wrongly(self, cut, weighing, naming):
        found = [cut.at(threshold=t, weighing=weighing, naming=naming)[0] for t in (-10, -5, 0, 5, 10, 16)]
        for count in ("right", "wrong"):
            assert (np.diff([getattr(result["here"], count) for result in found]) <= 0).all()
        assert all(0 <= result["family"] <= result["here"].wrong for result in found)
        assert all(result["here"].right + result["here"].missed == 3_255 for result in found)

    def test_every_pair_looked_at_stands_in_the_histogram(self, cut):
        result = cut.result
        pairs = candidate_pairs(lesson.two_lists().register, lesson.two_lists().guest_book, lesson.BLOCKING)
        assert result["one"].sum() + result["two"].sum() == len(pairs)

    @pytest.mark.parametrize("naming", REGIMES)
    def test_weighing_beats_the_exact_join_and_rivals_beat_weighing(self, cut, naming):
        fields, rivals = (
            cut.at(threshold=0, weighing=weighing, naming=naming)[0]
            for weighing in (lesson.ALIKE, lesson.RIVALS)
        )
        assert fields["exact"].f1 < fields["here"].f1 < rivals["here"].f1
        assert rivals["here"].f1 > rivals["splink"].f1 - 0.002
        assert rivals["here"].wrong_per_1000 < 1

    def test_rivals_leave_each_guest_one_link_at_most(self):
        pairs = lesson._weighed("concentrated", lesson.RIVALS)
        links = pairs[pairs["match_weight"] > 0]
        assert not links["right"].duplicated().any()
        assert len(best_links(pairs)) <= len(links)

    def test_with_many_rare_surnames_fewer_strangers_are_linked_and_more_families(self, cut):
        few, many = (cut.at(threshold=0, weighing=lesson.BY_RARITY, naming=naming)[0] for naming in REGIMES)
        assert many["family"] > few["family"]
        assert many["here"].wrong - many["family"] < few["here"].wrong - few["family"]

    def test_the_truth_is_not_asked_for_the_weights(self, monkeypatch):
        weights = lesson._weighed("concentrated", lesson.RIVALS)["match_weight"]
        lists = lesson.two_lists()
        shuffled = lesson.Lists(
            lists.register, lists.guest_book, np.random.default_rng(1).permutation(lists.owner)
        )
        monkeypatch.setattr(lesson, "two_lists", lambda naming="concentrated": shuffled)
        again = lesson._weighed.__wrapped__("concentrated", lesson.RIVALS)
        assert again["match_weight"].to_numpy() == pytest.approx(weights.to_numpy())
        assert again["same"].sum() < 10


class TestWhatTheLessonSays:
    def test_blocking_keeps_what_the_text_says(self, text):
        lists = lesson.two_lists()
        pairs = candidate_pairs(lists.register, lists.guest_book, lesson.BLOCKING)
        loss = blocking_loss(pairs, lists.truth, lists.register, lists.guest_book)
        assert f"Together the four lose {loss.lost}" in text
        assert f"1 pair in {loss.all_pairs / loss.pairs:,.0f}" in text

    def test_the_wrong_links_are_mostly_family(self, cut, text):
        result = cut.result
        assert f"At 0 most are family ({result['family']} of {int(result['here'].wrong)})" in text
        assert result["family"] > result["here"].wrong / 2
        low = cut.at(threshold=-10)[0]
        assert low["family"] < low["here"].wrong / 2

    def test_rarity_alone_makes_more_wrong_links_and_with_rivals_none(self, cut, text):
        alike, rarity, rivals = (
            cut.at(threshold=0, weighing=weighing)[0]["here"].wrong
            for weighing in (lesson.ALIKE, lesson.BY_RARITY, lesson.RIVALS)
        )
        many = cut.at(threshold=0, weighing=lesson.BY_RARITY, naming=lesson.MANY)[0]
        assert "nearly double" in text
        assert 1.7 * alike < rarity < 2 * alike
        assert "more than double again, nearly all of them family" in text
        assert many["here"].wrong > 2 * rarity
        assert many["family"] > 0.95 * many["here"].wrong
        assert "no wrong link at all" in text
        assert rivals == 0

    def test_the_pairs_have_the_probabilities_told(self, inspector, text):
        _, b, c = list(lesson.PAIRS)[:3]
        assert f"falls to {100 * inspector.at(pair=b, names=lesson.RARE)[0]['probability']:.0f} %" in text
        assert f"stands at {100 * inspector.at(pair=c, names=lesson.RARE)[0]['probability']:.0f} %" in text

    def test_at_round_three_the_links_break(self, em, text):
        scores = [em.at(rounds=rounds)[0]["f1"] for rounds in range(4)]
        third = em.at(rounds=3)[0]
        assert "At round 3 they break" in text
        assert min(scores[:3]) > third["exact"] > scores[3] + 0.2
        assert f"agree in only {100 * third['learnt'][0]:.0f} of 100" in text

    def test_the_rates_of_the_desk_are_those_told(self, text):
        rates = lesson.AT_THE_DESK
        misspelt = rates["surname"]["typo"] + rates["surname"]["spelling"]
        told = re.search(r"(\d+) % of the names are misspelt, (\d+) % of the addresses are old", text)
        assert (float(told[1]), float(told[2])) == (100 * misspelt, 100 * rates["address"]["stale"])

    def test_the_exercise_counts_the_mistakes_that_the_chart_shows(self, cut):
        (master,) = (LESSONS.parent / "exercises" / "solutions").glob("06_*.ipynb")
        told = master.read_text("utf-8")
        here = [cut.at(threshold=bits)[0]["here"] for bits in (-5, 0, 5, 10)]
        wrong, missed = ([int(getattr(one, name)) for one in here] for name in ("wrong", "missed"))
        assert f'\\"wrong\\": {wrong}, \\"missed\\": {missed}' in told

    def test_the_pairs_named_are_the_pairs_shown(self, text):
        for letter in "ABC":
            assert f"pair {letter}" in text or f"{letter} has" in text or f"Pair {letter}" in text
        assert {label[0] for label in lesson.PAIRS} == set("ABCDEFGHIJ")


@pytest.mark.slow
@pytest.mark.parametrize("naming", lesson.SPLINK)
def test_splinks_recorded_links_are_what_splink_makes(naming):
    pytest.importorskip("splink")
    from dossier.join.at_scale import LinkageModel, link

    lists = lesson.two_lists(naming)
    model = LinkageModel(
        lesson.COMPARED, lesson.BLOCKING, lesson.TRAINING, certain=[list(lesson.FIELDS)], found_by_certain=0.6
    )
    scored = link(lists.register[list(lesson.FIELDS)], lists.guest_book, model)
    links = best_links(scored[scored["match_weight"] > 0], one_to_one=False)
    found = evaluate(links, lists.truth)
    # Splink draws its random pairs in threads, so that a link or two may differ from machine to machine.
    assert (found.right, found.wrong) == pytest.approx(lesson.SPLINK[naming], abs=8)


ELSEWHERE = {
    "FEBRL 4": (samples.FEBRL_4, ["given_name", "surname", "date_of_birth"]),
    "FEBRL 4, no ID": (samples.FEBRL_4_WITHOUT_ID, ["given_name", "surname", "date_of_birth"]),
    "census and wages": (samples.CENSUS_AND_W2, ["first_name", "last_name", "address"]),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", lesson.SPLINK_ELSEWHERE)
def test_splinks_recorded_f1_elsewhere_is_what_splink_makes(name):
    pytest.importorskip("splink")
    from dossier.join.at_scale import LinkageModel, link

    plan, certain = ELSEWHERE[name]
    data = samples.census_and_w2("held_out") if plan is samples.CENSUS_AND_W2 else samples.febrl4()
    model = LinkageModel(plan.fields, plan.blocking, plan.training, certain=[certain], found_by_certain=0.6)
    scored = link(data.left, data.right, model)
    links = best_links(scored[scored["match_weight"] > 0], one_to_one=False)
    assert evaluate(links, data.truth).f1 == pytest.approx(lesson.SPLINK_ELSEWHERE[name], abs=0.001)
