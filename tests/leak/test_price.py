"""From a price to a ceiling on the risk that its taker feels."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dossier.leak.leak_law import caught_within
from dossier.leak.price import detection_ceiling, reservation_price, stake_if_caught, years_until_caught

money = st.floats(0.01, 1e6)
stakes = st.floats(1, 1e9)
chances = st.floats(0, 1)


@pytest.mark.parametrize(("sellers", "known"), [(1, 0.0014), (8, 0.000175)])
def test_what_700_says_of_a_stake_of_500_000(sellers, known):
    assert detection_ceiling(700, 500_000, sellers=sellers) == pytest.approx(known, rel=1e-12)


class TestCeiling:
    @given(chances, stakes, st.floats(0, 1e5))
    def test_whoever_is_just_paid_enough_gives_their_risk_away_exactly(self, p, stake, moral):
        price = reservation_price(p, stake, moral)
        assert detection_ceiling(price, stake, moral) == pytest.approx(p, abs=1e-9 + 1e-12 * price / stake)

    @given(chances, stakes, st.floats(0, 1e5), money)
    def test_whoever_sells_feels_no_more_than_the_ceiling(self, p, stake, moral, more):
        price = reservation_price(p, stake, moral) + more
        assert p <= detection_ceiling(price, stake, moral) + 1e-12

    @given(money, stakes, stakes, stakes)
    def test_the_ceilings_at_both_ends_hold_every_stake_between(self, price, one, two, three):
        low, between, high = sorted((one, two, three))
        least, here, most = detection_ceiling(price, [high, between, low])
        assert least <= here <= most <= 1

    @given(money, stakes, st.integers(1, 50), chances, chances)
    def test_brokers_sellers_and_conscience_only_lower_it(self, price, stake, sellers, share, part):
        alone = detection_ceiling(price, stake)
        fewer_hands = detection_ceiling(price, stake, sellers=sellers, share=share)
        assert fewer_hands <= alone
        moral = part * share * price / sellers
        assume(share * price / sellers - moral >= 0)
        assert detection_ceiling(price, stake, moral, sellers, share) <= fewer_hands + 1e-12

    def test_a_price_above_the_stake_says_nothing(self):
        assert detection_ceiling([10, 11], stake=10).tolist() == [1, 1]

    def test_a_sale_below_the_moral_cost_fits_no_risk_at_all(self):
        assert np.isnan(detection_ceiling(10, 1000, moral_cost=11))
        assert detection_ceiling(10, 1000, moral_cost=10) == 0

    def test_it_broadcasts_and_gives_a_float_for_one_price(self):
        assert detection_ceiling([[100], [200]], [1000, 2000, 4000]).shape == (2, 3)
        assert type(detection_ceiling(700, 500_000)) is float


class TestStake:
    @given(st.lists(st.tuples(st.floats(0, 1e6), chances), min_size=1, max_size=6))
    def test_it_adds_up_what_follows_and_never_exceeds_all_of_it(self, consequences):
        losses, likely = zip(*consequences, strict=True)
        stake = stake_if_caught(losses, likely)
        assert stake == pytest.approx(sum(loss * chance for loss, chance in consequences), abs=1e-9)
        assert stake <= stake_if_caught(losses) + 1e-9

    def test_shapes_that_do_not_fit_are_refused(self):
        with pytest.raises(ValueError, match=r"chances has shape \(3,\)"):
            stake_if_caught([1, 2], [0.1, 0.2, 0.3])
        with pytest.raises(ValueError, match=r"losses has shape \(0,\)"):
            stake_if_caught([])


def test_once_in_so_many_years_is_the_mean_of_the_waiting_time():
    p, sales = 0.0014, 10
    months = np.arange(200_000)
    waiting = 1 - caught_within(sales * months, p)  # chance to be still free after so many months
    assert waiting.sum() / 12 == pytest.approx(years_until_caught(p, sales), rel=0.01)


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: detection_ceiling(-1, 10), "price is -1: allowed is a finite number, 0 or more"),
        (lambda: detection_ceiling(1, 0), "stake is 0: allowed is a finite number, above 0"),
        (lambda: detection_ceiling(1, 10, sellers=0.5), "sellers is 0.5"),
        (lambda: detection_ceiling(1, 10, share=1.5), "share is 1.5: allowed is 0 to 1"),
        (lambda: detection_ceiling(float("nan"), 10), "price is nan"),
        (lambda: reservation_price(1.01, 10), "detection_probability is 1.01: allowed is 0 to 1"),
        (lambda: years_until_caught(0, 10), "detection_probability is 0: allowed is above 0 and 1"),
        (lambda: years_until_caught(0.1, 0), "sales_a_month is 0"),
        (lambda: stake_if_caught([-1]), "losses is -1"),
    ],
)
def test_bad_arguments_are_named(call, complaint):
    with pytest.raises(ValueError, match=complaint):
        call()


def test_words_are_no_price():
    with pytest.raises(TypeError, match="price is '700'"):
        detection_ceiling("700", 10)
