"""The exact join: it finds what a search record by record finds, no more and no less."""

import hmac

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.join.by_number import companions, joined, records_by_registry, sector_numbers, usual_cells
from dossier.republic import Republic

ALSO = {"rentals": "landlord"}


@pytest.fixture(scope="module")
def sorrel():
    return Republic.sample()


@pytest.fixture(scope="module")
def registries(sorrel):
    return {name: sorrel.tables[name] for name in sorrel.registries}


def some_registries(pairs):
    """Two small registries from (person, other person or None, which) triples."""
    tables = {}
    for name in ("rentals", "flights"):
        rows = [(one, other) for one, other, which in pairs if which == name]
        tables[name] = pd.DataFrame(
            {
                "id_number": pd.Series([one for one, _ in rows], dtype=object),
                "landlord": pd.Series([other for _, other in rows], dtype=object),
                "when": pd.Timestamp("2016-01-01") + pd.to_timedelta(range(len(rows)), unit="D"),
            }
        )
    return tables


PEOPLE = st.sampled_from("abcd")
TRIPLES = st.lists(
    st.tuples(PEOPLE, st.one_of(st.none(), PEOPLE), st.sampled_from(["rentals", "flights"])), max_size=12
)


class TestJoined:
    @settings(max_examples=30)
    @given(TRIPLES, st.sets(PEOPLE, min_size=1))
    def test_it_finds_what_a_search_record_by_record_finds(self, triples, wanted):
        registries = some_registries(triples)
        found = joined(registries, sorted(wanted), ALSO)
        by_hand = [
            (record[column], name, column, place)
            for name, table in registries.items()
            for column in (["id_number", "landlord"] if name == "rentals" else ["id_number"])
            for place, record in table.iterrows()
            if record[column] in wanted
        ]
        columns = ["id_number", "registry", "column", "row"]
        assert sorted(found[columns].itertuples(index=False, name=None)) == sorted(by_hand)
        assert found["when"].is_monotonic_increasing

    def test_every_record_of_sorrel_belongs_to_somebody(self, sorrel, registries):
        found = joined(registries, sorrel.people["id_number"])
        assert len(found) == sum(map(len, registries.values()))

    def test_a_record_leads_back_to_its_registry(self, registries):
        number = "670005196906242246"
        for record in joined(registries, [number], ALSO).itertuples():
            assert registries[record.registry].loc[record.row, record.column] == number

    def test_a_number_that_nobody_has_finds_nothing(self, registries):
        assert joined(registries, ["670000000000000000"], ALSO).empty

    def test_what_it_refuses(self, registries):
        with pytest.raises(TypeError, match="ids is '67'"):
            joined(registries, "67")
        with pytest.raises(ValueError, match="ids holds 'a' more than once"):
            joined(registries, ["a", "a"])
        with pytest.raises(ValueError, match="ids is empty"):
            joined(registries, [])
        with pytest.raises(ValueError, match="registries is empty"):
            joined({}, ["a"])
        with pytest.raises(TypeError, match="registries is a list"):
            joined([registries], ["a"])
        with pytest.raises(ValueError, match="also names 'prisons', which is no registry"):
            joined(registries, ["a"], {"prisons": "guard"})
        with pytest.raises(ValueError, match=r"registries\['flights'\] has no column 'pilot'"):
            joined(registries, ["a"], {"flights": "pilot"})
        with pytest.raises(ValueError, match="has no column 'when'"):
            joined({"flights": registries["flights"].drop(columns="when")}, ["a"])


class TestRecordsByRegistry:
    def test_it_counts_what_the_join_finds(self, sorrel, registries):
        people = sorrel.people["id_number"].sample(300, random_state=1)
        counts = records_by_registry(registries, people, ALSO)
        found = (
            joined(registries, people, ALSO)
            .groupby(["id_number", "registry"])
            .size()
            .reset_index(name="records")
        )
        by_join = found.pivot_table("records", "id_number", "registry", fill_value=0)
        by_join = by_join.reindex(index=counts.index, columns=counts.columns, fill_value=0)
        assert (counts.to_numpy() == by_join.to_numpy()).all()

    def test_nobody_is_both_owner_and_tenant_but_six_landlords_are_known_to_all_eight(
        self, sorrel, registries
    ):
        ids = sorrel.people["id_number"]
        plain, wide = (records_by_registry(registries, ids, also) > 0 for also in (None, ALSO))
        assert plain.sum(axis=1).max() == 7
        assert (wide.sum(axis=1) == 8).sum() == 6

    @settings(max_examples=30)
    @given(TRIPLES)
    def test_completeness_only_grows_as_registries_are_added(self, triples):
        registries = some_registries(triples)
        one = records_by_registry({"rentals": registries["rentals"]}, list("abcd"), ALSO).sum(axis=1)
        both = records_by_registry(registries, list("abcd"), ALSO).sum(axis=1)
        assert (both >= one).all()


