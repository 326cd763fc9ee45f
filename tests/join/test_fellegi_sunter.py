"""Fellegi and Sunter's weights: known numbers, Bayes' rule counted out, and an expectation-maximisation that climbs and finds its way."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.join.comparing import Field, patterns
from dossier.join.fellegi_sunter import (
    equal_by_chance,
    evidence,
    expectation,
    expectation_maximisation,
    level_shares,
    level_weights,
    match_weight,
    maximisation,
    posterior,
    prior_bits,
    starting_m,
    term_frequencies,
    term_frequency_adjustment,
    term_frequency_bits,
)

INSIDE = st.floats(0.001, 0.999)
FIELDS = [Field("given_name", "name", (0.9,)), Field("surname"), Field("address"), Field("year")]
M = {"given_name": [0.05, 0.1, 0.85], "surname": [0.08, 0.92], "address": [0.3, 0.7], "year": [0.04, 0.96]}
U = {"given_name": [0.95, 0.03, 0.02], "surname": [0.95, 0.05], "address": [0.99, 0.01], "year": [0.98, 0.02]}


def shares(values):
    levels = {2: ("different", "exact"), 3: ("different", "similar", "exact")}
    return pd.Series(
        {
            (field, level): n
            for field, row in values.items()
            for level, n in zip(levels[len(row)], row, strict=True)
        }
    )


def simulated(pairs, share, generator, missing=0.05):
    """Levels of pairs that keep to the model: fields agree independently, among matches and among others."""
    match = generator.random(pairs) < share
    levels = {}
    for field, row in M.items():
        drawn = np.where(
            match,
            generator.choice(len(row), pairs, p=row),
            generator.choice(len(row), pairs, p=U[field]),
        )
        levels[field] = np.where(generator.random(pairs) < missing, -1, drawn)
    return pd.DataFrame(levels), match


# Weights


def test_the_weights_of_a_field_that_agrees_in_nine_of_ten_matches_and_one_of_a_hundred_others():
    agreement, disagreement = match_weight(0.9, 0.01)
    assert round(agreement, 4) == 6.4919
    assert round(disagreement, 4) == -3.3074


@given(INSIDE, INSIDE)
def test_a_field_is_evidence_just_as_far_as_m_and_u_differ(m, u):
    agreement, disagreement = match_weight(m, u)
    if abs(m - u) > 1e-9:
        assert np.sign(agreement) == np.sign(m - u) == -np.sign(disagreement)
    # On average over non-matches a likelihood ratio is 1.
    assert u * 2**agreement + (1 - u) * 2**disagreement == pytest.approx(1)


def test_what_only_one_kind_of_pair_can_do_is_proof():
    assert match_weight(1, 0.5) == (1.0, -np.inf)
    assert match_weight(0.5, 0) == (np.inf, -1.0)
    agreement, disagreement = match_weight([0.9, 0.5], 0.5)
    assert agreement.tolist() == [pytest.approx(np.log2(1.8)), 0]
    assert disagreement[1] == 0


def test_two_levels_weigh_as_the_field_that_agrees_or_not():
    bits = level_weights(shares({"surname": [0.1, 0.9]}), shares({"surname": [0.99, 0.01]}))
    agreement, disagreement = match_weight(0.9, 0.01)
    assert bits["surname", "exact"] == pytest.approx(agreement)
    assert bits["surname", "different"] == pytest.approx(disagreement)


def test_a_level_that_nobody_ever_saw_says_nothing():
    bits = level_weights(shares({"x": [0.2, 0.0, 0.8]}), shares({"x": [0.5, 0.0, 0.5]}))
    assert bits["x", "similar"] == 0
    assert level_weights(shares({"x": [0.5, 0.5]}), shares({"x": [1.0, 0.0]}))["x", "exact"] == np.inf


def test_levels_are_counted_and_missing_values_are_not():
    levels = pd.DataFrame({"given_name": [2, 2, 1, 0, -1], "surname": [1, 0, -1, -1, -1]})
    found = level_shares(levels, FIELDS[:2])
    assert found["given_name"].to_dict() == {"different": 0.25, "similar": 0.25, "exact": 0.5}
    assert found["surname"].to_dict() == {"different": 0.5, "exact": 0.5}
    assert level_shares(levels[4:], FIELDS[1:2], pseudo_count=0.5).tolist() == [0.5, 0.5]
    with_halves = level_shares(levels[:1], FIELDS[1:2], pseudo_count=0.5)
    assert with_halves.tolist() == [0.25, 0.75]


@settings(max_examples=20)
@given(INSIDE)
def test_the_first_guess_is_a_distribution_that_rises(exact):
    found = starting_m([Field("a"), Field("b", "name", (0.9,)), Field("c", "number", (1, 2, 3))], exact)
    assert found.groupby(level=0).sum().round(9).eq(1).all()
    assert (found > 0).all()
    assert np.allclose(found.xs("exact", level=1), exact)


# From bits to probability


@given(st.floats(1e-9, 1 - 1e-9))
def test_prior_and_posterior_undo_each_other(share):
    assert posterior(prior_bits(share)) == pytest.approx(share)


@given(st.floats(-60, 60), st.floats(0, 60))
def test_more_evidence_never_makes_a_match_less_probable(bits, more):
    assert posterior(bits) <= posterior(bits + more)
    assert posterior(bits) + posterior(-bits) == pytest.approx(1)


def test_certainty_and_ignorance():
    assert posterior([-np.inf, 0, np.inf]).tolist() == [0, 0.5, 1]
    assert prior_bits([0, 1]).tolist() == [-np.inf, np.inf]
    # Odds of one to a million take twenty bits to become even.
    assert prior_bits(1 / (2**20 + 1)) == pytest.approx(-20)


def test_the_bits_of_a_pair_lie_in_its_fields_and_missing_ones_give_none():
    bits = level_weights(shares(M), shares(U))
    levels = pd.DataFrame({"surname": [1, 0, -1], "year": [1, -1, -1]}, index=["a", "b", "c"])
    found = evidence(levels, bits)
    assert found.columns.tolist() == ["surname", "year"]
    assert found.loc["a"].tolist() == [bits["surname", "exact"], bits["year", "exact"]]
    assert found.loc["b"].tolist() == [bits["surname", "different"], 0]
    assert found.loc["c"].tolist() == [0, 0]


@settings(max_examples=25)
@given(st.lists(st.tuples(*[st.integers(-1, 1)] * 2, st.integers(1, 50)), min_size=1, max_size=9), INSIDE)
def test_the_posterior_from_bits_is_bayes_rule(rows, share):
    """Adding bits to the prior's is the same as multiplying probabilities out."""
    table = pd.DataFrame(rows, columns=["surname", "year", "pairs"])
    found = expectation(table, shares(M), shares(U), share)
    bits = evidence(table, level_weights(shares(M), shares(U))).sum(axis=1) + prior_bits(share)
    assert np.allclose(found, posterior(bits.to_numpy()))


