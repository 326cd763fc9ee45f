"""Lesson 04, "Living under a score": what its exercise asks, and the answers that learners give."""

from __future__ import annotations

import numpy as np

from .questions import Question, right, wrong
from .tasks import Lesson, Misconception, Task, Written

_PAIR = np.array([[0.0, 1.0], [1.0, 0.0]])
_CHAIN = np.array([[0.0, 1.0, 0.0], [0.5, 0.0, 0.5], [0.0, 1.0, 0.0]])

LESSON = Lesson(
    id="04",
    title="Living under a score",
    tasks=(
        Task(
            id="04.1",
            points=1,
            name="friends_loss",
            what="the points that the innocent friend loses",
            needs=("alpha",),
            solution="friends_loss = 100 * alpha / (1 + alpha)",
            right="A fifth of the punishment lands on somebody who did nothing, though friends weigh only a quarter.",
            misconceptions=(
                Misconception(
                    "friends_loss = 100 * alpha",
                    "That is the first round only. The punished one's score does not fall by the whole 100, since the friend "
                    "holds it up: call the two losses x and y, and write one equation for each.",
                ),
                Misconception(
                    "friends_loss = 100 / (1 + alpha)",
                    "That is what the punished one loses. The friend loses alpha times as much.",
                ),
                Misconception(
                    "friends_loss = 100 * alpha * (1 - alpha)",
                    "That is what reaches the friend after the punished one has counted their own record once. But the friend's "
                    "loss comes back, again and again: solve the two equations together.",
                ),
                Misconception(
                    "friends_loss = 100 / 3",
                    "A third is the answer when friends weigh a half, as in the lesson. Here they weigh a quarter.",
                ),
            ),
            hints=(
                "Call the punished one's loss x and the friend's loss y. What does each consist of?",
                "x = (1 - alpha) * 100 + alpha * y, and y = alpha * x, since the friend's own record loses nothing.",
                "Put y = alpha * x into the first equation, and solve it for x. Then y is alpha times that.",
            ),
        ),
        Task(
            id="04.2",
            points=2,
            name="one_round",
            what="a function that makes everybody's next score from the scores of now",
            needs=("np",),
            solution=(
                "def one_round(scores, own_record, mean_of_friends, alpha):\n"
                "    next_scores = (1 - alpha) * own_record + alpha * (mean_of_friends @ scores)\n"
                "    return next_scores"
            ),
            inputs=(
                (np.array([900.0, 1000.0]), np.array([900.0, 1000.0]), _PAIR, 0.5),
                (np.array([950.0, 950.0]), np.array([900.0, 1000.0]), _PAIR, 0.2),
                (np.array([970.0, 930.0, 990.0]), np.array([1000.0, 900.0, 1000.0]), _CHAIN, 0.8),
                (np.array([970.0, 930.0, 990.0]), np.array([1000.0, 900.0, 1010.0]), _CHAIN, 0.0),
            ),
            right="This one line, repeated, is the whole model.",
            misconceptions=(
                Misconception(
                    "def one_round(scores, own_record, mean_of_friends, alpha):\n"
                    "    return alpha * own_record + (1 - alpha) * (mean_of_friends @ scores)",
                    "The two weights are swapped: alpha is the weight of the friends.",
                ),
                Misconception(
                    "def one_round(scores, own_record, mean_of_friends, alpha):\n"
                    "    return (1 - alpha) * own_record + alpha * (mean_of_friends @ own_record)",
                    "This takes the friends' own records. Their scores count, for their friends have marked them too: use scores.",
                ),
                Misconception(
                    "def one_round(scores, own_record, mean_of_friends, alpha):\n"
                    "    return (1 - alpha) * scores + alpha * (mean_of_friends @ scores)",
                    "This forgets the own record after the first round, and in the end everybody would have the same score. "
                    "The part that is not the friends' is own_record.",
                ),
                Misconception(
                    "def one_round(scores, own_record, mean_of_friends, alpha):\n"
                    "    return own_record + alpha * (mean_of_friends @ scores)",
                    "The weights must add up to 1. The own record weighs 1 - alpha.",
                ),
                Misconception(
                    "def one_round(scores, own_record, mean_of_friends, alpha):\n"
                    "    return (1 - alpha) * own_record + alpha * scores",
                    "Nobody's friends are in it. mean_of_friends @ scores gives everybody the mean over their friends.",
                ),
                Misconception(
                    "def one_round(scores, own_record, mean_of_friends, alpha):\n"
                    "    return (1 - alpha) * own_record + alpha * (mean_of_friends * scores)",
                    "This gives a table, not one score a person: * multiplies entry by entry; @ takes the mean over friends.",
                ),
            ),
            hints=(
                "A score has two parts: one's own record, and the mean score of one's friends. What does each weigh?",
                "The mean over friends, for everybody at once, is mean_of_friends @ scores.",
                "Add (1 - alpha) * own_record and alpha * (mean_of_friends @ scores).",
            ),
        ),
        Task(
            id="04.3",
            points=2,
            name="loss_of_all",
            what="the points that all three lose together",
            needs=("np", "next_scores", "chain"),
            solution=(
                "own_record = np.array([1000.0, 900.0, 1000.0])\n"
                "scores = own_record\n"
                "for _ in range(100):\n"
                "    scores = next_scores(scores, own_record, chain, 0.5)\n"
                "loss_of_all = 3000 - scores.sum()"
            ),
            right=(
                "More than the 100 that were taken. The outer two have no other friend, so each takes the middle one's loss at "
                "the full weight of friends."
            ),
            misconceptions=(
                Misconception(
                    "loss_of_all = 100",
                    "That is what was taken from one record. The outer two have no other friend: let the rounds run, and add up.",
                ),
                Misconception(
                    "own_record = np.array([1000.0, 900.0, 1000.0])\n"
                    "loss_of_all = 3000 - next_scores(own_record, own_record, chain, 0.5).sum()",
                    "That is one round. Go on until the scores no longer change; a hundred rounds are plenty.",
                ),
                Misconception(
                    "own_record = np.array([900.0, 1000.0, 1000.0])\n"
                    "scores = own_record\n"
                    "for _ in range(100):\n"
                    "    scores = next_scores(scores, own_record, chain, 0.5)\n"
                    "loss_of_all = 3000 - scores.sum()",
                    "This punishes somebody at the end of the chain. The one in the middle has two friends: place 1, since Python "
                    "counts from 0.",
                ),
                Misconception(
                    "own_record = np.array([1000.0, 900.0, 1000.0])\n"
                    "scores = own_record\n"
                    "for _ in range(100):\n"
                    "    scores = next_scores(scores, own_record, chain, 0.5)\n"
                    "loss_of_all = scores.sum()",
                    "That is what they have. What they lose is 3,000 less that.",
                ),
            ),
            hints=(
                "Three records of 1,000, and the middle one loses 100. Write them as an array.",
                "Start with scores = own_record, and put scores = next_scores(scores, own_record, chain, 0.5) into a loop.",
                "At the end, take the sum of the scores from 3,000.",
            ),
        ),
        Task(
            id="04.4",
            points=2,
            name="times_heavier",
            what="how many times more a popular citizen's punishment weighs than that of somebody with one friend",
            needs=("weights", "friends"),
            # Exactly 20 friends, and those with none taken in, lie within a thousandth of each other.
            tolerance=0.0003,
            solution="times_heavier = weights[friends >= 20].mean() / weights[friends == 1].mean()",
            right="The rule is the same for everybody, but people do not weigh the same under it.",
            misconceptions=(
                Misconception(
                    "times_heavier = weights[friends >= 20].mean() - weights[friends == 1].mean()",
                    "That is the difference. How many times more is a ratio: divide.",
                ),
                Misconception(
                    "times_heavier = weights[friends == 1].mean() / weights[friends >= 20].mean()",
                    "This is upside down: it is below 1, and the popular weigh more.",
                ),
                Misconception(
                    "times_heavier = friends[friends >= 20].mean() / friends[friends == 1].mean()",
                    "That compares how many friends they have. Compare their weights.",
                ),
                Misconception(
                    "times_heavier = weights[friends >= 20].sum() / weights[friends == 1].sum()",
                    "There are not as many of the one kind as of the other. Compare one with one: take means.",
                ),
                Misconception(
                    "times_heavier = weights[friends > 20].mean() / weights[friends == 1].mean()",
                    "This leaves out those with exactly 20 friends: 20 or more is >= 20.",
                ),
                Misconception(
                    "times_heavier = weights[friends == 20].mean() / weights[friends == 1].mean()",
                    "That takes exactly 20; 20 or more is >= 20.",
                ),
                Misconception(
                    "times_heavier = weights[friends >= 20].mean() / weights[friends <= 1].mean()",
                    "This takes those with no friend in as well. Their whole punishment stays with them; ask for exactly one, == 1.",
                ),
                Misconception(
                    "times_heavier = weights[friends >= 20].mean() / weights[friends == 1]",
                    "This is still a list: below the line stands one weight for each of those with one friend. Take their .mean() first.",
                ),
                Misconception(
                    "times_heavier = weights[friends >= 20] / weights[friends == 1].mean()",
                    "This is still a list: above the line stands one weight for each of the popular. Take their .mean() first.",
                ),
            ),
            hints=(
                "weights[friends >= 20] are the weights of those with 20 friends or more.",
                "Take the mean of these, and the mean of weights[friends == 1].",
                "Divide the first mean by the second.",
            ),
        ),
        Task(
            id="04.5",
            points=1,
            name="speakers_next",
            what="how many of the five speak in the next round",
            needs=(),
            tolerance=0,
            solution="speakers_next = 2",
            right="And then there are fewer to hide among: with two of five, the risk is 8, and only one is left.",
            misconceptions=(
                Misconception(
                    "speakers_next = 3",
                    "Three speak now, but look at what they risk: 10 times the chance of being seen, 1 - 0.5 * 0.6. Who gains more "
                    "than that?",
                ),
                Misconception(
                    "speakers_next = 1",
                    "You are one round ahead, or took the risk of a lone speaker. The share that speaks now is 3 of 5.",
                ),
                Misconception(
                    "speakers_next = 0.4",
                    "That is the share. How many of the five is it?",
                ),
                Misconception(
                    "speakers_next = 4",
                    "A benefit of 4 is not worth a risk of 10 * (1 - 0.5 * 0.6). Compute it first.",
                ),
            ),
            hints=(
                "What is the chance of being seen when 3 of 5 speak? Put 0.6 into 1 - 0.5 * share.",
                "The risk is the penalty times that chance: 10 * 0.7 points.",
                "Count the benefits that are larger than that risk.",
            ),
        ),
        Task(
            id="04.6",
            points=2,
            name="tipping_penalty",
            what="the lowest whole penalty at which fewer than half speak in the end",
            needs=("share_in_the_end",),
            tolerance=0,
            solution=(
                "tipping_penalty = 0\n"
                "while share_in_the_end(tipping_penalty) >= 0.5:\n"
                "    tipping_penalty += 1"
            ),
            right="One point less, and nearly everybody speaks. Nothing in the streets announces this point.",
            misconceptions=(
                Misconception(
                    "tipping_penalty = 0\n"
                    "while share_in_the_end(tipping_penalty + 1) >= 0.5:\n"
                    "    tipping_penalty += 1",
                    "That is the last penalty at which the town still speaks. The question is the first at which it does not.",
                ),
                Misconception(
                    "tipping_penalty = 0\n"
                    "while share_in_the_end(tipping_penalty) == 1:\n"
                    "    tipping_penalty += 1",
                    "Here the first few fall silent. Go on, until fewer than half speak.",
                ),
                Misconception(
                    "tipping_penalty = 0\n"
                    "while share_in_the_end(tipping_penalty, share=0.0) >= 0.5:\n"
                    "    tipping_penalty += 1",
                    "This starts from a town that is silent already, and finds where speech comes back. Start from a town where "
                    "everybody speaks, as share_in_the_end does by itself.",
                ),
            ),
            hints=(
                "Try some penalties: share_in_the_end(30), share_in_the_end(60) ... Where does it drop?",
                "Halve the gap: if most still speak, try higher; if not, lower. Or let a loop try every whole penalty.",
                "Begin with 0, and add 1 while share_in_the_end(tipping_penalty) >= 0.5.",
            ),
        ),
        Task(
            id="04.7",
            points=2,
            name="best_bonus",
            what="the bonus that serves all best, in points an hour",
            needs=(),
            solution="best_bonus = (6 - 2) - 0.4 * (9 - 4)",
            right="Half of what the measured task alone would call for. The other half would be paid by those who are not visited.",
            misconceptions=(
                Misconception(
                    "best_bonus = 6 - 2",
                    "That would be best if nothing else mattered. Take off what the bonus spoils: 0.4 times what the motive for the "
                    "unmeasured hours lacks.",
                ),
                Misconception(
                    "best_bonus = 6 - 0.4 * 9",
                    "This pays for hours that people would give anyway. Subtract their own motives: 2 for the one, 4 for the other.",
                ),
                Misconception(
                    "best_bonus = (6 - 2) + 0.4 * (9 - 4)",
                    "The second part has the wrong sign: the more the unrecorded hours lack, the lower the bonus must be.",
                ),
                Misconception(
                    "best_bonus = (9 - 4) - 0.4 * (6 - 2)",
                    "That is the bonus for the other task. The one that is signed off is worth 6, and its motive is 2.",
                ),
                Misconception(
                    "best_bonus = (6 - 2) - (9 - 4)",
                    "The second part weighs 0.4: only so far does one kind of hour tire people for the other.",
                ),
            ),
            hints=(
                "What does an hour of each kind lack: its worth to all, less the motive that people have anyway?",
                "The recorded hour lacks 6 - 2, the other 9 - 4.",
                "The first, less 0.4 times the second.",
            ),
        ),
        Written(
            id="04.8",
            points=3,
            what="an answer in your own words",
            rubric=(
                "It says that points taken from one person move others who did nothing, through friends or through fear, and "
                "gives a number from this exercise for it (1 point).",
                "It says that taking the rule back may not undo this, or that a score can look better while what it stands for "
                "gets worse, and why (1 point).",
                "It names something that the models leave out, and says in which direction that could change the answer (1 point).",
            ),
            example=(
                "Taking 100 points from the person in the middle of a chain costs the three of them 133, and two of them did "
                "nothing. If people fear that, they stop speaking, each because the others do, and the town of the exercise falls "
                "silent within one point of the penalty. Taking the penalty back a little then changes nothing, since nobody wants "
                "to be the first. The models leave out that friends may drop the one who is punished, or stand by them: the first "
                "would make the fear stronger, the second would bring speech back sooner."
            ),
        ),
    ),
    questions=(
        Question(
            "Friends weigh a half. Ridella is charged 100 points, and all Sorrel loses 127. Why more than 100?",
            choices=(
                wrong(
                    "Because her friends are charged for what they wrote.",
                    "Nobody else's own record moved. The others lose points through the mean over their friends only.",
                ),
                right(
                    "Because some of her friends know few others, so she is a large part of their mean.",
                    "Yes. Truthe knows nobody else: for her, Ridella is all of it. Somebody whose friends all know "
                    "many others costs Sorrel less.",
                ),
                wrong(
                    "Because points that go round come back with interest.",
                    "They do go round, but every round hands on only a half, and what is handed on is shared out. "
                    "Between people with equally many friends, the sum is exactly 100.",
                ),
                wrong(
                    "Because the computer rounds the scores.",
                    "The computer counts far finer than a point. Choose somebody with one friend, and the sum is far below 100.",
                ),
            ),
            id="04.a",
        ),
        Question(
            "Two friends know nobody else, and friends weigh alpha = 0.8. One is charged 100 points. How many points does the other lose?",
            answer=100 * 0.8 / 1.8,
            tolerance=0.01,
            unit="points",
            reply="The punished one loses x = 0.2 * 100 + 0.8 * y, and the other y = 0.8 * x. So x is 55.6 and y is 44.4.",
            misconceptions=(
                wrong(
                    80,
                    "That would be so if the punished one's score fell by all of 100. But the other holds it up: it falls by less.",
                ),
                wrong(
                    100 / 1.8,
                    "That is what the punished one loses. The other loses 0.8 times as much.",
                ),
                wrong(
                    100 / 3,
                    "That is the answer for a weight of a half. Here friends weigh more.",
                ),
                wrong(
                    16,
                    "That is the first thing that arrives. Some of it goes back and comes again: solve both equations together.",
                ),
            ),
            id="04.b",
        ),
        Question(
            "The penalty rose to 70 points, and the town fell silent. Now it is set to 50, where nearly everybody spoke before. How many speak?",
            choices=(
                wrong(
                    "Nearly everybody again: the same penalty, the same town.",
                    "The penalty is the same, but the crowd is not there. Whoever speaks first is nearly alone, and for one alone 50 "
                    "points at a chance of a half are too much.",
                ),
                wrong(
                    "About half: between the two.",
                    "Half is not a share that stays. Each who looks around either joins or leaves, and the town runs to one end.",
                ),
                right(
                    "About 4 %: those who would speak even alone, and the few who follow them.",
                    "Yes. The others wait for a crowd that waits for them. The penalty must fall below 35.4 before enough dare to begin.",
                ),
            ),
            id="04.c",
        ),
        Question(
            "Sorrel doubles the bonus for voluntary work, and next year the registry shows a third more hours. What do you know?",
            choices=(
                wrong(
                    "People help each other more.",
                    "The registry counts help that is signed off. Hours that moved there from next door look like new ones.",
                ),
                right(
                    "More hours are signed off. What happened to the rest, nobody recorded.",
                    "Yes. The score can only rise where it looks.",
                ),
                wrong(
                    "The bonus was a mistake.",
                    "That does not follow either. If the two kinds of hours do not compete, the bonus takes nothing away: set the first "
                    "slider to 0 and see.",
                ),
            ),
            id="04.d",
        ),
    ),
)
