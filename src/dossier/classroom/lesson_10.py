"""Lesson 10, "The official's choice": what its exercise asks, and the answers that learners give."""

from __future__ import annotations

from .questions import Question, right, wrong
from .tasks import Lesson, Misconception, Task, Written

LESSON = Lesson(
    id="10",
    title="The official's choice",
    tasks=(
        Task(
            id="10.1",
            points=1,
            name="a_sale_leaves",
            what="what one sale leaves on average, in leaves",
            needs=("price", "found_out", "stake"),
            tolerance=0.001,
            solution="a_sale_leaves = price - found_out * stake",
            right="40 of 60 leaves go to the risk. Whoever's conscience asks for less than 20 sells.",
            misconceptions=(
                Misconception(
                    "a_sale_leaves = price - stake",
                    "That takes it for certain that the sale is found out. How often is it?",
                ),
                Misconception(
                    "a_sale_leaves = found_out * stake",
                    "That is what the risk costs on average. What is left of the price?",
                ),
                Misconception(
                    "a_sale_leaves = price - found_out",
                    "You take away the probability, or a share of the price. What is lost is the stake: how much is that on average?",
                ),
                Misconception(
                    "a_sale_leaves = price + found_out * stake",
                    "The risk costs something: take it away from the price.",
                ),
            ),
            hints=(
                "The risk costs something on each sale, on average. How much?",
                "It costs found_out * stake.",
                "Take that away from the price.",
            ),
        ),
        Task(
            id="10.2",
            points=1,
            name="enough_found_out",
            what="the chance of being found out at which a sale leaves nothing",
            needs=("price", "stake"),
            tolerance=0.001,
            solution="enough_found_out = price / stake",
            right="3 sales in 10,000. Above that nobody sells, in this model, whatever the conscience.",
            misconceptions=(
                Misconception(
                    "enough_found_out = stake / price",
                    "That is above 1, and a probability never is. Turn it round.",
                ),
                Misconception(
                    "enough_found_out = price * stake",
                    "Set price - p * stake to 0 and solve for p.",
                ),
                Misconception(
                    "enough_found_out = 10_000 * price / stake",
                    "That is how many of 10,000 sales. The probability lies between 0 and 1: leave out the 10,000.",
                ),
                Misconception(
                    "enough_found_out = 1 - price / stake",
                    "That is the chance of getting away with it. At which chance of being found out is nothing left?",
                ),
            ),
            hints=(
                "A sale leaves price - p * stake. For which p is that 0?",
                "Then p * stake is as large as the price.",
            ),
        ),
        Task(
            id="10.3",
            points=2,
            name="share_that_sells",
            what="a function that gives the share of the officials who sell",
            needs=("lognorm",),
            solution=(
                "def share_that_sells(price, found_out, stake, median_moral_cost):\n"
                "    a_sale_leaves = price - found_out * stake\n"
                "    share = lognorm(s=1, scale=median_moral_cost).cdf(a_sale_leaves)\n"
                "    return share"
            ),
            inputs=(
                (60, 0.0002, 200_000, 500),
                (60, 0, 200_000, 60),
                (60, 0.0005, 200_000, 500),
                (1_000, 0.001, 100_000, 30),
            ),
            right="Where a sale leaves nothing, nobody has a moral cost below it.",
            misconceptions=(
                Misconception(
                    "def share_that_sells(price, found_out, stake, median_moral_cost):\n"
                    "    return 1 - lognorm(s=1, scale=median_moral_cost).cdf(price - found_out * stake)",
                    "These are the honest: their moral cost lies above what a sale leaves. You need the others.",
                ),
                Misconception(
                    "def share_that_sells(price, found_out, stake, median_moral_cost):\n"
                    "    return lognorm(s=1, scale=median_moral_cost).cdf(price)",
                    "That forgets the risk: it compares the moral cost with the whole price.",
                ),
                Misconception(
                    "def share_that_sells(price, found_out, stake, median_moral_cost):\n"
                    "    return lognorm(s=1, scale=median_moral_cost).pdf(price - found_out * stake)",
                    "pdf is the height of the bell at that place. The share that lies below it is cdf.",
                ),
                Misconception(
                    "def share_that_sells(price, found_out, stake, median_moral_cost):\n"
                    "    return lognorm(s=median_moral_cost, scale=1).cdf(price - found_out * stake)",
                    "s is how wide the bell is, and scale where its middle stands. You have them the other way round.",
                ),
                Misconception(
                    "def share_that_sells(price, found_out, stake, median_moral_cost):\n"
                    "    return lognorm(s=1, scale=500).cdf(price - found_out * stake)",
                    "It takes 500 as the median every time. Use the median that the function is given.",
                ),
            ),
            hints=(
                "First compute what a sale leaves, as in 10.1.",
                "lognorm(s=1, scale=median_moral_cost) is the distribution of the moral costs.",
                "Its .cdf(...) gives the share that lies below a number: below what a sale leaves.",
            ),
        ),
        Task(
            id="10.4",
            points=1,
            name="premium",
            what="the weekly premium that keeps the clerk honest",
            needs=("bribe", "found_out_in_a_week", "discount"),
            tolerance=0.001,
            solution="premium = bribe * (1 - discount) / (discount * found_out_in_a_week)",
            right="One and a half times the bribe: one week of selling in 75 is found out, which is often.",
            misconceptions=(
                Misconception(
                    "premium = bribe / found_out_in_a_week",
                    "That makes one week's premium outweigh the bribe. But whoever is caught loses it every week from then on: "
                    "use the discount too.",
                ),
                Misconception(
                    "premium = bribe * discount / ((1 - discount) * found_out_in_a_week)",
                    "discount and 1 - discount have changed places. The more next week counts, the less premium is needed.",
                ),
                Misconception(
                    "premium = bribe * (1 - discount) / discount * found_out_in_a_week",
                    "Python divides by discount and then multiplies. Put round brackets about discount * found_out_in_a_week.",
                ),
                Misconception(
                    "premium = bribe",
                    "Why should the premium be as large as the bribe? Compare the two careers of the lesson. If you did use their formula, "
                    "round brackets are missing: about 1 - discount, and about discount * found_out_in_a_week.",
                ),
                Misconception(
                    "premium = bribe * 1 - discount / (discount * found_out_in_a_week)",
                    "Python multiplies and divides before it subtracts. Put round brackets about 1 - discount.",
                ),
            ),
            hints=(
                "The lesson's formula: v = b * (1 - delta) / (delta * p).",
                "Here b is bribe, delta is discount, and p is found_out_in_a_week. Mind the brackets.",
            ),
        ),
        Task(
            id="10.5",
            points=2,
            name="chance_of_leak",
            what="a function that gives the chance that at least one of the hands sells",
            solution=(
                "def chance_of_leak(hands, willing):\n    chance = 1 - (1 - willing) ** hands\n    return chance"
            ),
            inputs=((1_000, 0.001), (1, 0.3), (0, 0.5), (26_000, 0.00001), (4_000, 1 / 1993)),
            right="The chance that nobody does, taken away from 1.",
            misconceptions=(
                Misconception(
                    "def chance_of_leak(hands, willing):\n    return hands * willing",
                    "That is how many sell on average. It can be above 1, and a chance cannot. Ask first: how likely is it that "
                    "nobody sells?",
                ),
                Misconception(
                    "def chance_of_leak(hands, willing):\n    return (1 - willing) ** hands",
                    "That is the chance that nobody sells. One step more.",
                ),
                Misconception(
                    "def chance_of_leak(hands, willing):\n    return willing**hands",
                    "That is the chance that all of them sell.",
                ),
                Misconception(
                    "def chance_of_leak(hands, willing):\n    return 1 - willing**hands",
                    "That is the chance that not all of them sell. You want: not nobody.",
                ),
                Misconception(
                    "def chance_of_leak(hands, willing):\n    return 1 - (1 - willing) * hands",
                    "All of them must stay honest: the chances multiply, once for each hand. In Python: **, not *.",
                ),
            ),
            hints=(
                "How likely is it that one stays honest? That all of them do?",
                "All stay honest with (1 - willing) ** hands.",
                "Otherwise somebody sells: take that away from 1.",
            ),
        ),
        Task(
            id="10.6",
            points=2,
            name="most_hands",
            what="how many hands there may be, at most, for a chance of 10 % that somebody sells",
            needs=("willing", "log"),
            tolerance=0.01,
            solution="most_hands = log(0.9) / log(1 - willing)",
            right="Some 210. A rate that sounds like one bad apple in two thousand allows no more.",
            misconceptions=(
                Misconception(
                    "most_hands = log(0.1) / log(1 - willing)",
                    "With so many hands *nobody* sells with a chance of 10 %. You want that nobody sells with 90 %.",
                ),
                Misconception(
                    "most_hands = 0.1 / willing",
                    "Close. That gives 0.1 sellers on average, but sometimes two sell in one office. Solve (1 - willing) ** hands = 0.9.",
                ),
                Misconception(
                    "most_hands = log(1 - willing) / log(0.9)",
                    "That is the other way round. It is below 1, and one hand is the least.",
                ),
                Misconception(
                    "most_hands = log(0.5) / log(1 - willing)",
                    "That is for even odds. Here somebody may sell with a chance of 10 %, so nobody with which?",
                ),
                Misconception(
                    "most_hands = log(0.9) / log(willing)",
                    "One hand stays honest with 1 - willing. Take the logarithm of that.",
                ),
            ),
            hints=(
                "If somebody sells with a chance of 10 %, nobody does with 90 %: (1 - willing) ** hands is 0.9.",
                "The lesson did it for even odds: log(0.5) / log(1 - q).",
                "Put 0.9 in the place of 0.5.",
            ),
        ),
        Task(
            id="10.7",
            points=2,
            name="sellers_when_it_leaks",
            what="how many officials sell on average, in an office in which somebody does",
            needs=("hands", "willing_in_office", "leak_if_of_one_mind"),
            tolerance=0.01,
            solution="sellers_when_it_leaks = hands * willing_in_office / leak_if_of_one_mind",
            right="One office in seven leaks, and those that do leak from 14 hands on average.",
            misconceptions=(
                Misconception(
                    "sellers_when_it_leaks = hands * willing_in_office",
                    "That is the average over all offices, and most of them have no seller. All sellers sit in the offices that leak.",
                ),
                Misconception(
                    "sellers_when_it_leaks = hands * willing_in_office * leak_if_of_one_mind",
                    "The sellers are crowded into few offices, so there must be more in each of them, not fewer.",
                ),
                Misconception(
                    "sellers_when_it_leaks = 1 / leak_if_of_one_mind",
                    "Nearly: that is for one seller an office on average. How many does this office have on average?",
                ),
                Misconception(
                    "sellers_when_it_leaks = hands * leak_if_of_one_mind",
                    "leak_if_of_one_mind is a share of offices, not of officials.",
                ),
            ),
            hints=(
                "Think of 100 such offices. How many sellers have they in all, and how many of the offices leak?",
                "All of them together have 100 * hands * willing_in_office sellers.",
                "They sit in 100 * leak_if_of_one_mind offices. Divide.",
            ),
        ),
        Task(
            id="10.8",
            points=2,
            name="share_in_the_end",
            what="the share of officials who sell in the end, from an office in which 80 % do",
            needs=("share_next",),
            tolerance=0.001,
            solution=(
                "share_in_the_end = 0.8\n"
                "for _ in range(100):\n"
                "    share_in_the_end = share_next(share_in_the_end)"
            ),
            right="Nearly all sell. From 70 % it would have gone the other way: the tipping point lies between.",
            misconceptions=(
                Misconception(
                    "share_in_the_end = share_next(0.8)",
                    "That is one round. Let the next round start from where the last one ended, and so on, a hundred times.",
                ),
                Misconception(
                    "share_in_the_end = 0.8",
                    "80 % is where it starts. Does it stay there? Compute share_next(0.8).",
                ),
                Misconception(
                    "share_in_the_end = 0.7\nfor _ in range(100):\n    share_in_the_end = share_next(share_in_the_end)",
                    "That starts from an office in which 70 % sell, and that one gets honest. Start from 0.8.",
                ),
            ),
            hints=(
                "Begin with share_in_the_end = 0.8. Then replace it by share_next of itself, many times.",
                "for _ in range(100): repeats the indented line below it a hundred times.",
                "The line is: share_in_the_end = share_next(share_in_the_end)",
            ),
        ),
        Written(
            id="10.9",
            points=3,
            what="an answer to the head of the registry in your own words",
            rubric=(
                "It uses the leak law with a number: how likely a leak is among so many hands, or how many hands a tolerable chance "
                "allows (1 point).",
                "It sets probability against severity: a stake is bounded, certainty of being caught does more; or what the premium or "
                "the audits would cost (1 point).",
                "It names a limit: the share that would sell is not measured, known cases are a floor, or an office that has tipped "
                "does not come back by the same audits (1 point).",
            ),
            example=(
                "You say that your 4,000 people are well paid and hand-picked. Let 1 in 2,000 of them be willing: then somebody sells with "
                "a chance of 86 percent, and for 10 percent you may have some 210 hands. Harder penalties help little, because nobody can "
                "lose more than they have and few believe that they will be caught; ask for a reason at random look-ups instead. Begin "
                "before it is needed, since an office in which many sell does not get clean at the audits that would have kept it so. I "
                "do not know that it is 1 in 2,000: detected cases are a floor."
            ),
        ),
    ),
    questions=(
        Question(
            "The price is 87.5 leaves and the stake 500,000. Above how many sales found out of 10,000 does nobody sell, however low the "
            "moral cost?",
            answer=1.75,
            reply="Yes: 87.5 / 500,000 is 1.75 in 10,000. Nobody need have a conscience then.",
            tolerance=0.01,
            unit="of 10,000",
            misconceptions=(
                wrong(0.000175, "That is the probability. Of 10,000 sales it is ten thousand times as much."),
                wrong(3.5, "That is for 175 leaves, the price in the chart. Here it is 87.5."),
                wrong(
                    5714.29,
                    "That is the stake divided by the price: one sale in so many. How many of 10,000 is that?",
                ),
                wrong(50, "That is what 1 sale in 10,000 found out costs, in leaves."),
            ),
            id="10.a",
        ),
        Question(
            "A minister halves the audits and doubles the fine. What does the model expect of officials who dislike risk?",
            choices=(
                wrong(
                    "As many sell as before.",
                    "That is so for those who count money only. Whoever dislikes risk minds a rare great loss more than a likely small one.",
                ),
                right(
                    "Fewer sell, but the evidence points the other way.",
                    "Yes. The model follows from disliking risk. What is found is that certainty counts more than severity; a fine "
                    "that comes rarely and late is hardly seen.",
                ),
                wrong(
                    "More sell, because they are caught less often.",
                    "They are caught less often, and lose more. In the chart the curve falls to the right for those who dislike risk. "
                    "(It rises for those who like it.)",
                ),
            ),
            id="10.b",
        ),
        Question(
            "1 official in 10,000 would sell, each for itself. An office grows from 1,000 to 10,000 hands. What happens to the chance "
            "of a leak?",
            choices=(
                wrong(
                    "It grows tenfold, from 10 % to 100 %.",
                    "Nearly, for small numbers. But a chance never gets to 100 % like that: with 10,000 hands nobody sells in 37 of 100 offices.",
                ),
                right(
                    "It grows from 10 % to 63 %.",
                    "Yes: 1 - 0.9999 to the power of 1,000, and of 10,000. Ten times as many hands, six times the chance.",
                ),
                wrong(
                    "It stays at 1 in 10,000.",
                    "That is the chance of one official. All of them must stay honest, and these chances multiply.",
                ),
            ),
            id="10.c",
        ),
        Question(
            "An office has tipped, and nearly everybody sells. The audits are put back to what they were before. What happens?",
            choices=(
                wrong(
                    "It gets honest again, because the rules are the same as before.",
                    "The rules are, the colleagues are not. While nearly all of them sell, a sale is found out far less often than the "
                    "audits alone would say.",
                ),
                right(
                    "It may stay as it is: the same audits hold both.",
                    "Yes. It takes more audits to clean an office than to keep a clean one.",
                ),
                wrong(
                    "Half of the officials stop.",
                    "No half-way place holds in the chart: between the two lines lies the tipping point, from which an office moves away.",
                ),
            ),
            id="10.d",
        ),
    ),
)