# How rare a value is


def test_a_value_has_the_frequency_of_both_registers_together():
    found = term_frequencies(pd.Series(["Tan", "Tan", None, "Mol"]), pd.Series(["Tan", "Lun", ""]))
    assert found.to_dict() == {"Tan": 0.6, "Mol": 0.2, "Lun": 0.2}
    assert found.index[0] == "Tan"


def test_agreement_on_a_value_weighs_as_if_u_were_its_frequency():
    left = pd.DataFrame({"surname": ["Tan"] * 7 + ["Mol", "Lun", "Lun"]})
    u = shares({"surname": [0.46, 0.54]})
    m = shares({"surname": [0.1, 0.9]})
    pairs = pd.DataFrame({"left": [0, 7, 8, 0], "right": [1, 7, 9, 8]}, index=list("abcd"))
    levels = pd.DataFrame({"surname": [1, 1, 1, 0]}, index=list("abcd"))
    found = term_frequency_adjustment(left, left, pairs, levels, Field("surname"), u)
    weight = evidence(levels, level_weights(m, u))["surname"] + found
    for row, frequency in {"a": 0.7, "b": 0.1, "c": 0.2}.items():
        assert weight[row] == pytest.approx(match_weight(0.9, frequency)[0])
    assert found["d"] == 0


