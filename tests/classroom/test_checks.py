"""A check answers everything a learner's name can hold in words, and later cells run whatever stands above."""

import pytest

from dossier.classroom import check, hint, solution, use
from dossier.classroom.record import read
from dossier.classroom.tasks import Lesson, Misconception, Task, Written, lessons, task

GIVEN = {"five_cars_per_hour": 275.0, "gps_one_week": 240.24, "gps_four_weeks": 241.92}


def learner(code):
    names = dict(GIVEN)
    exec(code, names)
    return names


def says(id, code):
    return check(id, namespace=learner(code))


@pytest.mark.parametrize(
    ("code", "state", "message"),
    [
        ("", "open", "cost_of_one_year is not there yet"),
        ("cost_of_one_year = ...", "open", "It still holds the three dots"),
        ("cost_of_one_year = '2409000'", "again", "is text, because it stands in quotes"),
        ("cost_of_one_year = 2,409,000", "again", "is 3 numbers, (2, 409, 0)"),
        ("cost_of_one_year = 2409001", "right", "what a year of following one person"),
        ("cost_of_one_year = 5", "again", "is 5, which is too small"),
        ("cost_of_one_year = five_cars_per_hour * 365", "again", "Around the clock means all 24 hours"),
        ("cost_of_one_year = type('Odd', (), {'__eq__': lambda s, o: 1 / 0})()", "again", "of type Odd"),
        (
            "cost_of_one_year = 2409000\nfive_cars_per_hour = None",
            "open",
            "was changed (five_cars_per_hour)",
        ),
    ],
)
def test_a_value_is_answered_by_what_is_first_wrong_with_it(code, state, message):
    verdict = says("01.1", code)
    assert verdict.state == state
    assert message in verdict.message


def test_a_name_that_the_notebook_gives_may_be_missing():
    verdict = check("01.1", namespace={"cost_of_one_year": 1})
    assert verdict.state == "open"
    assert "five_cars_per_hour is not there: run the cells above" in verdict.message


BODY = "def people_followed(budget, cost_per_hour, days):\n    "


@pytest.mark.parametrize(
    ("code", "state", "message"),
    [
        ("people_followed = ...", "open", "three dots"),
        (BODY + "people = ...\n    return people", "open", "three dots"),
        (BODY + "raise NotImplementedError()", "open", "three dots"),
        (BODY + "pass", "again", "is None, that is, nothing at all"),
        ("people_followed = 0.4", "again", "should be a function, written as: def people_followed(budget"),
        (
            "def people_followed(budget): return 1",
            "again",
            "should take 3 things, in this order: budget, cost",
        ),
        (
            BODY + "return 1 / 0",
            "again",
            "people_followed(1000000, 275, 365) stops with an error: ZeroDivisionError",
        ),
        (BODY + "return budgett", "again", "NameError: name 'budgett' is not defined"),
        (BODY + "return 'many'", "again", "is text"),
        (
            BODY + "return budget / (cost_per_hour * 23 * days)",
            "again",
            "too large. It should be about 0.415",
        ),
        (BODY + "return budget / (cost_per_hour * 24 * days)", "right", "a function that counts the people"),
        ("people_followed = lambda b, c, d: b / (c * 24 * d)", "right", "a function that counts the people"),
    ],
)
def test_a_function_is_tried_and_answered(code, state, message):
    verdict = says("01.2", code)
    assert (verdict.state, message in verdict.message) == (state, True), verdict


def test_a_function_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr("dossier.classroom.checks.SECONDS_TO_ANSWER", 0.2)
    code = BODY + "while True:\n        try:\n            pass\n        except Exception:\n            pass"
    assert "did not end within 0.2 seconds" in says("01.2", code).message


def test_a_function_right_only_in_the_middle_is_not_right():
    code = BODY + "return 0.5 if budget < 100 else budget / (cost_per_hour * 24 * days)"
    assert says("01.2", code).message.startswith("people_followed(0, 50, 1) is 0.5")


@pytest.mark.parametrize(
    "one",
    [one for one in lessons()["01"] if isinstance(one, Task) and not set(one.needs) - set(GIVEN)],
    ids=lambda one: one.id,
)
def test_solutions_pass_and_every_anticipated_mistake_gets_its_own_reply(one):
    assert says(one.id, one.solution).points == one.points
    replies = [says(one.id, mistake.code) for mistake in one.misconceptions]
    assert [reply.message for reply in replies] == [mistake.reply for mistake in one.misconceptions]
    assert {reply.state for reply in replies} == {"again"}


def test_verdicts_read_in_words_in_both_forms():
    verdict = says("01.1", "cost_of_one_year = five_cars_per_hour * 24 * 365")
    assert repr(verdict).startswith("✓ Right: 01.1 (1 of 1 point)\n")
    assert "<strong>Right</strong>: 01.1 (1 of 1 point)" in verdict._repr_html_()
    assert 'role="status"' in verdict._repr_html_()
    assert (
        "&lt;b&gt;"
        in says(
            "01.1", "cost_of_one_year = '<b>'\nclass A: pass\ncost_of_one_year = type('<b>', (), {})()"
        )._repr_html_()
    )
    assert "3 points, marked by a person" in repr(check("01.8"))


