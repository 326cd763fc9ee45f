"""Random draws: right distributions, and independent of one another."""

import re
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from dossier.republic import draws
from dossier.republic.draws import Stream, counted, cumulative, rank_within

SIZE = 40_000


@pytest.fixture
def stream() -> Stream:
    return Stream(1, "test", 0)


def test_the_same_purpose_gives_the_same_numbers_and_another_gives_others():
    def first(seed: int, purpose: str, county: int) -> list[float]:
        return Stream(seed, purpose, county).uniform(5).tolist()

    same = first(7, "flights", 3)
    assert first(7, "flights", 3) == same
    others = [first(8, "flights", 3), first(7, "hotels", 3), first(7, "flights", 4)]
    assert all(other != same for other in others)


@pytest.mark.parametrize("mean", [0.0, 0.3, 4.0, 60.0])
def test_poisson_counts_follow_the_poisson_distribution(stream, mean):
    counts = stream.poisson(mean, SIZE)
    if mean == 0:
        assert not counts.any()
        return
    values = np.arange(int(mean + 6 * mean**0.5) + 3)
    expected = stats.poisson.pmf(values, mean) * SIZE
    common = expected > 10
    observed = np.bincount(counts, minlength=len(values))[: len(values)][common]
    chi_square = ((observed - expected[common]) ** 2 / expected[common]).sum()
    assert chi_square < stats.chi2.ppf(0.9999, common.sum())


def test_normal_and_exponential_draws_have_their_shapes(stream):
    assert stats.kstest(stream.normal(SIZE), "norm").pvalue > 1e-4
    assert stats.kstest(stream.exponential(3.0, SIZE), "expon", args=(0, 3.0)).pvalue > 1e-4


def test_choices_come_in_proportion_to_their_weights_and_never_where_the_weight_is_zero(stream):
    weights = np.array([3.0, 0.0, 1.0])
    chosen = np.bincount(stream.choice(weights, SIZE), minlength=3) / SIZE
    np.testing.assert_allclose(chosen, weights / 4, atol=0.015)
    assert chosen[1] == 0


def test_a_choice_by_row_uses_the_weights_of_that_row(stream):
    tables = cumulative(np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]]))
    rows = np.repeat([0, 1], SIZE // 2)
    chosen = stream.choice_by_row(tables, rows)
    assert (chosen[rows == 0] == 0).all()
    shares = np.bincount(chosen[rows == 1], minlength=3) / (SIZE // 2)
    np.testing.assert_allclose(shares, [0, 0.5, 0.5], atol=0.015)


def test_whole_numbers_stay_within_their_bounds(stream):
    assert set(stream.between(3, 5, 1_000)) == {3, 4, 5}
    assert set(stream.below(0, 10)) == {0}
    assert sorted(stream.order(100)) == list(range(100))


def test_ranks_and_counts_take_lists_apart():
    assert rank_within(np.array([5, 2, 5, 5, 2])).tolist() == [0, 0, 1, 2, 1]
    assert rank_within(np.array([], dtype=np.int64)).tolist() == []
    owners, ranks = counted(np.array([2, 0, 3]))
    assert owners.tolist() == [0, 0, 2, 2, 2]
    assert ranks.tolist() == [0, 1, 0, 1, 2]


def test_only_the_draws_count_by_numpys_own_width():
    """In a browser that width is 32 bits; the functions that follow it stand in one module, which widens them."""
    narrow = re.compile(r"np\.(repeat|bincount|arange\((size|people|count)\))")
    folder = Path(draws.__file__).parent
    found = [path.name for path in folder.glob("*.py") if narrow.search(path.read_text(encoding="utf-8"))]
    assert found == ["draws.py"]
