"""Lesson 02, "Anatomy of a score": what its exercise asks, and the answers that learners give."""

from __future__ import annotations

from .questions import Question, right, wrong
from .tasks import Lesson, Misconception, Task, Written

LESSON = Lesson(
    id="02",
    title="Anatomy of a score",
    tasks=(
        Task(
            id="02.1",
            points=1,
            name="her_score",
            what="the score of the citizen in the table",
            needs=("account",),
            tolerance=0,
            solution='her_score = 1000 + account["points"].sum()',
            right="Nobody wrote a verdict about her. The verdict is a sum.",
            misconceptions=(
                Misconception(
                    'her_score = account["points"].sum()',
                    "That is the sum of her points alone. Everybody begins with 1,000: add them.",
                ),
                Misconception(
                    'her_score = 1000 - account["points"].sum()',
                    "The points carry their own sign: a late bill is -40 already. Add the sum, do not subtract it.",
                ),
                Misconception(
                    'her_score = 1000 + account["points"].mean()',
                    "A mean shares the points out over her events. The score adds them all up: take the sum.",
                ),
                Misconception(
                    "her_score = 1000 + len(account)",
                    "len counts her events. What counts is how many points each of them carries.",
                ),
                Misconception(
                    'her_score = 1000 + account["points"].iloc[-1]',
                    "That adds the last event alone. The score adds all of them.",
                ),
                Misconception(
                    'her_score = 1000 + account["points"][account["points"] < 0].sum()',
                    "That adds only what went wrong. Points earned count too.",
                ),
            ),
            hints=(
                "Where does everybody begin? And what do her events add to that?",
                'account["points"] is the column with the points, and .sum() adds a column up.',
                "Write: her_score = 1000 + (the sum of the column)",
            ),
        ),
        Task(
            id="02.2",
            points=2,
            name="score",
            what="a function that turns a base and a list of points into a score",
            solution="def score(points, base):\n    total = base + sum(points)\n    return total",
            inputs=(
                ([-80, -50, 10], 1000),
                ([], 1000),
                ([4, 4, 8], 0),
                ([-200], 100),
                ([-5, -20], 500),
            ),
            right="One line scores a country. What takes thought is the list of points.",
            misconceptions=(
                Misconception(
                    "def score(points, base):\n    return sum(points)",
                    "The base is missing: somebody without any event must come out with the base, not with 0.",
                ),
                Misconception(
                    "def score(points, base):\n    return 1000 + sum(points)",
                    "This always begins with 1,000. Use the argument base, so that another country can begin elsewhere.",
                ),
                Misconception(
                    "def score(points, base):\n    return base - sum(points)",
                    "The sign is turned round: -80 must lower the score. Add the sum of the points.",
                ),
                Misconception(
                    "def score(points, base):\n    return base + sum(abs(number) for number in points)",
                    "This takes the sign away, so a late bill would be rewarded. Add the points as they are.",
                ),
                Misconception(
                    "def score(points, base):\n    return max(0, base + sum(points))",
                    "This stops at 0. The formula has no floor: a score may fall below 0.",
                ),
                Misconception(
                    "def score(points, base):\n    return base + sum(points) / max(len(points), 1)",
                    "This takes the mean of the points. Ten late bills weigh more than one: take the sum.",
                ),
            ),
            hints=(
                "What is the score of somebody without any event? And what does one event change?",
                "sum(points) adds a list up; the sum of an empty list is 0.",
                "Give back base + the sum of the points.",
            ),
        ),
        Task(
            id="02.3",
            points=2,
            name="grade",
            what="a function that turns a score into a grade",
            solution=(
                "def grade(score):\n"
                '    letter = "C"\n'
                "    if score >= 850:\n"
                '        letter = "B"\n'
                "    if score >= 960:\n"
                '        letter = "A"\n'
                "    return letter"
            ),
            inputs=((1000,), (960,), (959,), (900,), (850,), (849,), (600,), (-20,)),
            right="Between 849 and 850 lies one point, and a seat in an aeroplane.",
            misconceptions=(
                Misconception(
                    "def grade(score):\n"
                    '    letter = "C"\n'
                    "    if score > 850:\n"
                    '        letter = "B"\n'
                    "    if score > 960:\n"
                    '        letter = "A"\n'
                    "    return letter",
                    "Somebody who stands exactly on a line has the better grade: 850 is a B. Use >= instead of >.",
                ),
                Misconception(
                    "def grade(score):\n"
                    '    letter = "C"\n'
                    "    if score >= 960:\n"
                    '        letter = "A"\n'
                    "    if score >= 850:\n"
                    '        letter = "B"\n'
                    "    return letter",
                    "Nobody gets an A. Whoever has reached 960 has reached 850 too, so if that question comes last, it overwrites the letter: "
                    "ask for the higher line last. (Or is the question for 960 still missing?)",
                ),
            ),
            hints=(
                "Begin with the worst letter, as the small example does. Then ask whether the score has reached a line.",
                "Two questions, one below the other: first for the line at 850, then for the line at 960. Each may change the letter.",
                'letter = "C", then: if score >= 850: letter = "B". Then the same for 960 and "A".',
            ),
        ),
        Task(
            id="02.4",
            points=2,
            name="changed",
            what="how many adults change grade",
            needs=("before", "after", "old_scores", "new_scores"),
            tolerance=0,
            solution="changed = (before != after).sum()",
            right="Nobody's conduct changed. One number in a table did.",
            misconceptions=(
                Misconception(
                    "changed = (before == after).sum()",
                    "== counts those whose grade stays the same. You want those for whom it differs: !=.",
                ),
                Misconception(
                    'changed = (after == "C").sum() - (before == "C").sum()',
                    "That is how many more Cs there are in the end. Some people become a C while others leave it for a D: "
                    "count the people whose two grades differ.",
                ),
                Misconception(
                    "changed = (old_scores != new_scores).sum()",
                    "That counts everybody whose score moves. Not every move crosses a line: compare the grades, before and after.",
                ),
                Misconception(
                    "changed = len(before)",
                    "That counts everybody. Compare the two grades of each person first.",
                ),
                Misconception(
                    "changed = (before != after).mean()",
                    "That is a share of all adults. How many people is a count: use .sum().",
                ),
                Misconception(
                    'changed = ((before == "B") & (after == "C")).sum()',
                    "These went from B to C. People change from one grade to another further up too: count every change.",
                ),
            ),
            hints=(
                "For one person: what would you compare? For all of them at once it is the same comparison.",
                "before != after gives True for everybody whose grade differs; True counts as 1.",
                "Put the comparison in round brackets, and .sum() behind it.",
            ),
        ),
        Task(
            id="02.5",
            points=2,
            name="agreement",
            what="the rank correlation of the two scores",
            needs=("old_scores", "new_scores"),
            tolerance=0.0002,
            solution="agreement = old_scores.rank().corr(new_scores.rank())",
            right="Very close to 1: the order of everybody hardly changes. Keep that in mind for the next task.",
            misconceptions=(
                Misconception(
                    "agreement = old_scores.corr(new_scores)",
                    "That is the correlation of the scores themselves: one person far below pulls it a long way. "
                    "Rank correlation looks at places in the row: put .rank() behind each of the two first.",
                ),
                Misconception(
                    "agreement = old_scores.rank().corr(new_scores)",
                    "One of the two is ranked and the other is not. Rank both.",
                ),
                Misconception(
                    "agreement = (old_scores == new_scores).mean()",
                    "That is the share of people whose score stays the same. Rank correlation compares the order.",
                ),
                Misconception(
                    "agreement = (old_scores.rank() == new_scores.rank()).mean()",
                    "That is the share of people who keep exactly the same place. Rank correlation also sees how far the others move: "
                    "use .corr().",
                ),
            ),
            hints=(
                "Rank correlation is the ordinary correlation of two rankings. So first make the rankings.",
                "old_scores.rank() gives everybody their place in the row. one.corr(other) correlates two columns.",
                "Write: old_scores.rank().corr( the other one, ranked too )",
            ),
        ),
        Task(
            id="02.6",
            points=2,
            name="times_as_likely",
            what="how many times as likely somebody who rents is to be newly barred as somebody who owns",
            needs=("newly_barred", "home", "barred"),
            tolerance=0.002,
            solution=(
                'rate = newly_barred.groupby(home).mean()\ntimes_as_likely = rate["rent"] / rate["own"]'
            ),
            right="The rule names nobody. It counts late bills, and in Sorrel those who rent have more of them. But the number rests on 53 people, "
            "28 of whom rent: a few more or fewer would move it.",
            misconceptions=(
                Misconception(
                    'number = newly_barred.groupby(home).sum()\ntimes_as_likely = number["rent"] / number["own"]',
                    "That compares how many there are. But fewer people rent than own: compare shares, with .mean().",
                ),
                Misconception(
                    'rate = newly_barred.groupby(home).mean()\ntimes_as_likely = rate["own"] / rate["rent"]',
                    "This is upside down: it says how likely an owner is. Divide the share of those who rent by that of those who own.",
                ),
                Misconception(
                    'rate = barred.groupby(home).mean()\ntimes_as_likely = rate["rent"] / rate["own"]',
                    "That is about everybody who is barred now, also those who were barred before. Use newly_barred.",
                ),
                Misconception(
                    'rate = newly_barred.groupby(home).mean()\ntimes_as_likely = round(rate["rent"] / rate["own"], 1)',
                    "That is right, but rounded to one place. Give at least two, so that the check can tell it from other answers.",
                ),
                Misconception(
                    'times_as_likely = newly_barred[home == "rent"].sum() / newly_barred.sum()',
                    "That is the share of the newly barred who rent. It says nothing until you know how many people rent at all.",
                ),
                Misconception(
                    'rate = newly_barred.groupby(home).mean()\ntimes_as_likely = rate["rent"] - rate["own"]',
                    "That is the difference of the two shares. How many times as likely is a ratio: divide.",
                ),
                Misconception(
                    'times_as_likely = newly_barred[home == "rent"].mean()',
                    "That is how likely it is for those who rent. Divide it by how likely it is for those who own.",
                ),
            ),
            hints=(
                "Of all who rent, what share is newly barred? Of all who own? Then compare the two shares.",
                "newly_barred.groupby(home).mean() gives both shares at once: the mean of True and False is a share.",
                'Call the two shares rate. Then divide rate["rent"] by rate["own"].',
            ),
        ),
        Task(
            id="02.7",
            points=2,
            name="people_refused",
            what="how many people the refused tickets belong to",
            needs=("refused", "barred"),
            tolerance=0,
            solution='people_refused = refused["id_number"].nunique()',
            right="A report of the first number is not a report of the second. Which one would a headline print?",
            misconceptions=(
                Misconception(
                    "people_refused = len(refused)",
                    "That counts tickets, that is, times. Whoever wanted to fly twice is in it twice: count each ID number once.",
                ),
                Misconception(
                    "people_refused = barred.sum()",
                    "That counts everybody who is barred, also those who never wanted to fly. Count those who were refused a ticket.",
                ),
                Misconception(
                    'people_refused = refused["booking"].nunique()',
                    "That counts bookings. A family books once for several people: count the ID numbers.",
                ),
            ),
            hints=(
                "One person can stand in several rows. How do you count everybody once?",
                "A column's .nunique() says how many different values it holds.",
                'Which column says who it was? refused["..."].nunique()',
            ),
        ),
        Written(
            id="02.8",
            points=3,
            what="an answer in your own words",
            rubric=(
                "It says that points and lines were chosen by somebody, and names one choice of this exercise that decides who is "
                "barred (1 point).",
                "It gives a number from this exercise for a group, or for people, who gain or lose by such a choice (1 point).",
                "It says what follows: to judge the score one must ask who chooses, whether one can see the rules, and how to object; "
                "or it defends a choice with a reason that those who lose by it could weigh (1 point).",
            ),
            example=(
                "The arithmetic is objective: everybody with the same events has the same score. But the list of points is not found in the "
                "data. Somebody decided that a late bill costs 40 points. When we made it 100, 53 more adults lost the right to fly, although "
                "nobody had behaved any differently. People who rent were 1.56 times as likely to be among them as people who own, though that "
                "rests on 53 people, 28 of whom rent. So the score answers the question that its makers chose. I would want to know who they are, to read the table, and "
                "to have somebody whom I can ask to look again."
            ),
        ),
    ),
    questions=(
        Question(
            "Somebody in Sorrel paid two bills late, parked wrongly once and did five turns of voluntary work. What is the score? "
            "(The points stand in the table above.)",
            answer=935,
            tolerance=0,
            unit="points",
            reply="1,000 - 2 × 40 - 5 + 5 × 4 = 935: grade B, by 25 points no longer an A.",
            misconceptions=(
                wrong(-65, "These are the points alone. Everybody begins with 1,000."),
                wrong(
                    959,
                    "That counts one of each. Two late bills cost twice 40, and five turns earn five times 4.",
                ),
                wrong(1065, "The signs are turned round: late bills and wrong parking cost points."),
                wrong(915, "The five turns of voluntary work are missing: they earn 20 points."),
            ),
            id="02.a",
        ),
        Question(
            "Both changes apply the same rule to everybody. Why does the first one help people who own more often, and the second people who "
            "rent?",
            choices=(
                wrong(
                    "One of the rules asks whether somebody rents.",
                    "No rule does. Look at the table of rules: each speaks of an event, and none of a home.",
                ),
                wrong(
                    "People who rent in Sorrel are less careful by nature.",
                    "They are not. Sorrel draws that trait without looking at the home: the two groups have nearly the same mean.",
                ),
                right(
                    "The two groups leave different records, and points decide which records weigh.",
                    "Yes. Owners and tenants differ in money and in dealings, so they meet different registries. Whoever sets the points "
                    "chooses among them, knowing it or not.",
                ),
            ),
            id="02.b",
        ),
        Question(
            "Two schemes have a rank correlation of 0.99, and yet half of the punished are different people. How can both be true?",
            choices=(
                wrong(
                    "One of the two numbers must be wrong.",
                    "Both are computed from the same scores. They answer different questions: about everybody, and about the lowest few.",
                ),
                right(
                    "The first number is about everybody, and most stand where nothing changes; the punished are few, at the bottom.",
                    "Yes. Most adults have no event at all, or a small one. An average over everybody says little about the three in a "
                    "hundred whom the score was made for.",
                ),
                wrong(
                    "The second scheme punishes far more people.",
                    "It does not: its line is set so that about as many are punished.",
                ),
            ),
            id="02.c",
        ),
        Question(
            "By the end of 2018, a Chinese agency reported, 17.5 million purchases of air tickets had been blocked. How many people could not "
            "fly?",
            choices=(
                wrong(
                    "17.5 million.",
                    "The report counts purchases. Whoever tried three times is in it three times.",
                ),
                wrong(
                    "23 million, with the blocked train tickets.",
                    "Headlines said so. They added 17.5 and 5.5 million blocked purchases, and read the sum as people.",
                ),
                right(
                    "That number does not say.",
                    "Yes. In Sorrel you could count both, because you hold the list of refusals. A total of times has no people in it.",
                ),
            ),
            id="02.d",
        ),
    ),
)
