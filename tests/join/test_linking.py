"""Linking two registers of Sorrel without a number: better than the exact join, quickly, and the household trap on real households."""

import time

import numpy as np
import pandas as pd
import pytest

from dossier.join.at_scale import WITHOUT_A_NUMBER
from dossier.join.blocking import candidate_pairs, random_pairs
from dossier.join.comparing import Field, comparison_levels, patterns
from dossier.join.evaluating import evaluate, exact_join
from dossier.join.fellegi_sunter import expectation_maximisation, level_shares, starting_m
from dossier.join.linking import Plan, link_tables, train
from dossier.republic import Republic
from dossier.republic.errors import corrupt
from dossier.republic.two_registers import two_registers

PLAN = Plan(WITHOUT_A_NUMBER.fields, WITHOUT_A_NUMBER.blocking, WITHOUT_A_NUMBER.training)


@pytest.fixture(scope="module")
def sorrel():
    return Republic.sample()


@pytest.fixture(scope="module")
def registers(sorrel):
    """Two registers, and the truth: all 10,000 people, and a typed copy of each."""
    left, right, truth, *_ = two_registers(sorrel.people, share=1.0, seed=1)
    return left, right, pd.DataFrame({"left": truth.to_numpy(), "right": truth.index})


def test_ten_thousand_records_are_linked_within_five_seconds_and_better_than_by_the_exact_join(registers):
    left, right, truth = registers
    began = time.process_time()
    linked = link_tables(left, right, **PLAN._asdict(), generator=np.random.default_rng(1))
    assert time.process_time() - began < 5
    links = linked.pairs[linked.pairs["match_weight"] > 0]
    found = evaluate(links, truth, people=len(left))
    baseline = evaluate(exact_join(left, right, ["given_name", "surname", "birth_date"]), truth)
    assert found.f1 > 0.99 > 0.92 > baseline.f1
    assert found.wrong_per_1000 < 1
    # The probabilities mean what they say: so many of the links are right.
    assert links["match_probability"].sum() == pytest.approx(found.right, rel=0.005)
    assert linked.found == pytest.approx(1, abs=0.02)
    assert not links["right"].duplicated().any()


def test_m_and_u_are_learnt_without_the_truth_nearly_as_the_truth_has_them(registers):
    left, right, truth = registers
    learnt = train(left, right, PLAN.fields, PLAN.training, np.random.default_rng(1))
    counted = level_shares(comparison_levels(left, right, PLAN.fields, truth), PLAN.fields)
    # Birth dates are learnt on namesakes only, and a few of one district are taken for one person whose dates differ.
    assert learnt.m["birth_date", "exact"] == pytest.approx(counted["birth_date", "exact"], abs=0.06)
    assert np.allclose(learnt.m.drop("birth_date", level=0), counted.drop("birth_date", level=0), atol=0.01)
    everybody = pd.MultiIndex.from_product([range(1000)] * 2, names=["left", "right"]).to_frame(index=False)
    strangers = everybody[everybody["left"] != everybody["right"]]
    by_chance = level_shares(comparison_levels(left, right, PLAN.fields, strangers), PLAN.fields)
    assert np.allclose(learnt.u, by_chance, atol=0.01)


def test_chance_agreement_learnt_among_namesakes_brings_m_nearer_to_the_truth(registers):
    """Namesakes share their sex, and by random pairs' u two of one district pass for one person."""
    left, right, truth = registers
    counted = level_shares(comparison_levels(left, right, PLAN.fields, truth), PLAN.fields)
    anew, fixed = (
        abs(
            train(left, right, PLAN.fields, PLAN.training, np.random.default_rng(1), learn_u=learn_u).m
            - counted
        )
        for learn_u in (True, False)
    )
    assert anew["birth_date"].max() < 0.7 * fixed["birth_date"].max()


def test_the_same_seed_gives_the_same_links(registers):
    left, right, _ = registers
    one, other = (
        link_tables(
            left[:1500], right[:1500], **PLAN._asdict(), generator=np.random.default_rng(4), random=5_000
        )
        for _ in range(2)
    )
    pd.testing.assert_frame_equal(one.pairs, other.pairs)
    assert (one.pairs.groupby("right")["match_weight"].apply(lambda weights: (weights > 0).sum()) <= 1).all()


def test_registers_that_share_nobody_give_few_links(sorrel):
    people = sorrel.people[["given_name", "surname", "birth_date", "sex", "district"]].astype(str)
    left, right = (people.iloc[side::2].reset_index(drop=True) for side in (0, 1))
    linked = link_tables(left, right, **PLAN._asdict(), generator=np.random.default_rng(1))
    assert (linked.pairs["match_weight"] > 0).sum() < 50


