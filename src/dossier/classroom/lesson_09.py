"""Lesson 09, "What 700 yuan tells you": what its exercise asks, and the answers that learners give."""

from __future__ import annotations

from .questions import Question, right, wrong
from .tasks import Lesson, Misconception, Task, Written

LESSON = Lesson(
    id="09",
    title="What 700 yuan tells you",
    tasks=(
        Task(
            id="09.1",
            points=1,
            name="highest_risk",
            what="the highest risk that each of the clerks can feel",
            needs=("price", "stake", "clerks"),
            tolerance=0.001,
            solution="highest_risk = price / clerks / stake",
            right="Once in 8,000 sales. The price looked like 1 in 2,000.",
            misconceptions=(
                Misconception(
                    "highest_risk = price / stake",
                    "That gives the whole price to one clerk. The price is shared; the stake is not, for each of them has a job to lose.",
                ),
                Misconception(
                    "highest_risk = clerks * price / stake",
                    "That makes each clerk richer, the more they are. They share one price.",
                ),
                Misconception(
                    "highest_risk = stake * clerks / price",
                    "That is in how many sales it happens once. The risk is one divided by it.",
                ),
            ),
            hints=(
                "How much of the price reaches one clerk?",
                "What one clerk gets is at least the risk times the stake.",
                "Divide the price by the clerks, then by the stake.",
            ),
        ),
        Task(
            id="09.2",
            points=2,
            name="least_price",
            what="a function that gives the least price that the buyer must pay",
            solution=(
                "def least_price(risk, stake, moral_cost, clerks, brokers_share):\n"
                "    for_one = risk * stake + moral_cost\n"
                "    price = clerks * for_one / (1 - brokers_share)\n"
                "    return price"
            ),
            inputs=(
                (0.001, 500_000, 0, 1, 0),
                (0.001, 500_000, 100, 1, 0),
                (0.0002, 300_000, 20, 8, 0),
                (0.0002, 300_000, 20, 8, 0.5),
                (0, 300_000, 0, 4, 0.25),
            ),
            right="Read the other way round, it is the ceiling of the lesson.",
            misconceptions=(
                Misconception(
                    "def least_price(risk, stake, moral_cost, clerks, brokers_share):\n"
                    "    return clerks * (risk * stake + moral_cost)",
                    "That is what the clerks get. The buyer pays the brokers too.",
                ),
                Misconception(
                    "def least_price(risk, stake, moral_cost, clerks, brokers_share):\n"
                    "    return clerks * (risk * stake + moral_cost) * (1 + brokers_share)",
                    "Brokers keep a share of the price, not of what the clerks get. If they keep half, the price is twice what "
                    "reaches the clerks.",
                ),
                Misconception(
                    "def least_price(risk, stake, moral_cost, clerks, brokers_share):\n"
                    "    return clerks * (risk * stake + moral_cost) / brokers_share if brokers_share else 0",
                    "What reaches the clerks is the share that brokers do not keep. Divide by 1 - brokers_share.",
                ),
                Misconception(
                    "def least_price(risk, stake, moral_cost, clerks, brokers_share):\n"
                    "    return (clerks * risk * stake + moral_cost) / (1 - brokers_share)",
                    "Every clerk has a conscience: the moral cost is for each of them.",
                ),
                Misconception(
                    "def least_price(risk, stake, moral_cost, clerks, brokers_share):\n"
                    "    return (risk * stake + moral_cost) / (1 - brokers_share)",
                    "That pays for one clerk. All of them must be paid.",
                ),
            ),
            hints=(
                "Begin with one clerk: what is the least that makes the sale worth it?",
                "One clerk needs risk * stake + moral_cost, and there are several clerks.",
                "What reaches all clerks is price * (1 - brokers_share). Which price is that?",
            ),
        ),
        Task(
            id="09.3",
            points=2,
            name="henan_ceiling",
            what="the highest risk per item that fits, if only the fine was feared",
            needs=("received", "items", "fine"),
            tolerance=0.002,
            solution="henan_ceiling = received / items / fine",
            right="Once in about 2,000 items. He sold 12,441.",
            misconceptions=(
                Misconception(
                    "henan_ceiling = received / fine",
                    "That compares all he received with one fine. Ask about one item.",
                ),
                Misconception(
                    "henan_ceiling = received / items",
                    "That is the price of an item, in yuan. A risk comes from price and stake together.",
                ),
                Misconception(
                    "henan_ceiling = fine / received",
                    "That says which part of the gains the fine took away. A ceiling on the risk divides the price of one item by the stake.",
                ),
                Misconception(
                    "henan_ceiling = fine * items / received",
                    "That is in how many items it happens once. The risk is one divided by it.",
                ),
                Misconception(
                    "henan_ceiling = 1 / items",
                    "That is how often he was caught in the end: the truth about one man. You need what the price says.",
                ),
            ),
            hints=(
                "Which price did one item have, and what was at stake?",
                "One item brought received / items yuan. The stake is the fine.",
                "Divide the price of an item by the fine.",
            ),
        ),
        Task(
            id="09.4",
            points=1,
            name="share_of_brokers",
            what="the share of the end price that did not reach the clerk",
            needs=("paid_at_the_end", "paid_to_the_clerk"),
            tolerance=0.001,
            solution="share_of_brokers = 1 - paid_to_the_clerk / paid_at_the_end",
            right="So a price that a buyer sees can be 25 times what moves the official.",
            misconceptions=(
                Misconception(
                    "share_of_brokers = paid_to_the_clerk / paid_at_the_end",
                    "That is the share that did reach the clerk. You need the rest.",
                ),
                Misconception(
                    "share_of_brokers = paid_at_the_end / paid_to_the_clerk",
                    "That is how many times the clerk's price the buyer paid. A share is at most 1.",
                ),
                Misconception(
                    "share_of_brokers = paid_at_the_end - paid_to_the_clerk",
                    "That is the amount, in won. Divide it by the whole price.",
                ),
                Misconception(
                    "share_of_brokers = 100 * (1 - paid_to_the_clerk / paid_at_the_end)",
                    "A share lies between 0 and 1: write 0.25 for 25 %. Leave out the 100.",
                ),
            ),
            hints=(
                "How much of the 500,000 stayed on the way?",
                "Take what reached the clerk away from the whole, and divide by the whole.",
            ),
        ),
        Task(
            id="09.5",
            points=2,
            name="cases_without_price",
            what="how many documented cases have no price in figures",
            needs=("prices",),
            tolerance=0,
            solution="cases_without_price = prices.isna().sum()",
            right="21 of 52. An average of the others says nothing about these.",
            misconceptions=(
                Misconception(
                    "cases_without_price = (prices == 0).sum()",
                    "In these nothing was paid, and that is known. Missing is something else.",
                ),
                Misconception(
                    "cases_without_price = prices.isna().sum() + (prices == 0).sum()",
                    "A price of 0 is a known price: nothing was paid. Count the missing alone.",
                ),
                Misconception(
                    "cases_without_price = prices.notna().sum()",
                    "These are the cases with a price.",
                ),
                Misconception(
                    "cases_without_price = len(prices)",
                    "These are all the cases.",
                ),
                Misconception(
                    "cases_without_price = prices.isna().mean()",
                    "That is their share. How many are they?",
                ),
            ),
            hints=(
                "The example above counts the missing of three prices.",
                "prices.isna() answers True for every case without one, and .sum() counts the True.",
            ),
        ),
        Task(
            id="09.6",
            points=2,
            name="brokers_needed",
            what="with how many brokers the price comes down to 5 % above the cost",
            needs=("highest", "cost"),
            tolerance=0.02,
            solution="brokers_needed = (highest - cost) / (0.05 * cost) - 1",
            right="With ten brokers it was two thirds above the cost. The last few percent take many.",
            misconceptions=(
                Misconception(
                    "brokers_needed = (highest - cost) / 0.05",
                    "5 % of the cost is not 0.05 leaves. How many leaves may the price lie above the cost?",
                ),
                Misconception(
                    "brokers_needed = highest / (0.05 * cost) - 1",
                    "That takes the whole highest price. The brokers divide what lies between the highest price and the cost.",
                ),
                Misconception(
                    "brokers_needed = (highest - cost) / (1.05 * cost) - 1",
                    "That brings the price down to 2.05 times the cost: 1.05 times the cost lies on top. You want 0.05 times.",
                ),
                Misconception(
                    "brokers_needed = 1.05 * cost",
                    "That is the price to come down to, in leaves. With how many brokers is it reached?",
                ),
            ),
            hints=(
                "You may try numbers of brokers in the cell above, until the price is 630.",
                "The price lies (highest - cost) / (brokers + 1) above the cost. That shall be 0.05 * cost.",
                "So brokers + 1 is (highest - cost) / (0.05 * cost).",
            ),
        ),
        Task(
            id="09.7",
            points=2,
            name="days_of_access",
            what="how many days of access the copy is worth, however long it is sold",
            needs=("half_life", "log"),
            tolerance=0.02,
            solution="days_of_access = half_life / log(2)",
            right="That is tau. A thief with this copy has earned half of it after one half-life.",
            misconceptions=(
                Misconception(
                    "days_of_access = half_life",
                    "After one half-life the copy still sells, at half the price. There is more to come.",
                ),
                Misconception(
                    "days_of_access = 2 * half_life",
                    "That adds 1 + 1/2 + 1/4 + ... half-lives, as if each began at full worth and kept it to its end. The worth falls all "
                    "the time.",
                ),
                Misconception(
                    "days_of_access = half_life * log(2)",
                    "Divide by the logarithm: tau is longer than the half-life.",
                ),
                Misconception(
                    "days_of_access = (1 - 0.5 ** (365 / half_life)) * half_life / log(2)",
                    "That is what it earned in one year. It sells on: add the years after it.",
                ),
                Misconception(
                    "days_of_access = 365",
                    "That is what access earns in a year. The copy fades.",
                ),
            ),
            hints=(
                "You may add up the days, as the cell above does, for many more of them.",
                "It is tau, the half-life divided by ln 2. Python's log is ln.",
            ),
        ),
        Task(
            id="09.8",
            points=2,
            name="share_exposed",
            what="which share of the frauds samples must expose at least",
            needs=("frauds", "honest", "value", "honest_cost"),
            tolerance=0.005,
            solution="share_exposed = 1 - honest * (value / honest_cost - 1) / frauds",
            right="Five in eight are enough, where four in five offers were frauds. The market's defences are cheap.",
            misconceptions=(
                Misconception(
                    "share_exposed = 1 - honest_cost / value",
                    "That is the share of frauds at which the market stops, 60 %. How many frauds may be left, beside 20 honest sellers?",
                ),
                Misconception(
                    "share_exposed = honest * (value / honest_cost - 1) / frauds",
                    "That is the share of the frauds that may stay. The rest must be exposed.",
                ),
                Misconception(
                    "share_exposed = 1 - (1 - honest_cost / value) * (frauds + honest) / frauds",
                    "That keeps 60 frauds. But then there are only 80 offers, and 60 of 80 is more than 60 %. Count the frauds for "
                    "each honest seller.",
                ),
                Misconception(
                    "share_exposed = frauds / (frauds + honest) - (1 - honest_cost / value)",
                    "Shares of different wholes cannot be subtracted. Count: how many of the 80 frauds may stay beside 20 honest sellers?",
                ),
                Misconception(
                    "share_exposed = 100 * (1 - honest * (value / honest_cost - 1) / frauds)",
                    "A share lies between 0 and 1: write 0.25 for 25 %. Leave out the 100.",
                ),
                Misconception(
                    "share_exposed = honest * (value / honest_cost - 1)",
                    "So many frauds may stay. How many must go, and which share of all 80 is that?",
                ),
                Misconception(
                    "share_exposed = frauds - honest * (value / honest_cost - 1)",
                    "So many frauds must be exposed. Which share of all 80 is that?",
                ),
            ),
            hints=(
                "The market lives while at most 60 % of the offers are frauds. What does that mean beside 20 honest sellers?",
                "If 60 % are frauds, 40 % are honest. So each honest seller bears 60 / 40 = 1.5 frauds, which is value / honest_cost - 1.",
                "20 honest sellers bear 20 * 1.5 frauds. Which share of the 80 must go?",
            ),
        ),
        Written(
            id="09.9",
            points=3,
            what="your letter to the newspaper in your own words",
            rubric=(
                "It says that the price is a ceiling on the risk that a seller feels, not on the risk that there is, and that "
                "the stake is an assumption (1 point).",
                "It gives a number from above: what brokers keep, or what sharing or another stake does to the ceiling (1 point).",
                "It names one further reason why a price can be low or change, such as more brokers, age, a bundle, frauds or a thief's copy "
                "(1 point).",
            ),
            example=(
                "You write that one sale in 714 is found out. A price cannot tell you that. It shows what a seller believes who was free to "
                "refuse: at most 1 in 714, if 500,000 are at stake, and nobody has measured the stake. Nor does the price reach the seller. In "
                "one Korean case 96 % of it stayed on the way, so the same price would mean at most 1 in 17,900. And had the price risen, it need "
                "not be fear: fewer brokers or fresher records do the same. Ask how many look-ups are checked; that is a number that an office can "
                "publish."
            ),
        ),
    ),
    questions=(
        Question(
            "A clerk takes 700 leaves for a sale. 500,000 are at stake. What does that tell you?",
            choices=(
                wrong(
                    "The chance of being caught is 1 in 714.",
                    "It is a ceiling, not an estimate. The clerk may think of 1 in 10,000, and be glad of the rest.",
                ),
                wrong(
                    "Fewer than 1 sale in 714 is found out.",
                    "The price knows nothing of what is found out. It holds what the clerk believes, and clerks can be wrong.",
                ),
                right(
                    "The clerk believes in at most 1 in 714.",
                    "Yes, if the stake is right and nobody forced the sale. About those who refused it says nothing.",
                ),
            ),
            id="09.a",
        ),
        Question(
            "In one year, 1 in 75 of Queensland's police staff was found misusing data (F2-069). Is that the chance that a look-up is "
            "found out?",
            choices=(
                wrong(
                    "Yes: one in 75 is caught.",
                    "One in 75 of all staff, and most of them may have misused nothing. And one person can misuse data a hundred times a year.",
                ),
                right(
                    "No: it counts people found, not look-ups.",
                    "Yes. A chance needs the number of all improper look-ups, and nobody knows it: those not found are missing.",
                ),
                wrong(
                    "No: the chance is higher, since it is a floor.",
                    "It is a floor for the number of people who misuse data. The chance to be found out can still be tiny.",
                ),
            ),
            id="09.b",
        ),
        Question(
            "Two hundred services sell dossiers. Two hundred more open, and the price hardly moves. Why?",
            choices=(
                wrong(
                    "The services have agreed on a price.",
                    "Each of four hundred would gain by selling a little more, so an agreement would hardly hold. None is needed to explain it.",
                ),
                right(
                    "It was nearly the cost already.",
                    "Yes. With n brokers the price lies (A - c) / (n + 1) above the cost: little for 200, and less for 400.",
                ),
                wrong(
                    "Twice as many sellers bring twice as many buyers.",
                    "In this model the buyers stay the same, and still the price hardly moves. Put 200 and 400 into price_with.",
                ),
            ),
            id="09.c",
        ),
        Question(
            "An honest delivery is worth 1,000 leaves to the buyer, and it costs every honest seller 400. Above which share of frauds, in percent, "
            "does the market stop?",
            answer=60,
            tolerance=0.01,
            unit="percent",
            reply="A buyer pays (1 - f) * 1,000. That is 400 where f is 0.6; with more frauds no honest seller stays.",
            misconceptions=(
                wrong(
                    40,
                    "At 40 % frauds a buyer still pays 600, more than the cost. How many more frauds does it take?",
                ),
                wrong(0.6, "That is the share as a fraction of one. How much is it in percent?"),
                wrong(
                    34,
                    "That was the market of the chart, whose sellers had costs from 200 to 800. Here all have one cost, 400.",
                ),
                wrong(50, "That is where it stops at a cost of 500. Here the cost is 400."),
            ),
            id="09.d",
        ),
    ),
)
