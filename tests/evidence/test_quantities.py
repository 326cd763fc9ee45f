"""Figures are read as a careful reader would, and no word of them is lost."""

import re
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.evidence import quantity
from dossier.evidence.quantities import years


@pytest.mark.parametrize(
    ("text", "unit", "low", "high", "read_unit"),
    [
        ("700", "CNY per dossier", 700, 700, "CNY per dossier"),
        ("105-113", "USD per hour", 105, 113, "USD per hour"),
        ("0.04-4.17", "USD per hour over a month", 0.04, 4.17, "USD per hour over a month"),
        ("17.50-750", "GBP per item", 17.5, 750, "GBP per item"),
        ("3 of 12", "brokers", 0.25, 0.25, "brokers"),
        ("1 in 75", "staff per year", 1 / 75, 1 / 75, "staff per year"),
        ("1/10", "power", 0.1, 0.1, "power"),
        ("53 to 29", "percent approval", 29, 53, "percent approval"),
        ("500 / 5000", "records", 500, 5000, "records"),
        ("223.74 million numbers", "", 223.74e6, 223.74e6, "numbers"),
        ("12,441 items", "", 12441, 12441, "items"),
        ("200 a month", "BRL", 200, 200, "BRL a month"),
        ("4.94 (average; 61429 total)", "CNY", 4.94, 4.94, "CNY"),
        ("111 + 13 documents", "", 124, 124, "documents"),
        ("sets of about 5,000 to 15,000", "", 5000, 15000, ""),
        ("130 million guests, near 500 million items", "", 130e6, 130e6, "guests"),
    ],
)
def test_reads_numbers_ranges_shares_and_pairs(text, unit, low, high, read_unit):
    read = quantity(text, unit)
    assert (read.low, read.high, read.unit) == (pytest.approx(low), pytest.approx(high), read_unit)


@pytest.mark.parametrize(
    "text", ["a few hundred", "millions", "unknown; 50m CNY proceeds", "C-634/21", "MOD 11-2", "2016-12-12"]
)
def test_words_names_and_dates_give_no_number_and_stay_in_the_note(text):
    read = quantity(text)
    assert read.kind == "words"
    assert isnan(read.low)
    assert isnan(read.high)
    assert read.note == text


def test_an_open_end_stays_open():
    assert isnan(quantity("over 90 phones").high)
    assert quantity("over 90 phones").low == 90
    assert isnan(quantity("up to 2,500 clients").low)
    assert quantity("20000000", "people (more than)").low == 2e7
    assert isnan(quantity("20000000", "people (more than)").high)
    assert isnan(quantity("1100", "USD per phone (maximum)").low)


def test_nothing_stated_is_neither_zero_nor_an_error():
    assert quantity("", "USD").kind == "none"
    assert isnan(quantity("").low)
    assert quantity("0", "EUR").low == 0


@given(
    low=st.floats(0, 1e9, allow_nan=False).map(lambda number: round(number, 2)),
    width=st.integers(0, 10**6),
    unit=st.sampled_from(["", "USD per hour", "people"]),
)
def test_any_range_written_with_a_dash_is_read_back(low, width, unit):
    high = low + width
    read = quantity(f"{low:.2f}-{high:.2f}", unit)
    assert (read.low, read.high, read.unit) == (float(f"{low:.2f}"), float(f"{high:.2f}"), unit)


@given(st.text(alphabet="abc 0123456789.,;()-+/%", max_size=40))
def test_any_text_is_read_without_error_and_keeps_its_words(text):
    read = quantity(text)
    kept = f"{read.unit} {read.note}"
    for word in re.findall(r"[abc]{2,}", text):
        assert word in kept


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2016", (2016, 2016)),
        ("2011-2015", (2011, 2015)),
        ("2000s", (2000, 2009)),
        ("mid-2000s", (2004, 2006)),
        ("2007 (approx.)", (2007, 2007)),
    ],
)
def test_years(text, span):
    assert years(text) == span


@pytest.mark.parametrize("text", ["", "recently", "16", "2016/17"])
def test_a_year_that_is_none_is_refused_with_the_way_out(text):
    with pytest.raises(ValueError, match=r"write 2016, 2011-2015"):
        years(text)