@pytest.fixture(scope="module")
def guests(sorrel):
    """A guest book with names, birth year and address, against the register: what families share is half of it."""
    people = sorrel.people.merge(sorrel.tables["households"][["household", "address"]], on="household")
    people["birth_year"] = people["birth_date"].astype(str).str[:4]
    register = people[["given_name", "surname", "birth_year", "address"]].reset_index(drop=True)
    rates = {"typo": 0.03, "spelling": 0.02}
    visitors = register.sample(1_500, random_state=6)
    book, truth = corrupt(
        visitors, {"given_name": rates, "surname": rates, "address": {"stale": 0.1}}, seed=6
    )
    return (
        register,
        book.reset_index(drop=True),
        pd.DataFrame({"left": truth["source"].to_numpy(), "right": range(len(book))}),
    )


FAMILY = [
    Field("given_name", "name", (0.9,)),
    Field("surname", "name", (0.9,)),
    Field("birth_year"),
    Field("address"),
]


def learnt(register, book, rule):
    """m of exact agreement, learnt on the pairs of one rule with u from random pairs."""
    others = [field for field in FAMILY if field.column not in rule]
    chance = random_pairs(register, book, 100_000, np.random.default_rng(1))
    u = level_shares(comparison_levels(register, book, others, chance), others, pseudo_count=0.5)
    levels = comparison_levels(register, book, others, candidate_pairs(register, book, [rule]))
    return expectation_maximisation(patterns(levels), starting_m(others), u, 0.01).m.xs("exact", level=1)


def test_the_household_trap_on_sorrels_households(guests):
    """With u from random pairs, pairs of one surname teach families and pairs of one given name persons; with u learnt there, both persons."""
    register, book, truth = guests
    counted = level_shares(comparison_levels(register, book, FAMILY, truth), FAMILY).xs("exact", level=1)
    trapped, cured = learnt(register, book, ["surname"]), learnt(register, book, ["given_name"])
    assert counted["birth_year"] > 0.95
    assert trapped["birth_year"] < 0.6
    assert trapped["given_name"] < 0.6
    assert cured["birth_year"] == pytest.approx(counted["birth_year"], abs=0.03)
    plan = Plan(
        FAMILY,
        [["surname", "address"], ["given_name", "birth_year"]],
        [["surname"], ["given_name"]],
        ["surname", "address"],
    )
    linked = link_tables(register, book, **plan._asdict(), generator=np.random.default_rng(1))
    assert np.allclose(linked.m.xs("exact", level=1), counted, atol=0.05)
    found = evaluate(linked.pairs[linked.pairs["match_weight"] > 0], truth)
    assert (
        found.f1
        > 0.98
        > evaluate(exact_join(register, book, [field.column for field in FAMILY[:3]]), truth).f1
    )


REGISTER = pd.DataFrame({"given_name": ["Ana", "Bo", "Cy"], "surname": ["Tan", "Mol", "Lun"]})
NAMES = [Field("given_name"), Field("surname")]
RULES = [["given_name"], ["surname"]]
RANDOM = np.random.default_rng(1)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: train(REGISTER, REGISTER, NAMES, RULES[:1], RANDOM), ValueError, "training has 'given_name' in every rule"),
        (lambda: train(REGISTER, REGISTER[1:2].assign(given_name=""), NAMES, RULES, RANDOM), ValueError, "right has nothing in 'given_name'"),
        (lambda: train(REGISTER[:1], REGISTER[1:2], NAMES, RULES, RANDOM), ValueError, r"the training rule \['given_name'\] proposes no pair"),
        (lambda: train(REGISTER, REGISTER, NAMES, RULES, 1), TypeError, "generator is 1"),
        (lambda: train(REGISTER, REGISTER, NAMES, RULES, RANDOM, random=0), ValueError, "random is 0"),
        (lambda: train([], REGISTER, NAMES, RULES, RANDOM), TypeError, "left is a list"),
        (lambda: link_tables(REGISTER, REGISTER, NAMES, RULES, RULES, RANDOM, shared=["town"]), ValueError, r"shared is \['town'\]"),
        (lambda: link_tables(REGISTER, REGISTER, NAMES, RULES, RULES, RANDOM, shared="surname"), ValueError, "shared is 'surname'"),
        (lambda: link_tables(REGISTER, REGISTER, NAMES, [], RULES, RANDOM), ValueError, "rules is .*: give a list of rules"),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