@given(st.integers(1, 20))
def test_where_all_values_are_equally_common_nothing_changes(values):
    column = pd.Series([f"name {n}" for n in range(values)] * 3)
    u = equal_by_chance(column, column)
    assert u == pytest.approx(1 / values)
    assert np.allclose(term_frequency_bits(term_frequencies(column, column).to_numpy(), u), 0)


@settings(max_examples=30)
@given(*[st.lists(st.sampled_from(["a", "b", "c", None]), min_size=1, max_size=9).filter(any)] * 2)
def test_equality_by_chance_is_what_counting_all_pairs_gives(left, right):
    known = [(one, other) for one in left for other in right if one and other]
    found = equal_by_chance(pd.Series(left, dtype=object), pd.Series(right, dtype=object))
    assert found == pytest.approx(np.mean([one == other for one, other in known]))


# Expectation-maximisation


def test_one_step_by_hand():
    """Two fields, three patterns: the sums that lesson 06 does in the open."""
    table = pd.DataFrame({"surname": [1, 1, 0], "year": [1, 0, 0], "pairs": [10, 20, 70]})
    m, u = (
        shares({"surname": [0.1, 0.9], "year": [0.2, 0.8]}),
        shares({"surname": [0.9, 0.1], "year": [0.8, 0.2]}),
    )
    match = np.array([0.9 * 0.8, 0.9 * 0.2, 0.1 * 0.2]) * 0.25
    other = np.array([0.1 * 0.2, 0.1 * 0.8, 0.9 * 0.8]) * 0.75
    probable = match / (match + other)
    assert np.allclose(expectation(table, m, u, 0.25), probable)
    matches = probable * [10, 20, 70]
    new_m, new_u, share = maximisation(table, probable, m, u)
    assert share == pytest.approx(matches.sum() / 100)
    assert new_m["surname", "exact"] == pytest.approx(matches[:2].sum() / matches.sum())
    assert new_m["year", "exact"] == pytest.approx(matches[0] / matches.sum())
    assert new_u["year", "exact"] == pytest.approx((10 - matches[0]) / (100 - matches.sum()))
    assert maximisation(table, probable, m, u, learn_u=False)[1].equals(u)


PATTERNS = st.lists(
    st.tuples(st.integers(-1, 2), *[st.integers(-1, 1)] * 3, st.integers(1, 1000)), min_size=1, max_size=30
).map(lambda rows: pd.DataFrame(rows, columns=[*M, "pairs"]))


@settings(max_examples=25)
@given(PATTERNS, st.floats(0.01, 0.99), st.booleans())
def test_the_likelihood_never_falls(table, share, learn_u):
    found = expectation_maximisation(table, starting_m(FIELDS), shares(U), share, learn_u, most_steps=25)
    climb = found.history["log_likelihood"].diff().dropna()
    assert (climb >= -1e-9 * table["pairs"].sum()).all()
    for learnt in (found.m, found.u):
        assert np.allclose(learnt.groupby(level=0).sum(), 1)
        assert learnt.between(0, 1).all()


@pytest.mark.parametrize("learn_u", [False, True])
def test_it_recovers_m_u_and_the_share_from_pairs_that_nobody_labelled(learn_u):
    levels, match = simulated(200_000, 0.1, np.random.default_rng(6))
    u = shares(U) if not learn_u else shares({f: np.full(len(r), 1 / len(r)) for f, r in U.items()})
    found = expectation_maximisation(patterns(levels), starting_m(FIELDS), u, 0.3, learn_u)
    assert found.share == pytest.approx(match.mean(), abs=0.002)
    # Some 20,000 matches: a standard error of at most 0.0035.
    assert np.allclose(found.m, shares(M), atol=0.012)
    assert np.allclose(found.u, shares(U), atol=0.005)
    assert len(found.history) < 200


