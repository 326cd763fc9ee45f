"""What the colleagues do: every fixed point, which of them hold, and where an office tips."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import ndtr

from dossier.leak.becker import share_that_sells
from dossier.leak.norms import audits_that_hold, detection_among, fixed_points, reaction, settles_at

TIPPING = {
    "price": 90,
    "audits": 0.01,
    "stake": 15_000,
    "median_moral_cost": 25,
    "spread": 0.5,
    "shield": 0.9,
}
offices = st.fixed_dictionaries(
    {
        "price": st.floats(10, 200),
        "audits": st.floats(0, 0.02),
        "stake": st.floats(1_000, 30_000),
        "median_moral_cost": st.floats(5, 300),
        "spread": st.floats(0.2, 2),
        "shield": st.floats(0, 1),
    }
)


def turns(office):
    """The audits at which the number of fixed points changes, from the closed form."""
    x = ndtr(np.linspace(-6, 6, 20_001))
    audits = audits_that_hold(x, **{name: value for name, value in office.items() if name != "audits"})
    turning = np.flatnonzero(np.diff(np.sign(np.diff(audits)))) + 1
    return audits[turning]


@given(offices)
def test_every_fixed_point_is_one(office):
    found = fixed_points(**office)
    for point in found:
        assert reaction(point.share, **office) == pytest.approx(point.share, abs=1e-9)


@given(offices)
def test_stable_and_tipping_points_take_turns(office):
    points = fixed_points(**office)
    assume(all(abs(point.slope - 1) > 1e-3 for point in points))
    assert len(points) in (1, 3)
    assert [point.stable for point in points] == [True, False, True][: len(points)]


@given(offices)
def test_between_two_fixed_points_the_share_always_moves_the_same_way(office):
    # Brute force on a grid of its own: wherever the sign of the movement changes, a fixed point was found.
    x = np.linspace(0, 1, 2_003)
    sign = np.sign(reaction(x, **office) - x)
    shares = np.array([point.share for point in fixed_points(**office)])
    for place in np.flatnonzero(sign[1:] * sign[:-1] < 0):
        assert ((shares >= x[place]) & (shares <= x[place + 1])).any()


@given(offices, st.floats(0.001, 0.999))
def test_the_closed_form_says_which_audits_hold_a_share(office, share):
    others = {name: value for name, value in office.items() if name != "audits"}
    audits = audits_that_hold(share, **others)
    assume(0 <= audits <= 1)
    assert reaction(share, **{**others, "audits": audits}) == pytest.approx(share, abs=1e-7)


@given(offices, st.floats(0.001, 0.999))
def test_a_share_that_holds_is_among_the_points_found(office, share):
    others = {name: value for name, value in office.items() if name != "audits"}
    audits = audits_that_hold(share, **others)
    assume(0 <= audits <= 1)
    nearest = min(abs(point.share - share) for point in fixed_points(**{**others, "audits": audits}))
    assert nearest < 1e-4


def test_three_between_the_turns_and_one_outside():
    low, high = sorted(turns(TIPPING))
    for audits, expected in ((low * 0.99, 1), (low * 1.01, 3), (high * 0.99, 3), (high * 1.01, 1)):
        assert len(fixed_points(**{**TIPPING, "audits": audits})) == expected


def test_two_that_nearly_touch_are_both_found():
    low, high = sorted(turns(TIPPING))
    for audits, gap in ((high * (1 - 1e-7), 0.01), (low * (1 + 1e-7), 0.01)):
        points = fixed_points(**{**TIPPING, "audits": audits})
        assert len(points) == 3
        assert min(np.diff([point.share for point in points])) < gap


@given(offices)
def test_without_a_shield_there_is_one_and_it_is_beckers_share(office):
    office = {**office, "shield": 0}
    (point,) = fixed_points(**office)
    expected = share_that_sells(
        office["price"],
        office["audits"],
        office["stake"],
        office["median_moral_cost"],
        office["spread"],
    )
    assert point.share == pytest.approx(expected, abs=1e-9)
    assert point.stable


@pytest.mark.parametrize("start", [0, 0.1, 0.5, 0.66, 0.69, 0.9, 0.99, 1])
def test_an_office_left_to_itself_arrives_where_it_is_said_to_settle(start):
    points = fixed_points(**TIPPING)
    share = start
    for _ in range(300):
        share = reaction(share, **TIPPING)
    assert settles_at(start, points, reaction(start, **TIPPING)) == pytest.approx(share, abs=1e-6)


def test_an_office_remembers():
    """Audits fall until it tips, and the same audits do not bring it back."""
    low, high = sorted(turns(TIPPING))
    middle = (low + high) / 2

    def moved(share, audits):
        office = {**TIPPING, "audits": audits}
        return settles_at(share, fixed_points(**office), reaction(share, **office))

    honest = moved(0.0, middle)
    tipped = moved(honest, low * 0.95)
    assert honest < 0.05
    assert tipped > 0.9
    assert moved(tipped, middle) > 0.9
    assert moved(moved(tipped, high * 1.05), middle) < 0.05


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_colleagues_who_sell_only_ever_shield(audits, share, more, shield):
    alone = detection_among(audits, 0, shield)
    assert alone == audits
    assert detection_among(audits, share + (1 - share) * more, shield) <= detection_among(
        audits, share, shield
    )
    assert detection_among(audits, 1, shield) == pytest.approx(audits * (1 - shield))


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"audits": 2}, ValueError, "audits is 2: allowed is 0 to 1"),
        ({"shield": -0.1}, ValueError, r"shield is -0\.1"),
        ({"stake": [1, 2]}, TypeError, "stake is .*: give one number"),
        ({"spread": 0}, ValueError, "spread is 0"),
    ],
)
def test_what_it_refuses(wrong, error, message):
    with pytest.raises(error, match=message):
        fixed_points(**{**TIPPING, **wrong})


def test_it_settles_nowhere_where_no_point_lies():
    with pytest.raises(ValueError, match="give all fixed points"):
        settles_at(0.5, [], 0.6)
    with pytest.raises(ValueError, match="share_selling is 1: allowed is above 0 and less than 1"):
        audits_that_hold(1, 90, 15_000, 25, 0.5, 0.9)
