"""Lesson 06, "Linking without a number": what its exercise asks, and the answers that learners give."""

from __future__ import annotations

from .questions import Question, right, wrong
from .tasks import Lesson, Misconception, Task, Written

LESSON = Lesson(
    id="06",
    title="Linking without a number",
    tasks=(
        Task(
            id="06.1",
            points=1,
            name="bits_if_they_agree",
            what="the weight of an agreement on the phone number, in bits",
            needs=("m", "u", "log2"),
            solution="bits_if_they_agree = log2(m / u)",
            right="An agreement makes the odds more than three thousand times as high: few strangers share a phone.",
            misconceptions=(
                Misconception(
                    "bits_if_they_agree = m / u",
                    "That is the likelihood ratio: so many times as high are the odds afterwards. In bits it is its logarithm, "
                    "log2 of it.",
                ),
                Misconception(
                    "bits_if_they_agree = log2(u / m)",
                    "Upside down. An agreement should speak for the same person, so its weight must be above 0.",
                ),
                Misconception(
                    "bits_if_they_agree = log2(m)",
                    "That asks only how often one person's records agree. Set it against how often strangers' records do.",
                ),
                Misconception(
                    "bits_if_they_agree = log2((1 - m) / (1 - u))",
                    "That is what a *difference* says. Take the shares of pairs that agree.",
                ),
                Misconception(
                    "bits_if_they_agree = m - u",
                    "Evidence is a ratio, not a difference: how many times commoner is agreement in pairs of one person?",
                ),
                Misconception(
                    "from math import log\nbits_if_they_agree = log(m / u)",
                    "That is the natural logarithm. Bits count doublings: use log2.",
                ),
            ),
            hints=(
                "How many times commoner is agreement among pairs of one person than among pairs of strangers?",
                "Divide m by u. How often must 1 be doubled to get there?",
                "log2 counts the doublings.",
            ),
        ),
        Task(
            id="06.2",
            points=1,
            name="bits_if_they_differ",
            what="the weight of two different phone numbers, in bits",
            needs=("m", "u", "log2"),
            solution="bits_if_they_differ = log2((1 - m) / (1 - u))",
            right="A new phone is common, so a difference says little. The two weights need not be of one size.",
            misconceptions=(
                Misconception(
                    "bits_if_they_differ = -log2(m / u)",
                    "A difference is not the opposite of an agreement, with the sign turned. Ask anew: how often do records of one "
                    "person differ, and how often those of strangers?",
                ),
                Misconception(
                    "bits_if_they_differ = log2((1 - u) / (1 - m))",
                    "Upside down. A difference should speak against the same person, so its weight must be below 0.",
                ),
                Misconception(
                    "bits_if_they_differ = (1 - m) / (1 - u)",
                    "That is the likelihood ratio. In bits it is log2 of it.",
                ),
            ),
            hints=(
                "If a share m of the pairs agrees, what share differs?",
                "Records of one person differ in the share 1 - m, records of strangers in the share 1 - u.",
                "Take log2 of the first divided by the second.",
            ),
        ),
        Task(
            id="06.3",
            points=2,
            name="probability",
            what="the probability that the two records are about one person",
            needs=("bits", "candidates"),
            solution=(
                "prior_odds = 1 / (candidates - 1)\n"
                "odds = prior_odds * 2**bits\n"
                "probability = odds / (1 + odds)"
            ),
            right="Evidence of 4,096 to 1, and still probably somebody else: ten thousand people could be meant.",
            misconceptions=(
                Misconception(
                    "probability = 2**bits / (1 + 2**bits)",
                    "That forgets where you started: one candidate in ten thousand is the right one. Multiply 2**bits by the "
                    "prior odds first.",
                ),
                Misconception(
                    "probability = 2**bits / (candidates - 1)",
                    "These are the odds. From odds of 1 to 1 the probability is one half: divide by the odds and 1 together.",
                ),
                Misconception(
                    "probability = 1 / candidates",
                    "That is where you start, before anything is compared. The evidence is still to come.",
                ),
                Misconception(
                    "probability = bits / (1 + bits)",
                    "Bits are doublings. Turn them back into a ratio with 2**bits.",
                ),
                Misconception(
                    "probability = 2**bits / candidates**2",
                    "The prior counts once: 1 right candidate to 9,999 wrong ones.",
                ),
            ),
            hints=(
                "Begin with odds: one candidate is right, how many are wrong?",
                "Each bit doubles the odds, so multiply the prior odds 1 / (candidates - 1) by 2**bits.",
                "Then turn odds into a probability: odds / (1 + odds).",
            ),
        ),
        Task(
            id="06.4",
            points=1,
            name="bits_needed",
            what="the bits needed to be 99 % sure of one among 1.4 billion",
            needs=("candidates_in_all", "log2"),
            tolerance=0.0002,
            solution="bits_needed = log2(99 * (candidates_in_all - 1))",
            right="About 30 bits find the one, and nearly 7 more make you sure. Lesson 07 counts such bits.",
            misconceptions=(
                Misconception(
                    "bits_needed = log2(candidates_in_all - 1)",
                    "That brings the odds to 1 to 1, which is a probability of 50 %. For 99 % you want odds of 99 to 1.",
                ),
                Misconception(
                    "bits_needed = log2(0.99 * (candidates_in_all - 1))",
                    "0.99 is a probability. Turn it into odds first: 99 to 1.",
                ),
                Misconception(
                    "bits_needed = log2((candidates_in_all - 1) / 99)",
                    "You must climb from 1 to so many, up to 99 to 1, so the ratio is larger, not smaller.",
                ),
                Misconception(
                    "bits_needed = 99 * (candidates_in_all - 1)",
                    "So many times must the odds grow. Bits count the doublings: take log2.",
                ),
            ),
            hints=(
                "Which odds belong to 99 %? And with which odds do you start?",
                "From 1 / (candidates_in_all - 1) to 99: by what must the odds be multiplied?",
                "Take log2 of 99 * (candidates_in_all - 1).",
            ),
        ),
        Task(
            id="06.5",
            points=1,
            name="extra_bits",
            what="how many bits more the rare surname is worth",
            needs=("share_common", "share_rare", "log2"),
            solution="extra_bits = log2(share_common / share_rare)",
            right="m is the same for both and cancels. Only how common the name is matters.",
            misconceptions=(
                Misconception(
                    "extra_bits = share_common - share_rare",
                    "That is a difference of shares. Evidence is a ratio, and bits are its log2.",
                ),
                Misconception(
                    "extra_bits = share_common / share_rare",
                    "So many times stronger is the evidence. Bits count the doublings: take log2.",
                ),
                Misconception(
                    "extra_bits = log2(share_rare / share_common)",
                    "Upside down: the rare name is worth more, so the answer is above 0.",
                ),
                Misconception(
                    "extra_bits = log2(1 / share_rare)",
                    "That is the rare name against a certainty. Against the common one, the common one's bits go off.",
                ),
                Misconception(
                    "extra_bits = log2((1 - share_rare) / (1 - share_common))",
                    "These are the shares of people who have another name. Both records agree here: take the shares of those "
                    "who bear it.",
                ),
            ),
            hints=(
                "Strangers agree on a name as often as people bear it. That share is the name's own u.",
                "One weight is log2(m / share_rare), the other log2(m / share_common). Take the second from the first.",
                "m cancels: log2 of one share divided by the other. Which one is on top?",
            ),
        ),
        Task(
            id="06.6",
            points=2,
            name="new_m",
            what="the next m of the given name",
            needs=("pairs", "believed", "name_agrees"),
            tolerance=0.002,
            solution="new_m = (pairs * believed * name_agrees).sum() / (pairs * believed).sum()",
            right="Every pair counts by as much as it is believed, and nobody has told the computer a single answer.",
            misconceptions=(
                Misconception(
                    "new_m = (pairs * name_agrees).sum() / pairs.sum()",
                    "That counts all pairs, strangers too. m is about pairs of one person: count each by how far it is believed.",
                ),
                Misconception(
                    "new_m = (pairs * believed * name_agrees).sum() / (pairs * name_agrees).sum()",
                    "That is the share of one person's pairs among those that agree. m is the other way round: of the believed "
                    "pairs, what share agrees?",
                ),
                Misconception(
                    "new_m = (believed * name_agrees).sum() / believed.sum()",
                    "You count patterns, one each. There are many pairs of some and few of others: multiply by pairs.",
                ),
                Misconception(
                    "new_m = believed[name_agrees == 1].mean()",
                    "That is how far the agreeing rows are believed, one by one. m asks the other way round: of all pairs believed, what "
                    "share agrees? Count pairs, not rows.",
                ),
                Misconception(
                    "new_m = (pairs * (believed > 0.5) * name_agrees).sum() / (pairs * (believed > 0.5)).sum()",
                    "That decides: above one half, one person, or else strangers. EM never decides. It counts each pair by how far "
                    "it is believed.",
                ),
                Misconception(
                    "new_m = (pairs * (1 - believed) * name_agrees).sum() / (pairs * (1 - believed)).sum()",
                    "That is the next u: you weigh by the belief that they are strangers.",
                ),
                Misconception(
                    "new_m = (pairs * believed * name_agrees).sum()",
                    "So many pairs of one person are expected to agree. Divide by how many are expected in all.",
                ),
            ),
            hints=(
                "Of the pairs of one person that you expect, what share agrees on the name?",
                "pairs * believed says how many pairs of one person to expect in each row. Add them up for the denominator.",
                "For the numerator, add up only the rows where the name agrees: multiply by name_agrees first.",
            ),
        ),
        Task(
            id="06.7",
            points=2,
            name="pairs_to_compare",
            what="how many pairs are compared if they must share a district",
            needs=("people_there", "guests_there"),
            tolerance=0,
            solution="pairs_to_compare = (people_there * guests_there).sum()",
            right="Ten districts, and a little more than a tenth of the work: they are not of one size, and the largest cost most.",
            misconceptions=(
                Misconception(
                    "pairs_to_compare = people_there.sum() * guests_there.sum()",
                    "Those are all pairs there are. Multiply within each district first, then add up.",
                ),
                Misconception(
                    "pairs_to_compare = (people_there + guests_there).sum()",
                    "That counts records. In each district every person meets every guest: multiply.",
                ),
                Misconception(
                    "pairs_to_compare = people_there.sum() * guests_there.sum() / 10",
                    "That would be so if all districts were of one size. Count in each one.",
                ),
                Misconception(
                    "pairs_to_compare = people_there * guests_there",
                    "Nearly: these are the pairs in each district. How many in all?",
                ),
                Misconception(
                    "pairs_to_compare = guests_there.sum()",
                    "These are the guests. Each of them is compared with everybody of the same district.",
                ),
            ),
            hints=(
                "Take one district. With how many people is each of its guests compared?",
                "In one district there are people times guests pairs.",
                "Columns multiply row by row with *, and .sum() adds up.",
            ),
        ),
        Task(
            id="06.8",
            points=1,
            name="precision",
            what="the share of the links that are right",
            needs=("linked_right", "linked_wrong", "missed"),
            solution="precision = linked_right / (linked_right + linked_wrong)",
            right="One link in ten is somebody else's life.",
            misconceptions=(
                Misconception(
                    "precision = linked_right / (linked_right + missed)",
                    "That is the recall: the share of the true pairs that were found. Precision asks about the links made.",
                ),
                Misconception(
                    "precision = linked_right / (linked_right + linked_wrong + missed)",
                    "The missed pairs are not links. Which were made?",
                ),
                Misconception(
                    "precision = linked_wrong / (linked_right + linked_wrong)",
                    "That is the share of the links that are wrong.",
                ),
                Misconception(
                    "precision = linked_right / linked_wrong",
                    "That sets right links against wrong ones. For a share, divide by both together.",
                ),
            ),
            hints=("How many links were made in all?", "Divide the right ones by right and wrong together."),
        ),
        Task(
            id="06.9",
            points=1,
            name="recall",
            what="the share of the true pairs that were found",
            needs=("linked_right", "linked_wrong", "missed"),
            solution="recall = linked_right / (linked_right + missed)",
            right="Precision asks about the links, recall about the people. One can be high while the other is low.",
            misconceptions=(
                Misconception(
                    "recall = linked_right / (linked_right + linked_wrong)",
                    "That is the precision again. Recall asks: of the pairs that there are, how many were found?",
                ),
                Misconception(
                    "recall = missed / (linked_right + missed)",
                    "That is the share that was missed.",
                ),
                Misconception(
                    "recall = (linked_right + linked_wrong) / (linked_right + missed)",
                    "A wrong link finds nobody's true record. Count only the right ones.",
                ),
                Misconception(
                    "recall = linked_right / (linked_right + linked_wrong + missed)",
                    "A wrong link is not a true pair. How many true pairs are there?",
                ),
            ),
            hints=(
                "How many true pairs are there, found or not?",
                "Divide those found by those found and those missed.",
            ),
        ),
        Task(
            id="06.10",
            points=1,
            name="cost",
            what="a function that gives what a threshold's mistakes cost",
            solution=(
                "def cost(wrong, missed, cost_of_a_wrong_link, cost_of_a_miss):\n"
                "    total = wrong * cost_of_a_wrong_link + missed * cost_of_a_miss\n"
                "    return total"
            ),
            inputs=((3, 10, 50, 1), (0, 7, 1, 1), (4, 0, 2.5, 3), (2, 5, 0, 1)),
            right="The threshold is not a fact about the data. It says whose mistakes count.",
            misconceptions=(
                Misconception(
                    "def cost(wrong, missed, cost_of_a_wrong_link, cost_of_a_miss):\n    return wrong + missed",
                    "That counts every mistake as 1. Multiply each kind by what it costs.",
                ),
                Misconception(
                    "def cost(wrong, missed, cost_of_a_wrong_link, cost_of_a_miss):\n"
                    "    return wrong * cost_of_a_miss + missed * cost_of_a_wrong_link",
                    "The two costs are exchanged: a wrong link costs cost_of_a_wrong_link.",
                ),
                Misconception(
                    "def cost(wrong, missed, cost_of_a_wrong_link, cost_of_a_miss):\n"
                    "    return (wrong + missed) * (cost_of_a_wrong_link + cost_of_a_miss)",
                    "Multiply each kind of mistake by its own cost first, then add.",
                ),
                Misconception(
                    "def cost(wrong, missed, cost_of_a_wrong_link, cost_of_a_miss):\n"
                    "    return wrong * cost_of_a_wrong_link",
                    "That forgets the pairs that were missed.",
                ),
            ),
            hints=(
                "What do all the wrong links cost together?",
                "wrong * cost_of_a_wrong_link. The missed pairs likewise; then add the two.",
            ),
        ),
        Written(
            id="06.11",
            points=3,
            what="your letter to the ministry in your own words",
            rubric=(
                "It tells the two mistakes apart, a wrong link and a missed one, and says who bears each (1 point).",
                "It says why the names matter: agreement on a common name is weak evidence, so mistakes fall on some people more "
                "than on others, and a total does not show it (1 point).",
                "It asks for something that can be done: a threshold that fits the purpose, a published error rate measured where "
                "the truth is known, a person who checks before anything follows, or not linking at all (1 point).",
            ),
            example=(
                "Dear Minister, your program will make two kinds of mistake. If it misses a pair, a bill is not paid or a number in a "
                "report is a little too low. If it links two strangers, one of them answers for what the other did. The second "
                "falls on people with common names, since for them an agreement proves little; a precision of 99 % for all of us may be "
                "90 % for them, so publish it for them too. Measure it on cases whose truth you know before you begin. Link for your "
                "statistics if you must, at the threshold that suits counting; and let nobody be fined by a link that no person has looked at."
            ),
        ),
    ),
    questions=(
        Question(
            "Two records have the same sex. Records of one person agree on it in 99 of 100 pairs, so m is 0.99. Of the pairs of "
            "strangers half agree. What is the agreement worth, in bits? Use `weight`.",
            answer=0.98550,
            tolerance=0.003,
            unit="bits",
            reply="Not quite one bit: the odds hardly double, because agreement by chance is so common. A high m alone is no evidence.",
            misconceptions=(
                wrong(6.6294, "That takes u as 1 - m. But u is about strangers: half of them agree."),
                wrong(-5.6439, "That is what a difference is worth. Here they agree."),
                wrong(1.98, "That is the ratio. In bits it is log2 of it."),
                wrong(
                    0.99,
                    "That is m. Compare it with how often strangers agree: `weight(0.99, 0.5)`.",
                ),
            ),
            id="06.a",
        ),
        Question(
            "Two records agree with 10 bits of evidence. In a village of 100 people that is nearly certain. And among a million people?",
            choices=(
                wrong(
                    "The same: evidence is evidence.",
                    "The evidence is the same, the start is not. Among a million there are 10,000 times as many strangers who could "
                    "agree by chance.",
                ),
                right(
                    "Very probably somebody else.",
                    "Yes. 10 bits make the odds about a thousand times as high, and they began at 1 to 999,999: about 1 to 1,000 is left.",
                ),
                wrong(
                    "Surer, since a million people give more data to learn from than a village does.",
                    "More data make m and u more exact. But for this one pair there are more wrong candidates.",
                ),
            ),
            id="06.b",
        ),
        Question(
            "EM ran without an error and came to rest. What follows?",
            choices=(
                wrong(
                    "It has found which pairs are one person.",
                    "It found two kinds of pairs. Blocked on the surname, one of the kinds was the family.",
                ),
                wrong(
                    "Its m and u are those of the truth, since each step fits the data better than the step before it.",
                    "Each step does fit better. But the best fit to two kinds of pairs can be families against strangers.",
                ),
                right(
                    "It found two kinds of pairs. Which, one must look.",
                    "Yes. Nobody told it that a kind should mean a person. Check what it learnt against what is plausible: do one "
                    "person's records really differ on the given name every second time?",
                ),
            ),
            id="06.c",
        ),
        Question(
            "The ministry takes one program for two jobs: to count how many guests live far away, and to fine guests who owe tax. "
            "Which threshold?",
            choices=(
                wrong(
                    "The one with the highest F1, for both.",
                    "F1 weighs a wrong link and a missed one in one fixed way. For a fine a wrong link is far worse than for a count.",
                ),
                right(
                    "A higher one for the fines.",
                    "Yes, and somebody should look at each pair before a fine. In a count single mistakes matter little; those of one "
                    "kind, such as common names, do.",
                ),
                wrong(
                    "A lower one for the fines, so that nobody who owes tax gets away with it.",
                    "Then more links are wrong, and strangers are fined. Who pays for which mistake?",
                ),
            ),
            id="06.d",
        ),
    ),
)