def test_require_raises_for_nbgrader_only_when_the_answer_is_not_right():
    says("01.1", "cost_of_one_year = five_cars_per_hour * 24 * 365").require()
    with pytest.raises(AssertionError, match="Around the clock means"):
        says("01.1", "cost_of_one_year = five_cars_per_hour * 365").require()
    with pytest.raises(AssertionError, match="three dots"):
        says("01.1", "cost_of_one_year = ...").require()


def test_results_are_recorded_but_an_empty_answer_is_no_try():
    says("01.1", "cost_of_one_year = ...")
    assert read()["checks"] == {}
    says("01.1", "cost_of_one_year = 5")
    says("01.1", "cost_of_one_year = five_cars_per_hour * 24 * 365")
    assert read()["checks"]["01.1"]["tries"] == 2
    assert read()["checks"]["01.1"]["points"] == 1


def test_later_cells_take_the_learners_answer_if_it_is_right_and_the_reference_otherwise(capsys):
    names = learner(BODY + "return budget / (cost_per_hour * 24 * days)")
    assert use("01.2", namespace=names) is names["people_followed"]
    assert capsys.readouterr().out == ""
    for broken in ("", "people_followed = ...", BODY + "return 1 / 0", BODY + "return budget"):
        taken = use("01.2", namespace=learner(broken))
        assert taken(66_000, 275, 10) == 1
        assert (
            capsys.readouterr().out == "Using the reference answer for people_followed (01.2) from here on.\n"
        )
    assert use("01.1", namespace=learner("")) == 275 * 24 * 365


def test_use_says_when_the_notebook_was_not_run_from_the_top_or_there_is_no_value():
    with pytest.raises(ValueError, match="five_cars_per_hour is not there: run the cells above"):
        use("01.1", namespace={})
    with pytest.raises(ValueError, match=r"01.8 is answered in words"):
        use("01.8")


def test_a_hint_goes_on_after_a_try_and_not_when_its_cell_runs_again():
    hints = task("01.1").hints
    for number, words in enumerate(hints, start=1):
        for _ in range(3):
            assert repr(hint("01.1")).startswith(f"Hint {number} of {len(hints)} for 01.1: {words}")
        says("01.1", "cost_of_one_year = ...")  # no try
        assert repr(hint("01.1")).startswith(f"Hint {number} of {len(hints)}")
        says("01.1", f"cost_of_one_year = {number}")
    for _ in range(2):
        assert task("01.1").solution in repr(hint("01.1"))


def test_any_hint_and_the_solution_come_when_asked_for_by_number():
    hints = task("01.1").hints
    assert repr(hint("01.1", 2)).endswith(
        'After your next check, hint("01.1") shows hint 3. To see it now: hint("01.1", 3).'
    )
    assert repr(hint("01.1")).startswith("Hint 2 of")
    assert "shows a worked solution" in repr(hint("01.1", len(hints)))
    assert task("01.1").solution in repr(hint("01.1", len(hints) + 1))
    assert task("01.1").solution in repr(solution("01.1"))
    assert repr(hint("01.1", 1)).startswith("Hint 1 of")
    says("01.1", "cost_of_one_year = 5")
    assert task("01.1").solution in repr(hint("01.1")), "to have looked back takes nothing away"


def test_hints_for_an_answer_in_words_go_on_with_every_run():
    assert [repr(hint("01.8")).split(":")[0] for _ in range(2)] == [
        "Hint 1 of 3 for 01.8",
        "Hint 2 of 3 for 01.8",
    ]


@pytest.mark.parametrize("tier", [0, 9, 1.5, True, "first"])
def test_a_tier_that_is_none_is_refused(tier):
    with pytest.raises(ValueError, match=r"01.1 has hints 1 to 3, and 4 for a worked solution"):
        hint("01.1", tier)


@pytest.mark.parametrize("call", [check, hint, solution, use])
def test_an_unknown_task_names_the_nearest(call):
    with pytest.raises(ValueError, match=r"There is no task '1.1'. Nearest: 01.1"):
        call("1.1")


def test_written_answers_show_their_rubric_and_an_example():
    verdict = check("01.8")
    assert verdict.state == "written"
    assert all(point in verdict.message for point in task("01.8").rubric)
    assert task("01.8").example in repr(solution("01.8"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"points": 0}, "1 point or more"),
        ({"tolerance": 0.5}, "allowed are 0 to less than 0.5"),
        ({"name": "two words"}, "a name that Python accepts"),
    ],
)
def test_a_badly_declared_task_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        Task(**({"id": "09.1", "points": 1, "name": "x", "what": "x", "solution": "x = 1"} | change))


def test_points_leave_written_answers_to_people():
    lesson = Lesson(
        "09",
        "T",
        (
            Task("09.1", 2, "x", "x", "x = 1", (Misconception("x = 2", "No."),)),
            Written("09.2", 3, "w", (), ""),
        ),
    )
    assert lesson.points == 2
