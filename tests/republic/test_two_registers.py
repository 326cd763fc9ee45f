"""Two registers without a number: who is in them, and what is wrong in the second."""

import pandas as pd
import pytest

from dossier.republic import Republic
from dossier.republic.two_registers import COLUMNS, ERRORS, two_registers


@pytest.fixture(scope="module")
def people():
    return Republic.sample().people


@pytest.fixture(scope="module")
def registers(people):
    return two_registers(people)


def test_neither_has_a_number_nor_keeps_the_order(people, registers):
    for register in registers[:2]:
        assert tuple(register.columns) == COLUMNS
        assert register.index.tolist() == list(range(len(register)))
    assert not registers.truth.is_monotonic_increasing


def test_each_holds_four_fifths_of_the_people(people, registers):
    n = len(people)
    for found, share in (
        (len(registers.left), 0.8),
        (len(registers.right), 0.8),
        (len(registers.truth), 0.64),
    ):
        assert found == pytest.approx(share * n, abs=5 * (n * share * (1 - share)) ** 0.5)


def test_the_truth_is_true(registers):
    """Where nothing was spoilt, both records say the same; sex is never wrong, so that it agrees wherever it is known."""
    left = registers.left.loc[registers.truth].reset_index(drop=True)
    right = registers.right.loc[registers.truth.index].reset_index(drop=True)
    assert registers.truth.is_unique
    assert (left["sex"] == right["sex"])[right["sex"].notna()].all()
    for column in COLUMNS:
        wrong = (left[column] != right[column]).mean()
        assert wrong == pytest.approx(sum(ERRORS[column].values()), abs=0.02)


def test_the_sources_name_the_people(people, registers):
    labelled = people.set_index("id_number")
    found = two_registers(labelled)
    assert labelled.loc[found.left_source, "surname"].tolist() == found.left["surname"].tolist()
    matched = found.right_source[found.truth.index].tolist()
    assert matched == found.left_source[found.truth].tolist()


def test_everybody_in_both_and_no_error_in_the_first(people):
    registers = two_registers(people, share=1)
    given = people[list(COLUMNS)].assign(birth_date=people["birth_date"].dt.strftime("%Y-%m-%d"))
    pd.testing.assert_frame_equal(registers.left, given)
    assert sorted(registers.truth) == list(range(len(people)))


def test_the_seed_decides(people, registers):
    again, other = two_registers(people), two_registers(people, seed=1)
    pd.testing.assert_frame_equal(registers.right, again.right)
    assert len(other.truth) != len(registers.truth) or not other.right.equals(registers.right)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"people": None}, TypeError, "people is a NoneType"),
        ({"share": 0}, ValueError, "share is 0: allowed is above 0 and to 1|share is 0"),
        ({"share": 1.1}, ValueError, "share is 1.1"),
        ({"seed": 0.5}, TypeError, "seed is 0.5"),
        ({"seed": -1}, ValueError, "seed is -1"),
    ],
)
def test_what_it_cannot_take(people, arguments, error, words):
    with pytest.raises(error, match=words):
        two_registers(**({"people": people} | arguments))


def test_too_few_people(people):
    with pytest.raises(ValueError, match="people has no column 'surname'"):
        two_registers(people.drop(columns="surname"))
    with pytest.raises(ValueError, match="people has 1 rows: too few"):
        two_registers(people.head(1), share=0.001)
