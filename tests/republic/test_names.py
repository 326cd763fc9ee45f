"""Names: nobody's, and as concentrated as the regime says."""

import re

import numpy as np
import pytest

from dossier.republic import Republic
from dossier.republic import parameters as p
from dossier.republic.names import (
    CITIES,
    FOREIGN_CITIES,
    fit_rank_size,
    given_name_stock,
    place_stock,
    rank_shares,
    street_stock,
    surname_stock,
)

# Surnames that very many people bear (the hundred commonest of China in pinyin, and frequent ones elsewhere), and those of
# people known everywhere. A surname of Sorrel that is none of these and ends as no real one does is nobody's.
REAL_SURNAMES = set(
    """
wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang xu han feng deng
cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren yao jin tan kong bai cui kang mao qiu qin gu
hou shao meng long wan duan lei qian yin shi tao hao gong wen pang fan fang yan dai xia zhong zou xiong shen lai
kim lee park choi jung nguyen tran pham sato suzuki takahashi tanaka watanabe ito yamamoto smith johnson williams brown jones
miller davis garcia rodriguez martinez wilson anderson taylor thomas moore martin white harris clark lewis robinson walker
mueller schmidt schneider fischer weber meyer wagner becker schulz hoffmann rossi russo ferrari esposito bianchi romano colombo
bernard dubois petit durand leroy moreau silva santos oliveira souza pereira ferreira ivanov smirnov kuznetsov popov petrov
sokolov kumar singh sharma patel khan ahmed ali hussain ozturk yilmaz kaya demir nowak kowalski horvath nagy novak jansen
devries hansen johansen andersson nilsson svensson cohen levi mizrahi okafor adeyemi mensah abebe
xi putin trump obama biden clinton bush merkel scholz macron sarkozy hollande thatcher blair johnson sunak starmer modi gandhi
nehru bhutto erdogan netanyahu zelensky lukashenko orban meloni berlusconi sanchez lula bolsonaro bachelet maduro chavez castro
mandela zuma ramaphosa mugabe kagame museveni abe kishida koizumi mao deng hu hitler stalin lenin mussolini franco snowden
assange manning zuckerberg musk bezos gates jobs cook ma page brin swift beyonce messi ronaldo maradona pele federer nadal
williams jordan einstein curie darwin newton orwell kafka huxley zuboff
""".split()  # noqa: SIM905
)


def test_no_surname_is_one_that_real_people_are_known_by():
    surnames = {name.lower() for name in surname_stock()}
    assert not surnames & REAL_SURNAMES


def test_surnames_are_syllables_with_the_endings_made_for_sorrel():
    endings = set("aske irel outh ombe ivar ondry uvel esk ilm athe yndel ourn ifray umnel".split())  # noqa: SIM905
    for name in surname_stock():
        assert re.fullmatch("[A-Z][a-z]{4,12}", name)
        assert sum(name.endswith(ending) for ending in endings) == 1


def test_names_are_all_different_and_given_names_tell_the_sexes_apart():
    women, men = (set(given_name_stock(sex, p.GIVEN_NAMES.number)) for sex in ("female", "male"))
    assert len(women) == len(men) == p.GIVEN_NAMES.number
    assert not women & men
    for stock in (surname_stock(), place_stock(), street_stock(1728)):
        assert len(set(stock)) == len(stock)
    assert len(CITIES) == p.CITIES
    assert len(FOREIGN_CITIES) == p.FOREIGN_CITIES


@pytest.mark.parametrize("curve", [*p.NAMING_REGIMES.values(), p.GIVEN_NAMES])
def test_the_stored_curve_is_the_fitted_one_and_has_the_shares_it_was_fitted_to(curve):
    exponent, offset = fit_rank_size(curve.number, curve.top, curve.top_hundred)
    assert exponent == pytest.approx(curve.exponent, abs=1e-5)
    assert offset == pytest.approx(curve.offset, abs=1e-4)
    shares = rank_shares(curve.number, curve.exponent, curve.offset)
    assert shares.sum() == pytest.approx(1)
    assert shares[0] == pytest.approx(curve.top, rel=1e-4)
    assert shares[:100].sum() == pytest.approx(curve.top_hundred, rel=1e-4)


def test_the_concentrated_regime_is_the_ledgers():
    # F4-017: 7.2 %; F4-015: 85.9 %; the three commonest cover about a fifth.
    curve = p.NAMING_REGIMES["concentrated"]
    assert (curve.top, curve.top_hundred) == (0.072, 0.859)
    shares = rank_shares(curve.number, curve.exponent, curve.offset)
    assert 0.17 < shares[:3].sum() < 0.22


@pytest.mark.parametrize("naming", p.NAMING_REGIMES)
def test_the_people_bear_surnames_as_the_regime_says(naming):
    people = Republic.generate(people=50_000, seed=3, naming=naming).people
    shares = people["surname"].value_counts(normalize=True)
    curve = p.NAMING_REGIMES[naming]
    assert shares.iloc[0] == pytest.approx(curve.top, rel=0.15)
    # In a finite country rare names happen to be missing, so the hundred commonest cover a little more.
    assert curve.top_hundred - 0.01 < shares.iloc[:100].sum() < curve.top_hundred + 0.04


def test_the_regime_changes_surnames_and_nothing_else():
    few, many = (
        Republic.generate(people=2_000, seed=5, naming=naming) for naming in ("concentrated", "many")
    )
    for name in few.tables:
        if name not in ("people", "households"):
            assert few.tables[name].equals(many.tables[name]), name
    assert few.people.drop(columns="surname").equals(many.people.drop(columns="surname"))
    assert few.households.drop(columns="surname").equals(many.households.drop(columns="surname"))
    assert few.people["surname"].nunique() < 0.6 * many.people["surname"].nunique()


def test_a_curve_with_exponent_zero_shares_out_equally():
    np.testing.assert_allclose(rank_shares(8, 0.0, 3.0), 1 / 8)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 1.0, 1.0), "count is 0"),
        ((5, -1.0, 1.0), "exponent is -1"),
        ((5, float("nan"), 1.0), "exponent is nan"),
        ((5, 1.0, -1.0), "offset is -1"),
    ],
)
def test_a_curve_outside_its_domain_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        rank_shares(*arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((100, 0.1, 0.9), "count is 100"),
        ((1_000, 0.0001, 0.5), "top is 0.0001"),
        ((1_000, 0.01, 1.2), "top_hundred is 1.2"),
        ((1_000, 0.01, 0.005), "top_hundred is 0.005"),
    ],
)
def test_shares_that_no_curve_has_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        fit_rank_size(*arguments)
