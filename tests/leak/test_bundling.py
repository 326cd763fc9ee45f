"""Bundles: what many goods together earn, against their parts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from dossier.leak.bundling import (
    best_price,
    best_uniform_bundle,
    bundle,
    draw_valuations,
    profit_apart,
    share_who_pay,
)

lists = st.lists(st.floats(0, 100), min_size=1, max_size=40)


class TestClosedForm:
    def test_one_good_and_two(self):
        assert best_uniform_bundle(1) == pytest.approx((0.5, 0.5, 0.25), abs=1e-7)
        assert best_uniform_bundle(2) == pytest.approx((np.sqrt(2 / 3), 2 / 3, 0.544331), abs=1e-6)

    @pytest.mark.parametrize(
        ("goods", "price", "known"), [(2, 1, 1 / 2), (3, 1, 5 / 6), (3, 2, 1 / 6), (4, 1, 23 / 24)]
    )
    def test_irwin_halls_numbers(self, goods, price, known):
        assert share_who_pay(price, goods) == pytest.approx(known)

    @given(st.integers(1, 20), st.floats(0, 1))
    def test_it_is_symmetric_and_falls_from_one_to_none(self, goods, part):
        x = part * goods
        assert share_who_pay(x, goods) + share_who_pay(goods - x, goods) == pytest.approx(1, abs=1e-9)
        assert share_who_pay([0, goods, goods + 5], goods).tolist() == [1, 0, 0]
        assert share_who_pay(x, goods) >= share_who_pay(min(x + 0.05, goods), goods) - 1e-9

    def test_many_goods_are_nearly_normal(self):
        x = np.linspace(7, 13, 13)
        assert share_who_pay(x, 20) == pytest.approx(norm.sf(x, 10, np.sqrt(20 / 12)), abs=0.003)

    def test_profit_a_good_rises_towards_the_mean_and_never_reaches_it(self):
        each = [best_uniform_bundle(goods).profit / goods for goods in range(1, 21)]
        assert (np.diff(each) > 0).all()
        assert each[0] == pytest.approx(0.25)
        assert 0.37 < each[-1] < 0.5


class TestBestPrice:
    @given(lists)
    def test_no_other_price_earns_more(self, worth):
        found = best_price(worth)
        assert found.profit == pytest.approx(found.price * np.mean(np.array(worth) >= found.price))
        others = np.concatenate([worth, np.linspace(0, 100, 101)])
        assert found.profit >= max(price * np.mean(np.array(worth) >= price) for price in others) - 1e-9

    @given(lists, st.floats(0.1, 10))
    def test_it_scales_with_the_money(self, worth, scale):
        assert best_price(np.array(worth) * scale).profit == pytest.approx(best_price(worth).profit * scale)

    def test_equal_buyers_all_pay_all(self):
        assert best_price([3, 3, 3]) == (3, 1, 3)


class TestSimulation:
    @pytest.mark.parametrize("goods", [1, 2, 5, 20])
    def test_it_agrees_with_the_closed_form(self, goods):
        drawn = draw_valuations(40_000, goods, np.random.default_rng(goods))
        assert bundle(drawn).profit == pytest.approx(best_uniform_bundle(goods).profit, rel=0.015)
        assert profit_apart(drawn) == pytest.approx(goods / 4, rel=0.015)

    def test_value_a_good_narrows_with_the_root_of_the_number(self):
        drawn = draw_valuations(20_000, 100, np.random.default_rng(9))
        spread = [drawn[:, :goods].mean(axis=1).std() for goods in (1, 4, 25, 100)]
        assert spread == pytest.approx([np.sqrt(1 / 12 / goods) for goods in (1, 4, 25, 100)], rel=0.03)

    @pytest.mark.parametrize("correlation", [0, 0.3, 0.9, 1])
    def test_whatever_the_correlation_each_good_alone_is_uniform(self, correlation):
        drawn = draw_valuations(20_000, 3, np.random.default_rng(1), correlation)
        assert np.quantile(drawn, [0.1, 0.5, 0.9], axis=0) == pytest.approx(
            np.array([[0.1] * 3, [0.5] * 3, [0.9] * 3]), abs=0.02
        )

    def test_correlation_destroys_the_gain(self):
        gains = []
        for correlation in (0, 0.25, 0.5, 0.75, 1):
            drawn = draw_valuations(20_000, 10, np.random.default_rng(2), correlation)
            gains.append(bundle(drawn).profit - profit_apart(drawn))
        assert (np.diff(gains) < 0).all()
        assert gains[-1] == pytest.approx(0, abs=1e-9)

    @settings(max_examples=20)
    @given(st.integers(0, 1000), st.integers(1, 8))
    def test_a_bundle_of_the_same_good_is_that_good(self, seed, goods):
        one = draw_valuations(200, 1, np.random.default_rng(seed))
        together = np.repeat(one, goods, axis=1)
        assert bundle(together).profit == pytest.approx(profit_apart(together))

    def test_a_bundle_can_earn_less_where_few_want_much(self):
        # One buyer would pay 10 for the first good, nine would pay 1 for the second: a bundle must choose whom to serve.
        worth = np.array([[10.0, 0.0]] + [[0.0, 1.0]] * 9)
        assert bundle(worth).profit < profit_apart(worth)


@pytest.mark.parametrize(
    ("call", "error", "complaint"),
    [
        (lambda: draw_valuations(0, 1, np.random.default_rng(0)), ValueError, "buyers is 0"),
        (lambda: draw_valuations(1, 1, 7), TypeError, "random is 7: give a numpy.random.Generator"),
        (lambda: draw_valuations(1, 1, np.random.default_rng(0), 1.1), ValueError, "correlation is 1.1"),
        (lambda: best_price([]), ValueError, "valuations has shape"),
        (lambda: best_price([1, -1]), ValueError, "valuations is -1"),
        (lambda: bundle([1, 2]), ValueError, "give a table, a row a buyer"),
        (lambda: share_who_pay(1, 21), ValueError, "goods is 21: allowed is a whole number, 1 to 20"),
        (lambda: best_uniform_bundle(2.0), TypeError, "goods is 2.0: give a whole number"),
    ],
)
def test_bad_arguments_are_named(call, error, complaint):
    with pytest.raises(error, match=complaint):
        call()