def test_it_works_on_patterns_so_that_ten_times_the_pairs_change_nothing():
    levels, _ = simulated(2_000, 0.2, np.random.default_rng(1))
    once = patterns(levels)
    ten = once.assign(pairs=once["pairs"] * 10)
    one, other = (
        expectation_maximisation(table, starting_m(FIELDS), shares(U), 0.2) for table in (once, ten)
    )
    pd.testing.assert_series_equal(one.m, other.m)
    assert other.log_likelihood == pytest.approx(10 * one.log_likelihood)


def test_the_history_begins_at_the_start_and_ends_at_the_result():
    table = patterns(simulated(5_000, 0.2, np.random.default_rng(2))[0])
    start = starting_m(FIELDS)
    found = expectation_maximisation(table, start, shares(U), 0.5)
    names = [f"m {field} {level}" for field, level in found.m.index]
    assert np.allclose(found.history.loc[0, names].to_numpy(float), start[found.m.index])
    assert np.allclose(found.history.iloc[-1][names].to_numpy(float), found.m)
    assert found.history["share"].iloc[[0, -1]].tolist() == [0.5, found.share]
    assert found.history["log_likelihood"].iloc[-1] == found.log_likelihood


def test_fields_that_the_patterns_lack_are_left_out():
    table = pd.DataFrame({"year": [1, 0], "pairs": [3, 7]})
    found = expectation_maximisation(table, shares(M), shares(U), 0.5)
    assert found.m.index.get_level_values(0).unique().tolist() == ["year"]


def test_the_household_trap_and_its_cure():
    """Among pairs of one surname an address in common is mostly a household's: EM then takes households for persons.

    So it learns that given names of "one person" mostly differ. Among pairs of one given name, where households are rare, it does not.
    """
    generator = np.random.default_rng(3)
    by_chance = {"given_name": 0.01, "surname": 0.03, "year": 0.02, "address": 0.001}
    agrees = {
        "person": {"given_name": 0.95, "surname": 0.92, "year": 0.95, "address": 0.9},
        "household": {**by_chance, "surname": 0.8, "address": 0.97},
        "stranger": by_chance,
    }
    u = shares({field: [1 - p, p] for field, p in by_chance.items()})

    def learnt(block, pairs):
        """m of exact agreement, and how many pairs are taken for matches."""
        others = [field for field in by_chance if field != block]
        levels = pd.concat(
            pd.DataFrame({field: generator.random(n) < agrees[kind][field] for field in others})
            for kind, n in pairs.items()
        )
        table, start = patterns(levels.astype(int)), starting_m([Field(field) for field in others])
        found = expectation_maximisation(table, start, u, 0.01)
        return found.m.xs("exact", level=1), found.share * table["pairs"].sum()

    m, matches = learnt("surname", {"person": 1_000, "household": 2_000, "stranger": 100_000})
    assert m["given_name"] < 0.5
    assert matches > 2_000
    m, matches = learnt("given_name", {"person": 1_000, "household": 20, "stranger": 100_000})
    assert matches == pytest.approx(1_000, rel=0.1)
    for field in ("surname", "year", "address"):
        assert m[field] == pytest.approx(agrees["person"][field], abs=0.03)


# Bad input

