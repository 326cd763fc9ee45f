"""Schemes of points: what a score is, by its own rules, whatever the points."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.republic import Republic
from dossier.score.schemes import (
    counts,
    events,
    grades,
    lowest_ranked,
    other_schemes,
    rank_correlation,
    refused_tickets,
    scores,
    sorrels_grades,
    sorrels_rules,
    statement,
)

KINDS = ["late bill", "post", "turn"]
PEOPLE = ["1", "2", "3", "4"]

# A few events of a few people, some of whom nobody asks about.
some_events = st.lists(st.tuples(st.sampled_from([*PEOPLE, "9"]), st.sampled_from(KINDS)), max_size=12)
some_points = st.lists(st.integers(-200, 200), min_size=3, max_size=3).map(
    lambda drawn: dict(zip(KINDS, drawn, strict=True))
)


def told(pairs):
    """Turn (person, event) pairs into a table of events, one a day."""
    days = pd.Timestamp("2016-01-01") + pd.to_timedelta(np.arange(len(pairs)), unit="D")
    return pd.DataFrame(
        {
            "id_number": [person for person, _ in pairs],
            "when": days,
            "event": pd.Categorical([event for _, event in pairs], categories=KINDS),
        }
    )


@pytest.fixture(scope="module")
def sorrel():
    return Republic.sample()


@pytest.fixture(scope="module")
def sorrels_events(sorrel):
    return events(sorrel.tables, sorrels_rules())


class TestSorrelsScheme:
    def test_it_reads_all_six_conduct_registries(self, sorrel):
        assert set(sorrels_rules()["registry"]) == set(sorrel.conduct_registries)

    def test_no_record_matches_two_rules_and_none_is_without_effect(self, sorrel):
        matched = {name: np.zeros(len(sorrel.tables[name]), int) for name in sorrel.conduct_registries}
        for rule in sorrels_rules().itertuples():
            found = sorrel.tables[rule.registry].eval(rule.where, engine="python").to_numpy(bool)
            matched[rule.registry] += found
            assert found.any()
            assert rule.points != 0
        assert max(times.max() for times in matched.values()) == 1

    def test_every_judgment_offence_arrear_and_turn_counts(self, sorrel, sorrels_events):
        registry = sorrels_events["event"].map(sorrels_rules()["registry"])
        for name in ("judgments", "traffic_offences", "tax_arrears", "volunteering"):
            assert (registry == name).sum() == len(sorrel.tables[name])

    def test_grades_have_the_reported_shape(self):
        table = sorrels_grades()
        assert table.index.tolist() == ["AAA", "AA", "A", "B", "C", "D"]
        assert table["lowest"].tolist() == [1050, 1030, 960, 850, 600, -np.inf]
        # What follows never gets better as grades get worse.
        assert table["may_fly"].is_monotonic_decreasing
        assert table["heating_rebate"].is_monotonic_decreasing

    def test_who_has_no_event_stands_at_the_base(self, sorrel, sorrels_events):
        people = sorrel.people["id_number"]
        found = scores(sorrels_events, sorrels_rules()["points"], people)
        quiet = ~people.isin(sorrels_events["id_number"]).to_numpy()
        assert quiet.any()
        assert (found[quiet] == 1000).all()


class TestEvents:
    def test_by_hand(self):
        bills = pd.DataFrame(
            {"id_number": ["1", "1", "2"], "when": pd.to_datetime(["2016-03-01", "2016-04-01", "2016-05-01"])}
        ).assign(days_late=[20, 3, 14])
        rules = pd.DataFrame(
            {"registry": ["bills"], "where": ["days_late > 14"]}, index=pd.Index(["late bill"], name="event")
        )
        found = events({"bills": bills}, rules)
        assert found["id_number"].tolist() == ["1"]
        assert found["event"].tolist() == ["late bill"]

    def test_a_record_that_matches_no_rule_counts_nothing(self, sorrel, sorrels_events):
        payments = sorrel.utility_payments
        on_time = payments[payments["days_late"] == 0]
        more = dict(sorrel.tables) | {"utility_payments": pd.concat([payments, on_time.head(500)])}
        assert len(events(more, sorrels_rules())) == len(sorrels_events)

    @pytest.mark.parametrize(
        ("where", "says"),
        [
            ("days_late >", "cannot be read"),
            ("dayslate > 3", "days_late"),  # names the columns that there are
            ("days_late", "true or false"),
            ("3 > 2", "true or false"),
        ],
    )
    def test_a_bad_query_names_its_rule(self, sorrel, where, says):
        rules = pd.DataFrame({"registry": ["utility_payments"], "where": [where]}, index=["late bill"])
        with pytest.raises(ValueError, match="'late bill'") as caught:
            events(sorrel.tables, rules)
        assert says in str(caught.value)

    def test_a_query_that_is_no_text(self, sorrel):
        rules = pd.DataFrame({"registry": ["posts"], "where": [3]}, index=["post"])
        with pytest.raises(TypeError, match="'post' is 3"):
            events(sorrel.tables, rules)

    def test_a_registry_that_is_not_there(self):
        with pytest.raises(ValueError, match=r"'parking offence' reads the registry 'traffic_offences'"):
            events({"posts": pd.DataFrame({"id_number": [], "when": []})}, sorrels_rules())

    def test_other_bad_input(self, sorrel):
        rules = sorrels_rules()
        with pytest.raises(TypeError, match="registries is a list"):
            events([sorrel.posts], rules)
        with pytest.raises(ValueError, match="rules has no column 'where'"):
            events(sorrel.tables, rules.drop(columns="where"))
        with pytest.raises(ValueError, match="rules is empty"):
            events(sorrel.tables, rules.head(0))
        with pytest.raises(ValueError, match="rules holds 'speeding' more than once"):
            events(sorrel.tables, pd.concat([rules, rules.loc[["speeding"]]]))
        with pytest.raises(ValueError, match="has no column 'when'"):
            events({"posts": sorrel.posts.drop(columns="when")}, rules.loc[["critical post"]])


class TestScores:
    def test_by_hand(self):
        given_events = told([("1", "late bill"), ("1", "turn"), ("2", "post"), ("1", "late bill")])
        points = {"late bill": -40, "post": -50, "turn": 4}
        assert scores(given_events, points, ["3", "1", "2"]).to_dict() == {"3": 1000, "1": 924, "2": 950}

    @given(some_events, some_points, some_points, st.integers(-3, 3))
    def test_linear_in_the_points(self, pairs, points, others, factor):
        mixed = {event: points[event] + factor * others[event] for event in KINDS}
        one, two, both = (scores(told(pairs), given, PEOPLE, base=0) for given in (points, others, mixed))
        assert both.to_numpy() == pytest.approx((one + factor * two).to_numpy())

    @given(some_events, some_points, st.sampled_from(KINDS), st.integers(0, 500))
    def test_a_lower_weight_never_raises_a_score(self, pairs, points, event, less):
        before = scores(told(pairs), points, PEOPLE)
        after = scores(told(pairs), points | {event: points[event] - less}, PEOPLE)
        assert (after <= before).all()

    @given(some_events, some_points, st.randoms(use_true_random=False))
    def test_the_order_of_events_does_not_matter(self, pairs, points, random):
        shuffled = random.sample(pairs, len(pairs))
        assert scores(told(pairs), points, PEOPLE).equals(scores(told(shuffled), points, PEOPLE))

    @given(some_events, some_points)
    def test_three_ways_to_the_same_score(self, pairs, points):
        found = scores(told(pairs), points, PEOPLE)
        assert (1000 + counts(told(pairs), PEOPLE) @ pd.Series(points)).tolist() == found.tolist()
        for person in PEOPLE:
            account = statement(told(pairs), points, person)["score"]
            assert (account.iloc[-1] if len(account) else 1000) == found[person]

    def test_the_whole_of_sorrel_as_a_plain_loop_would_score_it(self, sorrel, sorrels_events):
        points = sorrels_rules()["points"]
        people = sorrel.people["id_number"].head(300)
        slow = [
            1000
            + sorrels_events.loc[sorrels_events["id_number"] == one, "event"].map(points).astype(int).sum()
            for one in people
        ]
        assert scores(sorrels_events, points, people).tolist() == slow

    @pytest.mark.parametrize(
        ("points", "error", "says"),
        [
            ({"late bill": 1, "post": 1, "turn": 1, "theft": 1}, ValueError, "'theft', which is no event"),
            ({"late bill": 1, "post": 1}, ValueError, "nothing for 'turn'"),
            ({"late bill": 1, "post": np.nan, "turn": 1}, ValueError, "'post' is nan"),
            ({"late bill": 1, "post": np.inf, "turn": 1}, ValueError, "'post' is inf"),
            ({"late bill": 1, "post": "many", "turn": 1}, TypeError, "no number"),
            ([1, 2, 3], TypeError, "points is a list"),
            (pd.Series([1, 2], index=["post", "post"]), ValueError, "'post' more than once"),
        ],
    )
    def test_bad_points(self, points, error, says):
        with pytest.raises(error, match=says):
            scores(told([("1", "post")]), points, PEOPLE)

    @pytest.mark.parametrize(
        ("changed", "error", "says"),
        [
            ({"people": []}, ValueError, "people is empty"),
            ({"people": ["1", "1"]}, ValueError, "'1' more than once"),
            ({"people": "1"}, TypeError, "list of ID numbers"),
            ({"base": np.nan}, ValueError, "base is nan"),
            ({"base": "1000"}, TypeError, "base is '1000'"),
            ({"events": told([]).drop(columns="event")}, ValueError, "no column 'event'"),
            ({"events": told([("1", "post")]).astype({"event": str})}, ValueError, "categorical"),
            ({"events": [("1", "post")]}, TypeError, "events is a list"),
        ],
    )
    def test_other_bad_input(self, changed, error, says):
        usual = {"events": told([]), "points": dict.fromkeys(KINDS, 1), "people": PEOPLE}
        with pytest.raises(error, match=says):
            scores(**(usual | changed))


class TestGrades:
    LOWEST = pd.Series({"A": 960.0, "B": 850.0, "C": 600.0, "D": -np.inf})

    def test_whoever_stands_on_a_line_has_the_better_grade(self):
        at = pd.Series([960.0, 959.9, 850.0, 849.9, 600.0, 599.9, -1e9])
        assert grades(at, self.LOWEST).tolist() == list("ABBCCDD")

    def test_grades_are_in_order(self):
        found = grades(pd.Series([1200.0, 300.0, 900.0]), sorrels_grades()["lowest"])
        assert found.max() == "AAA"
        assert found.sort_values().tolist() == ["D", "B", "AAA"]

    @given(st.lists(st.integers(0, 2000), min_size=1, max_size=20), st.integers(0, 300))
    def test_a_higher_line_never_lifts_anybody(self, values, more):
        given_scores = pd.Series(values, dtype=float)
        before = grades(given_scores, self.LOWEST)
        after = grades(given_scores, self.LOWEST + np.array([more, min(more, 100), min(more, 100), 0]))
        assert (after.cat.codes <= before.cat.codes).all()

    @given(st.lists(st.floats(0, 2000), min_size=2, max_size=20))
    def test_a_higher_score_never_has_a_worse_grade(self, values):
        found = grades(pd.Series(sorted(values)), self.LOWEST)
        assert (np.diff(found.cat.codes.astype(int)) >= 0).all()

    def test_the_last_grade_takes_everybody_else(self):
        assert grades(pd.Series([5.0]), {"pass": 50, "fail": 10}).tolist() == ["fail"]

    @pytest.mark.parametrize(
        ("given_scores", "lowest", "error", "says"),
        [
            (pd.Series([np.nan]), {"A": 1, "B": 0}, ValueError, "scores of 0 is NaN"),
            (pd.Series([1.0]), {"A": 850, "B": 850}, ValueError, "'B' is 850: it must be below 850"),
            (pd.Series([1.0]), {"A": 850, "B": 900}, ValueError, "'B' is 900"),
            (pd.Series([1.0]), {"A": 850, "B": np.nan}, ValueError, "'B' is NaN"),
            (pd.Series([1.0]), {"A": 850}, ValueError, "two or more"),
            (pd.Series([1.0]), {"A": "high", "B": 0}, TypeError, "no number"),
            ([1.0], {"A": 850, "B": 0}, TypeError, "scores is a list"),
        ],
    )
    def test_bad_input(self, given_scores, lowest, error, says):
        with pytest.raises(error, match=says):
            grades(given_scores, lowest)


class TestStatement:
    def test_by_hand(self):
        points = {"late bill": -40, "post": -50, "turn": 4}
        account = statement(told([("1", "turn"), ("2", "post"), ("1", "post")]), points, "1")
        assert account["event"].tolist() == ["turn", "post"]
        assert account["points"].tolist() == [4, -50]
        assert account["score"].tolist() == [1004, 954]

    def test_it_runs_through_time(self, sorrels_events):
        somebody = sorrels_events["id_number"].value_counts().index[0]
        account = statement(sorrels_events, sorrels_rules()["points"], somebody)
        assert account["when"].is_monotonic_increasing
        assert len(account) == (sorrels_events["id_number"] == somebody).sum()

    def test_who_left_nothing_has_an_empty_account(self):
        assert statement(told([("1", "post")]), dict.fromkeys(KINDS, 1), "nobody").empty

    def test_one_number_as_text(self):
        with pytest.raises(TypeError, match="id_number is 7"):
            statement(told([]), dict.fromkeys(KINDS, 1), 7)


class TestRankCorrelation:
    SCORES = pd.Series([960.0, 1000.0, 1040.0, 700.0], index=PEOPLE)

    @given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=15, unique=True))
    def test_one_if_the_order_is_kept_and_minus_one_if_it_is_reversed(self, values):
        given_scores = pd.Series(values, dtype=float)
        assert rank_correlation(given_scores, given_scores**3 + given_scores) == pytest.approx(1)
        assert rank_correlation(given_scores, -(given_scores**3)) == pytest.approx(-1)

    def test_known_for_every_order_of_four(self):
        # Without ties, 1 - 6 * sum of squared differences of rank / (n (n^2 - 1)).
        for order in itertools.permutations([1, 2, 3, 4]):
            squares = sum((rank - own) ** 2 for own, rank in enumerate(order, 1))
            one, two = pd.Series([1.0, 2.0, 3.0, 4.0]), pd.Series(order, dtype=float)
            assert rank_correlation(one, two) == pytest.approx(1 - squares / 10)

    def test_people_are_matched_by_number_not_by_place(self):
        assert rank_correlation(self.SCORES, self.SCORES[::-1]) == 1

    def test_bad_input(self):
        with pytest.raises(ValueError, match="other_scores are all 1000"):
            rank_correlation(self.SCORES, self.SCORES * 0 + 1000)
        with pytest.raises(ValueError, match="differ about '4'"):
            rank_correlation(self.SCORES, self.SCORES.head(3))
        with pytest.raises(ValueError, match="'2' is NaN"):
            rank_correlation(self.SCORES, self.SCORES.replace(1000.0, np.nan))
        with pytest.raises(TypeError, match="scores is a list"):
            rank_correlation([1, 2], self.SCORES)


class TestOtherSchemes:
    def test_they_speak_of_the_same_events_and_agree_on_good_and_bad(self):
        others = other_schemes()
        assert others.index.tolist() == sorrels_rules().index.tolist()
        assert np.sign(others).eq(np.sign(sorrels_rules()["points"]), axis=0).all(axis=None)

    @pytest.mark.parametrize("name", ["bills first", "words first"])
    def test_nearly_the_same_order_and_yet_half_of_the_punished_are_others(
        self, sorrel, sorrels_events, name
    ):
        adults = sorrel.people.loc[sorrel.people["age"] >= 18, "id_number"]
        ours, theirs = (
            scores(sorrels_events, points, adults)
            for points in (sorrels_rules()["points"], other_schemes()[name])
        )
        ours_hit = ours < 850
        theirs_hit = theirs <= theirs.nsmallest(ours_hit.sum()).iloc[-1]
        assert rank_correlation(ours, theirs) > 0.99
        assert (ours_hit & theirs_hit).sum() < 0.5 * ours_hit.sum()


class TestRefusedTickets:
    FLIGHTS = pd.DataFrame({"id_number": list("112231"), "booking": [7, 7, 7, 7, 8, 9]})

    def test_there_and_back_is_one_ticket_and_a_booking_may_hold_several(self):
        refused = refused_tickets(self.FLIGHTS, pd.Series([True, True, False], index=list("123")))
        assert len(refused) == 3
        assert refused["id_number"].nunique() == 2

    def test_nobody_barred_nothing_refused(self):
        assert refused_tickets(self.FLIGHTS, pd.Series([False], index=["1"])).empty

    def test_bad_input(self):
        with pytest.raises(TypeError, match="barred must be"):
            refused_tickets(self.FLIGHTS, pd.Series([1], index=["1"]))
        with pytest.raises(ValueError, match="no column 'booking'"):
            refused_tickets(self.FLIGHTS[["id_number"]], pd.Series([True], index=["1"]))
        with pytest.raises(ValueError, match="'1' more than once"):
            refused_tickets(self.FLIGHTS, pd.Series([True, True], index=["1", "1"]))


class TestLowestRanked:
    @given(st.lists(st.integers(-50, 50), min_size=1, max_size=30), st.data())
    def test_who_is_left_out_stands_higher_than_who_is_listed(self, drawn, data):
        people = data.draw(st.integers(1, len(drawn)))
        scores = pd.Series(drawn, dtype=float)
        listed = lowest_ranked(scores, people)
        assert listed.sum() >= people
        assert (scores < scores[listed].max()).sum() < people
        assert scores[~listed].min() > scores[listed].max() or listed.all()

    @pytest.mark.parametrize(
        ("scores", "people", "kind", "words"),
        [
            (pd.Series([1.0]), 0, ValueError, "people is 0: allowed is a whole number, 1 to 1"),
            (pd.Series([1.0]), 2, ValueError, "people is 2"),
            (pd.Series([1.0]), 0.5, TypeError, "people is 0.5"),
            (pd.Series([np.nan]), 1, ValueError, "scores is nan"),
            ([1.0], 1, TypeError, "scores is a list"),
        ],
    )
    def test_bad_input(self, scores, people, kind, words):
        with pytest.raises(kind, match=words):
            lowest_ranked(scores, people)