class TestCompanions:
    def test_three_in_a_room_are_three_pairs_and_next_door_is_nobody(self):
        stays = pd.DataFrame(
            {
                "id_number": ["a", "b", "c", "d", "e"],
                "when": pd.to_datetime(["2016-03-01 18:00"] * 4 + ["2016-03-02 18:00"]),
                "hotel": ["Grand"] * 5,
                "room": [101, 101, 101, 102, 101],
            }
        )
        pairs = companions(stays)
        assert len(pairs) == 6
        assert set(companions(stays, "a")["companion"]) == {"b", "c"}
        assert companions(stays, "d").empty
        assert companions(stays, "nobody").empty

    def test_it_is_mutual_and_nobody_is_their_own(self, sorrel):
        pairs = companions(sorrel.hotel_stays)
        there = set(pairs[["id_number", "companion", "when"]].itertuples(index=False, name=None))
        back = set(pairs[["companion", "id_number", "when"]].itertuples(index=False, name=None))
        assert there == back
        assert (pairs["id_number"] != pairs["companion"]).all()

    def test_one_persons_companions_are_those_of_the_whole_join(self, sorrel):
        pairs = companions(sorrel.hotel_stays)
        one = pairs["id_number"].iloc[0]
        assert len(companions(sorrel.hotel_stays, one)) == (pairs["id_number"] == one).sum()

    def test_what_it_refuses(self, sorrel):
        with pytest.raises(ValueError, match="hotel_stays has no column 'room'"):
            companions(sorrel.hotel_stays.drop(columns="room"))
        with pytest.raises(TypeError, match="id_number is 67"):
            companions(sorrel.hotel_stays, 67)


class TestUsualCells:
    pings = pd.DataFrame(
        {
            "id_number": ["a", "a", "a", "a", "b", "b"],
            "when": pd.to_datetime(
                [f"2016-11-07 {time}" for time in ("06:59", "23:00", "07:00", "12:00", "21:00", "03:00")]
            ),
            "cell": [5, 5, 9, 9, 8, 4],
        }
    )

    def test_a_night_passes_midnight_and_ends_before_its_last_hour(self):
        assert usual_cells(self.pings, 21, 7).to_dict() == {"a": 5, "b": 4}
        assert usual_cells(self.pings, 7, 21).to_dict() == {"a": 9}
        assert usual_cells(self.pings, 0, 0).to_dict() == {"a": 5, "b": 4}

    def test_at_night_most_phones_of_sorrel_are_at_home(self, sorrel):
        cells = usual_cells(sorrel.phone_pings, 21, 7)
        homes = sorrel.people.set_index("id_number")["home_cell"].loc[cells.index]
        assert 0.9 < (cells == homes).mean() < 1

    def test_what_it_refuses(self):
        with pytest.raises(ValueError, match="first_hour is 24: allowed is a whole number, 0 to 23"):
            usual_cells(self.pings, 24, 7)
        with pytest.raises(ValueError, match="phone_pings has no column 'cell'"):
            usual_cells(self.pings.drop(columns="cell"), 21, 7)


class TestSectorNumbers:
    KEY = b"a key of a ministry"

    def test_within_a_sector_the_join_works_and_across_sectors_it_finds_nothing(self, sorrel):
        ids = sorrel.people["id_number"]
        hotels, banks = (sector_numbers(ids, sector, self.KEY) for sector in ("hotels", "banks"))
        assert sector_numbers(ids, "hotels", self.KEY) == hotels
        assert len(set(hotels)) == len(set(banks)) == len(ids)
        assert not set(hotels) & set(banks)
        assert not set(hotels) & set(sector_numbers(ids, "hotels", self.KEY + b"!"))

    def test_its_first_bits_are_those_of_hmac_sha256(self):
        expected = hmac.digest(bytes(16), b"s:a", "sha256")
        assert bytes.fromhex(sector_numbers(["a"], "s", bytes(16))[0]) == expected[:9]

    def test_what_it_refuses(self):
        with pytest.raises(TypeError, match="ids is 'a'"):
            sector_numbers("a", "hotels", self.KEY)
        with pytest.raises(TypeError, match="sector is 3"):
            sector_numbers(["a"], 3, self.KEY)
        with pytest.raises(TypeError, match="key is 'secret'"):
            sector_numbers(["a"], "hotels", "secret")
        with pytest.raises(ValueError, match="sector is empty"):
            sector_numbers(["a"], "", self.KEY)
        with pytest.raises(ValueError, match="key has 3 bytes"):
            sector_numbers(["a"], "hotels", b"abc")


def test_a_thousand_are_found_among_a_million():
    rng = np.random.default_rng(5)
    numbers = pd.Index(np.arange(10**6).astype(str))
    registry = pd.DataFrame({"id_number": numbers, "when": pd.Timestamp("2016-01-01")})
    wanted = numbers[rng.permutation(10**6)[:1000]]
    assert len(joined({"one": registry}, wanted)) == 1000
