"""Lesson 00: the shared birthday, and the check of the installation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.explore import lesson_00
from dossier.explore.lesson_00 import (
    ANY_TWO,
    FULL_ROOM,
    YOURS,
    chance_of_a_shared_birthday,
    check_installation,
)


def test_twenty_three_people_are_enough():
    chance = chance_of_a_shared_birthday(365)
    assert chance[22] == pytest.approx(0.50730, abs=5e-6)
    assert chance[21] < 0.5 < chance[22]


@given(st.integers(FULL_ROOM, 2_000), st.integers(1, FULL_ROOM))
def test_it_is_one_minus_the_arrangements_without_a_match(days, people):
    without = math.perm(days, people) / days**people
    assert chance_of_a_shared_birthday(days)[people - 1] == pytest.approx(1 - without, abs=1e-12)


@given(st.integers(1, FULL_ROOM - 1))
def test_more_people_than_days_must_match(days):
    chance = chance_of_a_shared_birthday(days)
    assert (chance[days:] == 1).all()
    assert chance[0] == 0


@given(st.integers(2, 2_000))
def test_your_own_match_is_never_likelier_than_anybodys(days):
    anybody, yours = (chance_of_a_shared_birthday(days, whose) for whose in (ANY_TWO, YOURS))
    assert (anybody >= yours - 1e-12).all()
    assert yours[1] == pytest.approx(1 / days)
    assert (np.diff(yours) >= 0).all()
    assert (np.diff(anybody) >= 0).all()


def test_a_year_without_days_and_an_unknown_choice_are_refused():
    with pytest.raises(ValueError, match="days_in_the_year is 0: allowed is a whole number, 1 or more"):
        chance_of_a_shared_birthday(0)
    with pytest.raises(ValueError, match="whose is 'theirs': allowed are"):
        chance_of_a_shared_birthday(365, "theirs")


class TestCheckInstallation:
    def test_a_sound_installation_is_told_to_go_on(self, capsys):
        check_installation()
        assert capsys.readouterr().out == "Everything that the course needs is here. Go on.\n"

    def test_what_is_too_old_or_missing_is_named_with_the_way_out(self, capsys, monkeypatch):
        monkeypatch.setattr(
            lesson_00, "requires", lambda _: ["numpy>=9999", "no-such-package", "extra>=1; extra == 'test'"]
        )
        monkeypatch.setattr(lesson_00.sys, "version_info", (3, 9, 1))
        check_installation()
        said = capsys.readouterr().out
        assert "Python: 3.9.1 is too old; 3.11 or newer is needed" in said
        assert f"numpy: {np.__version__} does not fit; >=9999 is needed" in said
        assert "no-such-package: is missing" in said
        assert "extra" not in said
        assert said.endswith(lesson_00.REMEDY + "\n")

    def test_missing_data_are_a_message_and_not_an_error(self, capsys, monkeypatch, tmp_path):
        monkeypatch.setenv("DOSSIER_DATA", str(tmp_path / "nowhere"))
        check_installation()
        said = capsys.readouterr().out
        assert "Sorrel's data: DOSSIER_DATA is" in said
        assert lesson_00.REMEDY in said
