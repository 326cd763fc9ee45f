"""Lesson 11, "Insider or hacker?": what its exercise asks, and the answers that learners give."""

from __future__ import annotations

from .questions import Question, right, wrong
from .tasks import Lesson, Misconception, Task, Written

LESSON = Lesson(
    id="11",
    title="Insider or hacker?",
    tasks=(
        Task(
            id="11.1",
            points=1,
            name="bits_for_insiders",
            what="the bits of one finding for insiders, against outsiders",
            needs=("if_insiders", "if_outsiders", "log2"),
            solution="bits_for_insiders = log2(if_insiders / if_outsiders)",
            right="Two bits: the odds double twice, whatever they were before.",
            misconceptions=(
                Misconception(
                    "bits_for_insiders = log2(if_outsiders / if_insiders)",
                    "This weighs the finding for outsiders. Put the chance under insiders on top.",
                ),
                Misconception(
                    "bits_for_insiders = if_insiders / if_outsiders",
                    "That is how many times the odds grow. Count its doublings: log2 of it.",
                ),
                Misconception(
                    "bits_for_insiders = log2(if_insiders)",
                    "A chance under one explanation alone is no evidence. Divide it by the chance under the other.",
                ),
                Misconception(
                    "bits_for_insiders = if_insiders - if_outsiders",
                    "Evidence is a ratio, not a difference: 60 against 15 is 4 times as much.",
                ),
            ),
            hints=(
                "How many times as probable is the finding under insiders as under outsiders?",
                "Divide the two, then count the doublings with log2.",
                "log2 of (if_insiders divided by if_outsiders).",
            ),
        ),
        Task(
            id="11.2",
            points=2,
            name="probability_after",
            what="a function that turns a prior and a finding, both in bits, into a probability",
            solution=(
                "def probability_after(prior_bits, found_bits):\n"
                "    odds = 2 ** (prior_bits + found_bits)\n"
                "    probability = odds / (1 + odds)\n"
                "    return probability"
            ),
            inputs=((0, 0), (0, 2), (-2, 2), (-5, 2), (3, -1), (0, 10)),
            right="The same two bits are worth much to a doubter's odds and leave the doubter doubting.",
            misconceptions=(
                Misconception(
                    "def probability_after(prior_bits, found_bits):\n    return 2 ** (prior_bits + found_bits)",
                    "Those are odds, such as 4 to 1. A probability is odds / (1 + odds).",
                ),
                Misconception(
                    "def probability_after(prior_bits, found_bits):\n"
                    "    odds = 2 ** found_bits\n"
                    "    return odds / (1 + odds)",
                    "The prior is missing. With even odds before, that would be right; here it is asked for any.",
                ),
                Misconception(
                    "def probability_after(prior_bits, found_bits):\n"
                    "    odds = 2 ** (prior_bits * found_bits)\n"
                    "    return odds / (1 + odds)",
                    "Odds multiply; bits, their logarithms, add up.",
                ),
                Misconception(
                    "def probability_after(prior_bits, found_bits):\n"
                    "    odds = 2 * (prior_bits + found_bits)\n"
                    "    return odds / (1 + odds)",
                    "One * doubles once. Each bit doubles: two stars raise 2 to a power.",
                ),
                Misconception(
                    "def probability_after(prior_bits, found_bits):\n"
                    "    odds = 2 ^ (prior_bits + found_bits)\n"
                    "    return odds / (1 + odds)",
                    "In Python ^ is something else. Two stars raise to a power: 2 ** 3 is 8.",
                ),
                Misconception(
                    "def probability_after(prior_bits, found_bits):\n"
                    "    odds = 2 ** (prior_bits + found_bits)\n"
                    "    return 1 / (1 + odds)",
                    "That is the probability of the other explanation. Put the odds on top.",
                ),
            ),
            hints=(
                "First add the bits, then go from bits to odds, then from odds to a probability.",
                "Bits to odds: 2 ** bits. Odds of 4 to 1 are a probability of 4 / (1 + 4).",
                "odds = 2 ** (prior_bits + found_bits), then return odds / (1 + odds).",
            ),
        ),
        Task(
            id="11.3",
            points=1,
            name="open_share",
            what="the share of the time in which a database stands open",
            needs=("opened_a_year", "days_until_closed"),
            solution="closed_a_year = 365 / days_until_closed\nopen_share = opened_a_year / (opened_a_year + closed_a_year)",
            right="About a third: what matters is how fast it is repaired, as much as how often it is broken into.",
            misconceptions=(
                Misconception("open_share = 1 / 3", "Nearly. Compute it from the two numbers."),
                Misconception(
                    "open_share = opened_a_year / (opened_a_year + days_until_closed)",
                    "Rates and days are mixed. If it takes that many days, how many times a year would it be closed?",
                ),
                Misconception(
                    "open_share = opened_a_year * days_until_closed / 365",
                    "Those are the odds, open against closed. The share divides by the sum of both rates.",
                ),
                Misconception(
                    "open_share = (365 / days_until_closed) / (opened_a_year + 365 / days_until_closed)",
                    "That is the share of the time in which it is closed.",
                ),
            ),
            hints=(
                "The formula needs two rates, both a year. One of them is given as days.",
                "Closed after so many days means 365 / days_until_closed times a year.",
                "opened_a_year / (opened_a_year + 365 / days_until_closed).",
            ),
        ),
        Task(
            id="11.4",
            points=1,
            name="all_at_once",
            what="the chance that all six databases stand open at once",
            needs=("share_open", "databases"),
            solution="all_at_once = share_open ** databases",
            right="Less than two in a thousand, if they have nothing to do with each other.",
            misconceptions=(
                Misconception(
                    "all_at_once = share_open * databases",
                    "That grows with every database, and is no chance any more. One more door makes it harder: multiply the chances.",
                ),
                Misconception(
                    "all_at_once = share_open / databases",
                    "Each further door multiplies by its chance to be open. That is more than dividing by how many there are.",
                ),
                Misconception(
                    "all_at_once = 1 - (1 - share_open) ** databases",
                    "That at least one is open. The thief needs all of them.",
                ),
                Misconception(
                    "all_at_once = share_open",
                    "So it would be with one key for all of them. Here they are independent.",
                ),
            ),
            hints=(
                "Two doors: the one chance times the other. And six?",
                "The share, multiplied with itself, once for each database.",
                "Two stars raise to a power: share_open ** databases.",
            ),
        ),
        Task(
            id="11.5",
            points=2,
            name="hand_in_each",
            what="a function: the chance that in each of some offices at least one person sells",
            solution=(
                "def hand_in_each(offices, hands, willing):\n"
                "    somebody = 1 - (1 - willing) ** hands\n"
                "    chance = somebody ** offices\n"
                "    return chance"
            ),
            inputs=((1, 1, 0.5), (6, 200, 0.01), (2, 3, 0.1), (8, 1000, 0.001), (6, 10, 0.01)),
            right="Insiders too need something to be likely: enough hands, or willing ones.",
            misconceptions=(
                Misconception(
                    "def hand_in_each(offices, hands, willing):\n    return 1 - (1 - willing) ** hands",
                    "That is one office. There must be somebody in each of them.",
                ),
                Misconception(
                    "def hand_in_each(offices, hands, willing):\n    return 1 - (1 - willing) ** (hands * offices)",
                    "That somebody sells anywhere. It asks for one in every office.",
                ),
                Misconception(
                    "def hand_in_each(offices, hands, willing):\n    return (willing ** hands) ** offices",
                    "That everybody sells. One in each office is enough: 1 minus the chance that nobody does.",
                ),
                Misconception(
                    "def hand_in_each(offices, hands, willing):\n    return ((1 - willing) ** hands) ** offices",
                    "That nobody sells anywhere. Take the chance of nobody in one office away from 1, then go to all offices.",
                ),
                Misconception(
                    "def hand_in_each(offices, hands, willing):\n    return (hands * willing) ** offices",
                    "hands times willing is how many sell on average, and can pass 1. The chance of at least one is 1 minus the "
                    "chance of nobody.",
                ),
            ),
            hints=(
                "First one office: what is the chance that nobody there sells?",
                "Nobody: (1 - willing) ** hands. Somebody: 1 minus that.",
                "somebody = 1 - (1 - willing) ** hands, then return somebody ** offices.",
            ),
        ),
        Task(
            id="11.6",
            points=1,
            name="reached_by_outsiders",
            what="the chance that outsiders can answer from one database, now or from a copy",
            needs=("share_open", "copy_kept"),
            solution="reached_by_outsiders = share_open + (1 - share_open) * copy_kept",
            right="Copies help most where doors are mostly shut.",
            misconceptions=(
                Misconception(
                    "reached_by_outsiders = share_open + copy_kept",
                    "Where the door is open, the copy adds nothing. Count the copy only for the time when it is closed.",
                ),
                Misconception(
                    "reached_by_outsiders = share_open * copy_kept",
                    "That is open and copied. Either of the two is enough.",
                ),
                Misconception(
                    "reached_by_outsiders = (1 - share_open) * copy_kept",
                    "These are the answers from copies. Add the time when the door is open.",
                ),
            ),
            hints=(
                "Two ways: the door is open; or it is closed and there is a copy.",
                "It is closed for a share of 1 - share_open.",
                "share_open + (1 - share_open) * copy_kept.",
            ),
        ),
        Task(
            id="11.7",
            points=2,
            name="three_orders",
            what="the bits of three orders filled, each weighed given the ones before",
            needs=("next_filled", "rho", "bits"),
            solution=(
                "first = bits(next_filled(0.6, rho, 0), next_filled(0.1, rho, 0))\n"
                "second = bits(next_filled(0.6, rho, 1), next_filled(0.1, rho, 1))\n"
                "third = bits(next_filled(0.6, rho, 2), next_filled(0.1, rho, 2))\n"
                "three_orders = first + second + third"
            ),
            right="Nearly all of it is in the first order. Three times the first would be 7.8 bits.",
            misconceptions=(
                Misconception(
                    "three_orders = 3 * bits(0.6, 0.1)",
                    "That counts the first order three times. The second is half expected once the first is known.",
                ),
                Misconception(
                    "three_orders = bits(0.6, 0.1)",
                    "That is the first order alone. The second and the third say a little more.",
                ),
                Misconception(
                    "three_orders = bits(next_filled(0.6, rho, 2), next_filled(0.1, rho, 2))",
                    "That is what the third order adds. Add up all three.",
                ),
                Misconception(
                    "three_orders = bits(next_filled(0.6, rho, 3), next_filled(0.1, rho, 3))",
                    "That is what a fourth order would add. Add up those after 0, 1 and 2 filled.",
                ),
                Misconception(
                    "three_orders = sum(bits(next_filled(0.6, rho, filled), next_filled(0.1, rho, filled)) for filled in (1, 2, 3))",
                    "You begin one order too late: before the first, 0 are filled.",
                ),
            ),
            hints=(
                "The bits of the first order need next_filled with 0 filled, under each explanation.",
                "Do the same with 1 and with 2 filled, and add the three numbers.",
                "bits(next_filled(0.6, rho, 0), next_filled(0.1, rho, 0)) is the first; write two more and add them up.",
            ),
        ),
        Task(
            id="11.8",
            points=2,
            name="even_at",
            what="how much of the time each database must be open for the odds to be even",
            needs=("chance_if_insiders", "databases"),
            solution="even_at = chance_if_insiders ** (1 / databases)",
            right="Above that, the six answers speak for outsiders. Below, for insiders.",
            misconceptions=(
                Misconception(
                    "even_at = chance_if_insiders",
                    "That must be the chance of all six. Each alone must be open more often.",
                ),
                Misconception(
                    "even_at = chance_if_insiders / databases",
                    "The chances multiply, so dividing by six does not share them out: take the sixth root. (After ** it needs brackets: (1 / databases).)",
                ),
                Misconception(
                    "even_at = chance_if_insiders ** databases",
                    "That goes the wrong way: it would be smaller still. You look for the number whose sixth power this is.",
                ),
                Misconception(
                    "even_at = 0.5",
                    "Even odds do not mean a door that is open half of the time. Both explanations must give the six answers the same chance.",
                ),
            ),
            hints=(
                "At even odds both explanations give the finding the same chance.",
                "So share ** 6 must be chance_if_insiders. Which share is that?",
                "The sixth root: raise to the power of (1 / databases), with the brackets.",
            ),
        ),
        Written(
            id="11.9",
            points=3,
            what="what the newspaper may print",
            rubric=(
                "It says how strong the evidence is, in words or odds, and that it is an inference: nobody has shown how the records got out "
                "(1 point).",
                "It names at least one assumption that would turn the verdict, and which way (1 point).",
                "It keeps the chance of the finding apart from the chance of the explanation; or it says that findings hang together; or it "
                "names an explanation that was left out (1 point).",
            ),
            example=(
                "Nobody has shown us how the six files got out. That all six answered is what we would expect of people with access, and "
                "rather not of a break-in, if doors are open a third of the time and nobody keeps copies. If thieves keep copies of most of "
                "them, the same six answers would say little. We also heard only of the orders that worked. So we write: it looks more "
                "like insiders than like hackers, and we cannot exclude either, nor somebody who asked by telephone and was believed."
            ),
        ),
    ),
    questions=(
        Question(
            "If hackers did it, the chance that all eight databases answer is 2 %. All eight answered. How probable is it that hackers did it?",
            choices=(
                wrong(
                    "2 %: that is what was computed.",
                    "This turns the sentence round. 2 % is the chance of the finding, if hackers; you ask for the chance of hackers, given "
                    "the finding. Mixing the two is called the prosecutor's fallacy.",
                ),
                wrong(
                    "Under 50 %, since the finding is so rare for them.",
                    "It may be rarer still for insiders, with few hands. Then the same finding speaks for hackers.",
                ),
                right(
                    "It cannot be said from this alone.",
                    "Yes. You also need the chance of eight answers if insiders did it, and the odds before.",
                ),
            ),
            id="11.a",
        ),
        Question(
            "Ten orders on one afternoon, all filled. Or ten orders in ten different months, all filled. Which ten weigh more?",
            choices=(
                wrong(
                    "The same: ten are ten.",
                    "On one afternoon the second order meets the very doors of the first. It is hardly news.",
                ),
                right(
                    "The ten months: a door shut between them would show.",
                    "Yes. What was open once may have been closed since, so each order is more of a test. In the chart: less going together.",
                ),
                wrong(
                    "The afternoon: so much at once is harder.",
                    "It is harder only for a clerk's hands. For an open door or a copy, one afternoon is a single piece of luck.",
                ),
            ),
            id="11.b",
        ),
        Question(
            "The dossier cost only 700 yuan. Somebody says: so cheap, it must have been insiders. What is right?",
            choices=(
                wrong(
                    "It must: whoever has broken into eight databases asks for more.",
                    "Whole files that were copied went for far less per head than any look-up. A copy costs nothing to sell again.",
                ),
                right(
                    "The price speaks of fear and of competition, not of the channel.",
                    "Yes, lesson 09 reads it so. As evidence for a channel it counts only as far as one channel would make this price likelier "
                    "than the other, and we found no good reason either way.",
                ),
                wrong(
                    "It must rather have been hackers: a clerk is paid for each look-up.",
                    "In the documented cases clerks sold look-ups for less than that. Both prices are possible for both.",
                ),
            ),
            id="11.c",
        ),
        Question(
            "In the story, no trace of a break-in was ever reported. What does that say?",
            choices=(
                wrong(
                    "Nothing: absence of evidence is no evidence.",
                    "It is some, if a break-in would have left a trace that somebody would have found and told. Weigh it like any finding.",
                ),
                wrong(
                    "That it was insiders: no break-in, no hacker.",
                    "A dashboard in Shanghai stood open for more than a year before it was told. Many break-ins leave no report at all.",
                ),
                right(
                    "A little at most: few break-ins would be reported.",
                    "Yes. If 9 in 10 break-ins go unreported anyway, silence is worth 0.15 bits. And nobody would report a clerk either.",
                ),
            ),
            id="11.d",
        ),
    ),
)