TABLE = pd.DataFrame({"year": [1, 0], "pairs": [3, 7]})
OK_M, OK_U = shares(M), shares(U)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: match_weight(1.1, 0.5), ValueError, r"m is 1\.1: allowed is 0 to 1"),
        (lambda: match_weight(0.9, np.nan), ValueError, "u is nan"),
        (lambda: match_weight("0.9", 0.1), TypeError, "m is '0.9'"),
        (lambda: prior_bits(-0.1), ValueError, r"share is -0\.1"),
        (lambda: posterior(np.nan), ValueError, "bits is nan"),
        (lambda: term_frequency_bits(0, 0.1), ValueError, "frequency is 0: allowed is above 0"),
        (lambda: term_frequency_bits(0.1, 0), ValueError, "u is 0"),
        (lambda: term_frequencies(pd.Series([None]), pd.Series([""])), ValueError, "left and right have no value"),
        (lambda: term_frequencies(["Tan"], pd.Series(["Tan"])), TypeError, "left is a list: give a pandas Series"),
        (lambda: equal_by_chance(pd.Series(["Tan"]), pd.Series([None])), ValueError, "right is missing everywhere"),
        (lambda: starting_m([Field("a")], exact=1), ValueError, "exact is 1"),
        (lambda: level_shares(TABLE, [Field("born")]), ValueError, "levels has no column 'born'"),
        (lambda: level_shares(TABLE - 1, [Field("pairs")]), ValueError, r"levels\['pairs'\] holds 6: allowed is a level, -1 to 1"),
        (lambda: level_shares(TABLE[:0], [Field("year")]), ValueError, "no pair in which 'year' is known"),
        (lambda: level_shares(TABLE, [Field("year")], pseudo_count=-1), ValueError, "pseudo_count is -1"),
        (lambda: level_weights(OK_M, OK_U[:3]), ValueError, "give both of the same fields and levels"),
        (lambda: level_weights(OK_M * 0.5, OK_U), ValueError, r"m of 'given_name' adds up to 0\.5: allowed is 1"),
        (lambda: level_weights({"a": 1}, OK_U), TypeError, "m is a dict: give a pandas Series"),
        (lambda: level_weights(pd.Series([0.5, 0.5]), OK_U), ValueError, "give a Series by field and level"),
        (lambda: evidence(TABLE[["pairs"]], OK_M), ValueError, "none of these is a column of levels, which has pairs"),
        (lambda: evidence(TABLE[["year"]] + 1, OK_M), ValueError, r"levels\['year'\] holds 2"),
        (lambda: evidence(TABLE[["year"]] * 1.0, OK_M), TypeError, r"levels\['year'\] is of type float64"),
        (lambda: expectation(TABLE, OK_M, OK_U, 1.5), ValueError, r"share is 1\.5"),
        (lambda: expectation(TABLE[["year"]], OK_M, OK_U, 0.5), ValueError, "patterns has no column 'pairs'"),
        (lambda: expectation(TABLE[["pairs"]], OK_M, OK_U, 0.5), ValueError, "patterns has no column but 'pairs'"),
        (lambda: expectation(TABLE * 0, OK_M, OK_U, 0.5), ValueError, r"patterns\['pairs'\] is 0 everywhere"),
        (lambda: expectation(TABLE.rename(columns={"year": "x"}), OK_M, OK_U, 0.5), ValueError, "m knows nothing of 'x'"),
        (lambda: expectation(TABLE.assign(year=[5, 0]), OK_M, OK_U, 0.5), ValueError, r"patterns\['year'\] holds 5"),
        (
            lambda: expectation(TABLE, shares({"year": [1, 0]}), shares({"year": [1, 0]}), 0.5),
            ValueError,
            "patterns has in row 0 levels that m and u both give the probability 0",
        ),
        (lambda: maximisation(TABLE, [0.5], OK_M, OK_U), ValueError, r"probability has shape \(1,\)"),
        (lambda: maximisation(TABLE, [0.5, 2], OK_M, OK_U), ValueError, "probability is 2"),
        (lambda: expectation_maximisation(TABLE, OK_M, OK_U, 0), ValueError, "share is 0"),
        (lambda: expectation_maximisation(TABLE, OK_M, OK_U, 0.5, most_steps=0), ValueError, "most_steps is 0"),
        (lambda: expectation_maximisation(TABLE, OK_M, OK_U, 0.5, tolerance=0), ValueError, "tolerance is 0"),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_frequency_cannot_be_adjusted_for_rows_that_do_not_fit():
    left = pd.DataFrame({"surname": ["Tan"]})
    pairs, levels = pd.DataFrame({"left": [0], "right": [0]}), pd.DataFrame({"surname": [1, 1]})
    with pytest.raises(ValueError, match="levels has 2 rows and pairs has 1"):
        term_frequency_adjustment(left, left, pairs, levels, Field("surname"), OK_U)
    with pytest.raises(ValueError, match="u knows nothing of 'surname'; it has year"):
        term_frequency_adjustment(left, left, pairs, levels[:1], Field("surname"), OK_U[-2:])
