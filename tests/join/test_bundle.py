"""A bundle is worth more than its parts exactly where questions need several registries at once."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.join.bundle import answered, loss_without, value, value_alone, value_as_bought

NAMES = ["hotels", "banks", "phones", "flights"]


def asked(*rows):
    return pd.DataFrame(rows, columns=["question", "needs", "how", "price"]).set_index("question")


@st.composite
def markets(draw, how=("all", "any")):
    """Some questions, and who is known to which registry."""
    count = draw(st.integers(1, 5))
    questions = asked(
        *(
            (
                f"question {number}",
                tuple(draw(st.sets(st.sampled_from(NAMES), min_size=1))),
                draw(st.sampled_from(how)),
                draw(st.integers(0, 100)),
            )
            for number in range(count)
        )
    )
    rows = draw(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=4))
    return questions, pd.DataFrame(rows, columns=NAMES, index=[f"person {n}" for n in range(len(rows))])


SETS = st.sets(st.sampled_from(NAMES))


def by_hand(questions, known, bought):
    """The definition, question by question and person by person."""
    return [
        sum(
            row.price
            for row in questions.itertuples()
            if (all if row.how == "all" else any)(person[name] and name in bought for name in row.needs)
        )
        for _, person in known.iterrows()
    ]


@settings(max_examples=30)
@given(markets(), SETS)
def test_it_is_the_definition(market, bought):
    questions, known = market
    assert value(questions, known, bought).tolist() == by_hand(questions, known, bought)
    answers = answered(questions, known, bought)
    assert (answers.to_numpy() @ questions["price"]).tolist() == by_hand(questions, known, bought)


@settings(max_examples=30)
@given(markets(), SETS, SETS)
def test_more_registries_never_answer_less(market, some, others):
    questions, known = market
    fewer, more = (answered(questions, known, bought) for bought in (some, some | others))
    assert (fewer <= more).all(axis=None)


@settings(max_examples=30)
@given(markets(), st.permutations(NAMES))
def test_the_order_does_not_matter_to_what_is_bought_in_the_end(market, order):
    questions, known = market
    steps = value_as_bought(questions, known, order)
    assert (steps[0] == 0).all()
    assert (steps[4] == value(questions, known, NAMES)).all()
    assert (steps.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    assert (steps[2] == value(questions, known, set(order[:2]))).all()


@settings(max_examples=30)
@given(markets(how=("all",)))
def test_complements_are_worth_more_together_by_exactly_the_questions_that_need_several(market):
    questions, known = market
    synergy = value(questions, known, NAMES) - value_alone(questions, known).sum(axis=1)
    joint = questions[[len(needs) > 1 for needs in questions["needs"]]]
    if joint.empty:
        assert (synergy == 0).all()
    else:
        assert synergy.tolist() == value(joint, known, NAMES).tolist()


@settings(max_examples=30)
@given(markets(how=("any",)))
def test_substitutes_are_worth_less_together(market):
    questions, known = market
    assert (value(questions, known, NAMES) <= value_alone(questions, known).sum(axis=1)).all()


@settings(max_examples=30)
@given(markets(how=("all",)))
def test_losses_count_a_question_once_for_each_registry_it_needs(market):
    questions, known = market
    weighted = questions.assign(price=questions["price"] * questions["needs"].map(len))
    losses = loss_without(questions, known).sum(axis=1)
    assert losses.tolist() == value(weighted, known, NAMES).tolist()
    assert (loss_without(questions, known) >= value_alone(questions, known)).all(axis=None)


def test_worth_alone_and_missed_most_can_be_two_different_registries():
    questions = asked(
        ("Where now?", "phones", "all", 100),
        ("Who with?", ("hotels", "banks"), "all", 150),
        ("Home?", "phones, banks", "any", 30),
    )
    known = pd.DataFrame(True, index=["a"], columns=NAMES)
    alone, loss = value_alone(questions, known).loc["a"], loss_without(questions, known).loc["a"]
    assert alone.to_dict() == {"hotels": 0, "banks": 30, "phones": 130, "flights": 0}
    assert loss.to_dict() == {"hotels": 150, "banks": 150, "phones": 100, "flights": 0}
    assert alone.idxmax() != loss.idxmax()


class TestRefusals:
    known = pd.DataFrame(True, index=["a"], columns=NAMES)
    good = asked(("Who?", "hotels", "all", 1))

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"needs": "prisons"}, "questions needs 'prisons' for 'Who\\?'; the registries are hotels"),
            ({"needs": [()]}, "questions needs nothing for 'Who\\?'"),
            ({"how": "most"}, "holds 'most': allowed are 'all' and 'any'"),
            ({"price": -1}, "is -1: allowed is a finite number, 0 or more"),
            ({"price": np.nan}, "is nan"),
        ],
    )
    def test_questions(self, changes, said):
        with pytest.raises(ValueError, match=said):
            value(self.good.assign(**changes), self.known, [])

    def test_tables_and_sets(self):
        with pytest.raises(ValueError, match="questions has no column 'price'"):
            value(self.good.drop(columns="price"), self.known, [])
        with pytest.raises(ValueError, match="known is empty"):
            value(self.good, self.known.iloc[:0], [])
        with pytest.raises(TypeError, match="known holds more than True and False"):
            value(self.good, self.known.astype(int), [])
        with pytest.raises(TypeError, match="bought is 'hotels'"):
            value(self.good, self.known, "hotels")
        with pytest.raises(ValueError, match="bought holds 'prisons'"):
            answered(self.good, self.known, ["prisons"])
        with pytest.raises(ValueError, match="bought holds 'hotels' more than once"):
            value_as_bought(self.good, self.known, ["hotels", "hotels"])
