"""ID numbers: what they say, what their check catches, and that they are nobody's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2
from stdnum.numdb import get
from stdnum.util import get_number_modules

from dossier.republic import parameters as p
from dossier.republic.numbers import check_character, county_of_number, is_valid, issue, parse, region_codes

NUMBER = "670000198403090014"


def test_a_number_says_where_when_and_what_sex(sorrel):
    people = sorrel.people.sample(500, random_state=0)
    districts = set(sorrel.districts["district"])
    for person in people.itertuples():
        parts = parse(person.id_number)
        assert parts.region in districts
        assert parts.birth_date == person.birth_date.date()
        assert parts.sex == person.sex
        assert 1 <= parts.serial <= 998


def test_most_but_not_all_people_live_where_their_number_comes_from(sorrel):
    people = sorrel.people
    at_home = (people["id_number"].str[:6] == people["district"]).mean()
    # Those who moved, less those who moved within one district.
    assert 1 - p.BORN_ELSEWHERE < at_home < 1 - p.BORN_ELSEWHERE + 0.06


def test_the_check_is_that_of_the_standard(sorrel):
    assert all(mod_11_2.is_valid(number) for number in sorrel.people["id_number"])


def test_a_published_example_of_the_scheme_checks():
    # F4-019: the number printed in descriptions of the Chinese standard.
    assert check_character("11010519491231002") == "X"


@given(st.integers(0, 17), st.sampled_from("0123456789X"), st.integers(0, 10_000_000))
def test_every_wrong_character_is_caught(place, character, body):
    digits = f"67{body:015d}"
    number = digits + check_character(digits)
    wrong = number[:place] + character + number[place + 1 :]
    assert mod_11_2.is_valid(wrong) == (wrong == number)


@given(st.integers(0, 16), st.integers(0, 10_000_000))
def test_every_swap_of_neighbours_is_caught(place, body):
    digits = f"67{body:015d}"
    number = digits + check_character(digits)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert mod_11_2.is_valid(swapped) == (swapped == number)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (NUMBER[:-1], "17 characters"),
        (NUMBER + "0", "19 characters"),
        ("67000019840309001A", "digit or X"),
        ("67000019840309OO14", "digit or X"),
        (NUMBER[:-1] + "5", "should be '4'"),
        ("66999919840309001" + check_character("66999919840309001"), "none of Sorrel's"),
        ("67000019841309001" + check_character("67000019841309001"), "not a date"),
        ("67000019850229001" + check_character("67000019850229001"), "not a date"),
    ],
)
def test_a_wrong_number_is_refused_with_the_reason(number, reason):
    with pytest.raises(ValueError, match=reason):
        parse(number)
    assert not is_valid(number)


def test_a_number_that_is_not_text_is_refused():
    with pytest.raises(TypeError, match="would lose its last digits"):
        parse(670000198403090014)
    assert not is_valid(None)


@pytest.mark.parametrize("digits", ["", "1234", "6700001984030900A", "٦٧٠٠٠٠١٩٨٤٠٣٠٩٠٠١"])
def test_a_check_character_needs_seventeen_digits(digits):
    with pytest.raises(ValueError, match="exactly 17 digits"):
        check_character(digits)


def test_people_of_one_birthday_place_and_sex_get_different_numbers():
    same = 499
    numbers = issue(
        np.full(same, 670_000),
        np.full(same, "1984-03-09", dtype="datetime64[D]"),
        np.arange(same) % 1 == 0,
        np.arange(same) % 7,
    )
    assert len(set(numbers)) == same
    assert all(parse(number).sex == "male" for number in numbers)
    with pytest.raises(ValueError, match="too few serials"):
        issue(
            np.full(500, 670_000),
            np.full(500, "1984-03-09", dtype="datetime64[D]"),
            np.ones(500, dtype=bool),
            np.zeros(500, dtype=np.int64),
        )


def test_counties_have_codes_of_their_own():
    assert region_codes(0)[0] == 670_000
    assert region_codes(p.MAXIMUM_COUNTIES - 1)[-1] == 699_999
    assert not set(region_codes(3)) & set(region_codes(4))
    assert county_of_number(NUMBER) == 0


def test_no_country_has_issued_the_region_codes():
    """Neither the two digits of the province nor any whole code occur in python-stdnum's list of China's regions."""
    regions = get("cn/loc")
    for code in range(p.FIRST_REGION, p.FIRST_REGION + 10 * p.MAXIMUM_COUNTIES, 7):
        assert all(not properties for _, properties in regions.info(str(code)))
    # The list itself is in use: Beijing is found in it.
    assert any(properties for _, properties in regions.info("110105"))


# Numbers that are no person's, or whose check in python-stdnum is looser than the number itself.
EXCEPTIONS = {
    "stdnum.ch.esr": "a Swiss payment slip's reference: any digits with a check digit",
    "stdnum.cn.uscc": "a Chinese organisation's number; only its check character is looked at",
    "stdnum.eu.at_02": "a creditor's number for direct debits; only its check digits are looked at",
    "stdnum.pt.cc": "a Portuguese card's number has 12 characters, which is not looked at",
}


def test_no_number_is_valid_in_any_country(sorrel):
    """python-stdnum's modules for countries: personal, tax and company numbers."""
    modules = [module for module in get_number_modules() if module.__name__.count(".") >= 2]
    countries = [module for module in modules if not module.__name__.startswith("stdnum.iso7064.")]
    assert len(countries) > 180
    numbers = sorrel.people["id_number"].sample(2_000, random_state=0).tolist()
    for module in countries:
        taken = [number for number in numbers if _valid(module, number)]
        assert not taken or module.__name__ in EXCEPTIONS, f"{module.__name__} takes {taken[:3]}"
    # China's own check is among them, takes its own numbers, and differs from Sorrel's by the region alone.
    assert ric.is_valid("11010519491231002X")
    assert not any(ric.is_valid(number) for number in sorrel.people["id_number"])


def _valid(module, number: str) -> bool:
    try:
        return bool(module.validate(number))
    except ValidationError:
        return False
