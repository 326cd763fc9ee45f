"""Lesson 12, "A market for secrets": what its exercise asks, and the answers that learners give."""

from __future__ import annotations

from .questions import Question, right, wrong
from .tasks import Lesson, Misconception, Task, Written

LESSON = Lesson(
    id="12",
    title="A market for secrets",
    tasks=(
        Task(
            id="12.1",
            points=1,
            name="lowest_price",
            what="the lowest price at which this official offers",
            needs=("part", "risk", "stake", "moral_cost"),
            tolerance=0.001,
            solution="lowest_price = (moral_cost + risk * stake) / part",
            right="80 of what he gets pay for the risk, 60 for the conscience, and the brokers keep more than both.",
            misconceptions=(
                Misconception(
                    "lowest_price = moral_cost + risk * stake",
                    "That is what the official must get. He gets only a part of the price.",
                ),
                Misconception(
                    "lowest_price = (moral_cost + risk * stake) * part",
                    "The price must be higher than what he gets, not lower. Part times price is what he gets.",
                ),
                Misconception(
                    "lowest_price = risk * stake / part",
                    "That pays for the risk only. The conscience wants something too.",
                ),
                Misconception(
                    "lowest_price = moral_cost + risk * stake / part",
                    "The part counts for both: all that he gets is a part of the price.",
                ),
                Misconception(
                    "lowest_price = moral_cost / part + risk * stake",
                    "The part counts for both: the risk too must be paid from his part of the price.",
                ),
            ),
            hints=(
                "What must reach the official at least? Two things add up.",
                "What reaches him is part * price. Set that equal to the sum.",
            ),
        ),
        Task(
            id="12.2",
            points=2,
            name="sales_left",
            what="a function that gives the sales that are left at a new price",
            solution=(
                "def sales_left(sales, old_price, new_price, elasticity):\n"
                "    left = sales * (new_price / old_price) ** -elasticity\n"
                "    return left"
            ),
            inputs=(
                (100, 300, 300, 0.5),
                (100, 300, 600, 0.5),
                (100, 300, 600, 2),
                (80, 200, 150, 1),
                (80, 200, 900, 0),
            ),
            right="The state does not appear in it. Only the price does, and how much the buyers need it.",
            misconceptions=(
                Misconception(
                    "def sales_left(sales, old_price, new_price, elasticity):\n"
                    "    return sales * (new_price / old_price) ** elasticity",
                    "At a higher price that gives more sales. One sign is missing.",
                ),
                Misconception(
                    "def sales_left(sales, old_price, new_price, elasticity):\n"
                    "    return sales * (1 - elasticity * (new_price / old_price - 1))",
                    "That is nearly right for a small change only: if the price triples at elasticity 1, it leaves less than nothing. Use a power.",
                ),
                Misconception(
                    "def sales_left(sales, old_price, new_price, elasticity):\n"
                    "    return sales * (new_price / old_price) * -elasticity",
                    "One star multiplies. A power is written with two stars, ** in Python.",
                ),
                Misconception(
                    "def sales_left(sales, old_price, new_price, elasticity):\n"
                    "    return (new_price / old_price) ** -elasticity",
                    "That is the share of the sales that is left. How many are they?",
                ),
                Misconception(
                    "def sales_left(sales, old_price, new_price, elasticity):\n"
                    "    return sales * (new_price - old_price) ** -elasticity if new_price > old_price else sales",
                    "What counts is how many times as high the price is, not how many leaves higher.",
                ),
            ),
            hints=(
                "How many times the old price is the new one?",
                "Raise that to the power of minus the elasticity. In Python a power is written **.",
                "Multiply by the sales.",
            ),
        ),
        Task(
            id="12.3",
            points=2,
            name="meeting_price",
            what="the lowest whole price at which as many offer as order",
            needs=("np", "prices", "orders", "offers"),
            tolerance=0,
            solution="meeting_price = prices[(offers(prices, 3 / 10_000) >= orders(prices)).argmax()]",
            right="In the lesson it was 296 at a risk of 1 in 10,000. Then 50 of the official's 148 leaves paid for the risk; now it is 150 "
            "of 240. The rest does not grow with the risk, so the price did not triple.",
            misconceptions=(
                Misconception(
                    "meeting_price = prices[(offers(prices, 1 / 10_000) >= orders(prices)).argmax()]",
                    "That is the price at a risk of 1 in 10,000. The risk is 3 in 10,000 now.",
                ),
                Misconception(
                    "meeting_price = (offers(prices, 3 / 10_000) >= orders(prices)).argmax()",
                    "That is the place in the list, and the list begins at 50. Ask prices for what stands at that place.",
                ),
                Misconception(
                    "meeting_price = prices[(offers(prices, 3 / 10_000) > 0).argmax()]",
                    "At that price the first official offers. You need as many offers as orders.",
                ),
                Misconception(
                    "meeting_price = prices[(offers(prices, 3 / 10_000) < orders(prices)).argmax()]",
                    "That is the first price at which too few offer. Turn the sign round.",
                ),
            ),
            hints=(
                "Compare offers(prices, risk) with orders(prices): that gives True or False for each price.",
                "argmax() gives the place of the first True.",
                "prices[place] is the price that stands there.",
            ),
        ),
        Task(
            id="12.4",
            points=2,
            name="next_price",
            what="a function that gives the price of tomorrow",
            solution=(
                "def next_price(price, orders, offers):\n"
                "    short = (orders - offers) / max(orders, offers, 1)\n"
                "    tomorrow = price * (1 + 0.2 * short)\n"
                "    return tomorrow"
            ),
            inputs=((300, 100, 100), (300, 100, 0), (300, 0, 50), (250, 80, 60), (250, 0, 0), (400, 30, 90)),
            right="Another rule than the lesson's, and it rests at the same place: where orders and offers are equal.",
            misconceptions=(
                Misconception(
                    "def next_price(price, orders, offers):\n"
                    "    return price * (1 + 0.2 * (offers - orders) / max(orders, offers, 1))",
                    "Yours falls when orders go unfilled. Which of the two must come first?",
                ),
                Misconception(
                    "def next_price(price, orders, offers):\n"
                    "    return price * 0.2 * (orders - offers) / max(orders, offers, 1)",
                    "That is only by how much the price changes. The price of today is missing.",
                ),
                Misconception(
                    "def next_price(price, orders, offers):\n"
                    "    return price + 0.2 * (orders - offers) / max(orders, offers, 1)",
                    "That adds a fifth of a leaf at most. The change is a share of the price.",
                ),
                Misconception(
                    "def next_price(price, orders, offers):\n"
                    "    return price * (1 + 0.2 * (orders - offers) / max(orders + offers, 1))",
                    "That is the lesson's rule, which divides by orders and offers together. Here the larger of the two counts.",
                ),
                Misconception(
                    "def next_price(price, orders, offers):\n"
                    "    return price * (1 + (orders - offers) / max(orders, offers, 1))",
                    "That moves the price by the whole shortage. It should be a fifth of it.",
                ),
            ),
            hints=(
                "First the shortage: orders minus offers, as a share of the larger of the two.",
                "max(orders, offers, 1) is the larger one, and never 0.",
                "The price changes by 0.2 times the shortage, as a share of itself.",
            ),
        ),
        Task(
            id="12.5",
            points=2,
            name="days_to_forget",
            what="the days until the office believes in 2 in 10,000 again",
            needs=("base", "risk_today", "risk_then"),
            tolerance=0,
            solution=(
                "days_to_forget = 0\n"
                "risk_now = risk_today\n"
                "while risk_now > risk_then:\n"
                "    risk_now = risk_now - 0.01 * (risk_now - base)\n"
                "    days_to_forget = days_to_forget + 1"
            ),
            right="Most of a year, for one arrest. And if there is no second one, it is forgotten all the same.",
            misconceptions=(
                Misconception(
                    "days_to_forget = 1 - risk_then / risk_today\ndays_to_forget = round(days_to_forget / 0.01)",
                    "That takes the same amount away every day. What is forgotten is one percent of what is left above the base.",
                ),
                Misconception(
                    "days_to_forget = 0\n"
                    "risk_now = risk_today\n"
                    "while risk_now > risk_then:\n"
                    "    risk_now = risk_now - 0.01 * risk_now\n"
                    "    days_to_forget = days_to_forget + 1",
                    "That forgets everything, the base too. Only what lies above the base fades.",
                ),
                Misconception(
                    "days_to_forget = 229",
                    "After 229 days it is still a little above 2 in 10,000. Round up.",
                ),
                Misconception(
                    "days_to_forget = 69",
                    "After 69 days half of what lies above the base is left: 6 in 10,000. Go on.",
                ),
                Misconception(
                    "days_to_forget = 100",
                    "One percent a day is not all of it after 100 days: each day's percent is of less.",
                ),
            ),
            hints=(
                "Begin with risk_now = risk_today and count the days in a while loop.",
                "Each day: risk_now = risk_now - 0.01 * (risk_now - base).",
                "The loop goes on while risk_now > risk_then. With logarithms: log((risk_then - base) / (risk_today - base)) / log(0.99), rounded up.",
            ),
        ),
        Task(
            id="12.6",
            points=1,
            name="fall_of_sales",
            what="the share by which sales fell",
            needs=("calm", "guarded", "last_90"),
            tolerance=0.002,
            solution='fall_of_sales = 1 - guarded["sales"][last_90].mean() / calm["sales"][last_90].mean()',
            right="Only 8 in 100, although half of the offices were closed to the market. Other years differ by chance, as in the lesson. Where did "
            "the orders go?",
            misconceptions=(
                Misconception(
                    'fall_of_sales = guarded["sales"][last_90].mean() / calm["sales"][last_90].mean()',
                    "That is the share that is left. You need what is gone.",
                ),
                Misconception(
                    'fall_of_sales = calm["sales"][last_90].mean() - guarded["sales"][last_90].mean()',
                    "That is the fall in sales a day. As a share of what?",
                ),
                Misconception(
                    'fall_of_sales = 1 - guarded["sales"].mean() / calm["sales"].mean()',
                    "That takes in the half year before anything was done. Look at the last 90 days only.",
                ),
                Misconception(
                    'fall_of_sales = 1 - guarded["sales_reached"][last_90].mean() / calm["sales_reached"][last_90].mean()',
                    "That is the fall in the offices with canaries alone. Take the column of all sales.",
                ),
                Misconception(
                    'fall_of_sales = 100 * (1 - guarded["sales"][last_90].mean() / calm["sales"][last_90].mean())',
                    "A share lies between 0 and 1: write 0.25 for 25 %. Leave out the 100.",
                ),
            ),
            hints=(
                "Compare the same days of the two tables.",
                'calm["sales"][last_90].mean() is what is sold a day if nothing is done.',
                "Divide one by the other, and take the result from 1.",
            ),
        ),
        Task(
            id="12.7",
            points=2,
            name="share_displaced",
            what="the share of the lost sales that came back elsewhere",
            needs=("lost_in_guarded", "gained_elsewhere"),
            tolerance=0.002,
            solution="share_displaced = gained_elsewhere / lost_in_guarded",
            right="So whoever looks at the guarded offices alone sees a triumph.",
            misconceptions=(
                Misconception(
                    "share_displaced = lost_in_guarded / gained_elsewhere",
                    "That is above 1. Of the lost sales, some came back: the lost ones are the whole.",
                ),
                Misconception(
                    "share_displaced = 1 - gained_elsewhere / lost_in_guarded",
                    "That is the share that is really gone.",
                ),
                Misconception(
                    "share_displaced = gained_elsewhere / (gained_elsewhere + lost_in_guarded)",
                    "You add what was lost and what came back. What came back is a part of what was lost.",
                ),
                Misconception(
                    "share_displaced = gained_elsewhere - lost_in_guarded",
                    "That is the change in all sales. For a share, divide.",
                ),
            ),
            hints=(
                "What is the whole here, and what is the part?",
                "The whole: what was lost in the guarded offices.",
            ),
        ),
        Task(
            id="12.8",
            points=1,
            name="cost_per_leak",
            what="what it costs to prevent one leak",
            needs=("budget", "leaks_before", "leaks_after"),
            tolerance=0.001,
            solution="cost_per_leak = budget / (leaks_before - leaks_after)",
            right="More than a buyer pays for the record. Whether it is worth it depends on the harm that a leak does, which is no part of any price "
            "here.",
            misconceptions=(
                Misconception(
                    "cost_per_leak = budget / leaks_before",
                    "Most of those leaks happen all the same. Divide by the leaks that are prevented.",
                ),
                Misconception(
                    "cost_per_leak = budget / leaks_after",
                    "Those are the leaks that are left. Divide by the leaks that are prevented.",
                ),
                Misconception(
                    "cost_per_leak = (leaks_before - leaks_after) / budget",
                    "That is how many leaks one leaf prevents. Turn it round.",
                ),
            ),
            hints=(
                "How many leaks does the budget prevent in a day?",
                "leaks_before - leaks_after of them. They share the budget.",
            ),
        ),
        Written(
            id="12.9",
            points=3,
            what="your note to the minister in your own words",
            rubric=(
                "It says that a price can rise while sales hardly fall, and that buyers who need the record (a low elasticity) make it so "
                "(1 point).",
                "It gives a number from above for what came back: displacement to other offices, or risk that is forgotten (1 point).",
                "It asks for what would have to be measured, such as sales in all offices and for long enough, or says that the model's numbers are "
                "assumptions (1 point).",
            ),
            example=(
                "The price has doubled, but that is no measure of what leaks. If a price twice as high drives away only three in ten buyers, seven in "
                "ten are served as before, and the brokers earn more. Nor do the offices that you guarded tell you much: in our model they sold "
                "nothing any more, and yet the market lost only a few percent, because the orders went next door. And what an arrest teaches is "
                "forgotten within a year if no other follows. All these numbers rest on assumptions, so ask for a measurement: the same test "
                "purchases in all offices, guarded or not, before, at once and half a year later."
            ),
        ),
    ),
    questions=(
        Question(
            "Pressure doubles the price of a record. The elasticity is 0.5, and 100 records a day were sold. How many are sold now?",
            answer=70.7,
            tolerance=0.02,
            unit="a day",
            reply="2 to the power of -0.5 is 0.71. The price has doubled, and seven in ten sales go on.",
            misconceptions=(
                wrong(0.707, "That is the share that is left. How many of 100?"),
                wrong(50, "That is what an elasticity of 1 gives: twice the price, half the sales."),
                wrong(25, "That is what an elasticity of 2 gives. At 0.5 buyers give up less easily."),
                wrong(141, "That is 2 to the power of 0.5: more sales at a higher price. Mind the sign."),
                wrong(
                    0,
                    "Then nobody would need it at twice the price. At an elasticity of 0.5 most do.",
                ),
            ),
            id="12.a",
        ),
        Question(
            "Overnight the state begins to audit ten times as many sales. It tells nobody. How much riskier is a sale to the officials the next "
            "morning?",
            choices=(
                wrong(
                    "Ten times as risky: ten times as many are audited.",
                    "That is the true risk. Nobody knows it. What they know is what they have seen.",
                ),
                wrong(
                    "A little: rumours spread fast.",
                    "Rumours of what? Nobody has been arrested yet. In this model the first arrests are the news.",
                ),
                right(
                    "Not at all: they have seen no arrest yet.",
                    "Yes. Until arrests are seen, nothing has changed for them. A threat that nobody has heard of deters nobody.",
                ),
            ),
            id="12.b",
        ),
        Question(
            "Canaries close half of the offices to the market. In the market as a whole only 8 in 100 sales are lost. Who filled the orders?",
            choices=(
                right(
                    "Officials next door, who had asked for more.",
                    "Yes. A slightly higher price is enough: in the other offices many stand just above their line.",
                ),
                wrong(
                    "The officials with canaries, who went on in secret.",
                    "The dotted line says that they sell nothing. Nor would they: half of the price is far less than their risk now.",
                ),
                wrong(
                    "Nobody: the buyers had left before.",
                    "Look at the blue line: most of the sales are still there.",
                ),
            ),
            id="12.c",
        ),
        Question(
            "30,000 leaves a day, spent on better pay alone, prevent less than one leak in a hundred. Why?",
            choices=(
                wrong(
                    "Money does not matter to these officials.",
                    "It is all that they weigh, beside their conscience. Double the pay in the chart of the year, and sales do fall.",
                ),
                wrong(
                    "Better pay makes the officials more honest, but slowly.",
                    "Nothing in the model is slow about it: the stake rises on the first day. Ask what one percent costs, and what it adds to the risk.",
                ),
                right(
                    "It goes to everybody, and multiplies a tiny risk.",
                    "Yes. All 10,000 get it, though hardly 100 sell. And one percent more of a stake that is lost once in 10,000 sales is half a "
                    "leaf.",
                ),
            ),
            id="12.d",
        ),
    ),
)
