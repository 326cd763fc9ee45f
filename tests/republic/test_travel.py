"""Hotels, flights and borders each saw a part of the same trips."""

import numpy as np
import pandas as pd

from dossier.republic import parameters as p
from dossier.republic.names import CITIES, FOREIGN_CITIES

ABROAD = dict(FOREIGN_CITIES)


def test_every_booking_goes_out_and_comes_back(sorrel):
    flights = sorrel.flights
    for _, booking in flights.groupby(["booking", "id_number"]):
        assert len(booking) == 2
        out, home = booking.sort_values("when").itertuples()
        assert (out.origin, out.destination) == (home.destination, home.origin)


def test_a_flight_number_is_one_route_at_one_time_of_day(sorrel):
    flights = sorrel.flights
    clock = flights["when"].dt.strftime("%H:%M")
    timetable = flights.assign(clock=clock)[["flight", "origin", "destination", "clock"]].drop_duplicates()
    assert not timetable["flight"].duplicated().any()


def test_every_international_flight_has_its_border_crossing_and_every_airport_crossing_its_flight(sorrel):
    flights, crossings = sorrel.flights, sorrel.border_crossings
    leaving = flights[flights["destination"].isin(ABROAD)].assign(direction="exit")
    leaving["country"] = leaving["destination"].map(ABROAD)
    coming = flights[flights["origin"].isin(ABROAD)].assign(direction="entry")
    coming["country"] = coming["origin"].map(ABROAD)
    abroad = pd.concat([leaving, coming]).rename(columns={"when": "departure"})
    airport = crossings[crossings["post"].str.endswith("Airport")]
    matched = abroad.merge(airport, on=["id_number", "direction", "country"])
    lead = (matched["departure"] - matched["when"]) / pd.Timedelta(hours=1)
    # Passports are shown up to an hour and a half before departure, or within four hours of it on the way back.
    fits = np.where(matched["direction"] == "exit", (lead > 0) & (lead < 1.5), (lead < 0) & (lead > -4))
    assert fits.sum() == len(abroad) == len(airport)


def test_everybody_who_leaves_comes_back(sorrel):
    crossings = sorrel.border_crossings
    directions = crossings.groupby("id_number")["direction"].agg(list)
    assert all(ways == ["exit", "entry"] * (len(ways) // 2) for ways in directions)


def test_those_who_fly_stay_in_hotels(sorrel):
    adults = sorrel.people.loc[sorrel.people["age"] >= 18, "id_number"]
    flies, stays = adults.isin(sorrel.flights["id_number"]), adults.isin(sorrel.hotel_stays["id_number"])
    assert stays[flies].mean() > 2 * stays[~flies].mean()
    inland = sorrel.flights[sorrel.flights["destination"].isin(CITIES)]
    nights = inland.merge(
        sorrel.hotel_stays, left_on=["id_number", "destination"], right_on=["id_number", "city"]
    )
    same_day = nights[
        nights["when_x"].dt.normalize() == (nights["when_y"] - pd.Timedelta(hours=3)).dt.normalize()
    ]
    share = len(same_day.drop_duplicates(["id_number", "booking"])) / len(inland)
    assert abs(share - p.FLYER_IN_HOTEL) < 0.04


def test_a_room_is_let_to_one_party_at_a_time(sorrel):
    stays = sorrel.hotel_stays
    parties = stays.drop_duplicates(["hotel", "room", "when"]).sort_values(["hotel", "room", "when"])
    leaves = parties["when"].dt.normalize() + pd.to_timedelta(parties["nights"], unit="D")
    same_room = (parties["hotel"] == parties["hotel"].shift()) & (parties["room"] == parties["room"].shift())
    assert (parties["when"].dt.normalize() >= leaves.shift())[same_room].all()
    assert stays.groupby(["hotel", "room", "when"])["id_number"].nunique().max() <= p.FAMILY_AT_MOST


def test_those_who_share_a_room_live_together_or_know_each_other(sorrel):
    stays = sorrel.hotel_stays
    pairs = stays.merge(stays, on=["hotel", "room", "when"])
    pairs = pairs[pairs["id_number_x"] < pairs["id_number_y"]]
    assert len(pairs) > 500
    known = set(zip(sorrel.acquaintances["id_number"], sorrel.acquaintances["other_id_number"], strict=True))
    assert set(zip(pairs["id_number_x"], pairs["id_number_y"], strict=True)) <= known
    home = sorrel.people.set_index("id_number")["household"]
    apart = pairs["id_number_x"].map(home) != pairs["id_number_y"].map(home)
    assert 0.1 < apart.mean() < 0.6, (
        "some of them do not live together: that is what a hotel registry gives away"
    )


def test_nobody_is_in_two_places_at_once(sorrel, county):
    trips = county.trips
    who, trip = trips.traveller, trips.traveller_trip
    order = np.lexsort((trips.outward[trip], who))
    starts, ends = trips.outward[trip][order], trips.homeward_end[trip][order]
    same = who[order][1:] == who[order][:-1]
    assert (starts[1:] > ends[:-1])[same].all()
    ids = county.population.id_number
    away = pd.DataFrame({"id_number": ids[who], "from": trips.outward[trip], "to": trips.homeward_end[trip]})
    for name in ("phone_pings", "cafe_sessions", "traffic_offences", "volunteering"):
        here = sorrel.tables[name][["id_number", "when"]]
        minute = (here["when"] - pd.Timestamp("2016-01-01")) // pd.Timedelta(minutes=1)
        both = here.assign(minute=minute).merge(away, on="id_number")
        assert not ((both["minute"] >= both["from"]) & (both["minute"] <= both["to"])).any(), name


def test_children_travel_in_company_only(sorrel):
    people = sorrel.people.set_index("id_number")
    stays = sorrel.hotel_stays
    age = stays["id_number"].map(people["age"])
    eldest = age.groupby([stays["hotel"], stays["room"], stays["when"]]).transform("max")
    assert (eldest >= 18).all()


def test_the_well_off_travel_more(sorrel):
    adults = sorrel.people[sorrel.people["age"] >= 18]
    rich = adults["income"] > adults["income"].quantile(0.8)
    poor = adults["income"] < adults["income"].quantile(0.4)
    flies = adults["id_number"].isin(sorrel.flights["id_number"])
    assert flies[rich].mean() > 1.4 * flies[poor].mean()
