"""Lesson 01, "A day in data": what its exercise asks, and the answers that learners give."""

from __future__ import annotations

from .questions import Question, right, wrong
from .tasks import Lesson, Misconception, Task, Written

LESSON = Lesson(
    id="01",
    title="A day in data",
    tasks=(
        Task(
            id="01.1",
            points=1,
            name="cost_of_one_year",
            what="what a year of following one person with five cars costs, in dollars",
            needs=("five_cars_per_hour",),
            solution="cost_of_one_year = five_cars_per_hour * 24 * 365",
            right="A million dollars would not last for half a year.",
            misconceptions=(
                Misconception(
                    "cost_of_one_year = five_cars_per_hour * 365",
                    "That pays for one hour on each day. Around the clock means all 24 hours of each day.",
                ),
                Misconception(
                    "cost_of_one_year = five_cars_per_hour * 24",
                    "That pays for one day. A year has 365 of them.",
                ),
                Misconception(
                    "cost_of_one_year = five_cars_per_hour * 8 * 365",
                    "That pays for a working day of 8 hours. Following somebody around the clock takes 24: "
                    "three shifts.",
                ),
                Misconception(
                    "cost_of_one_year = five_cars_per_hour * 24 * 30 * 12",
                    "Twelve months of 30 days make 360 days. Count all 365.",
                ),
            ),
            hints=(
                "How many hours does one day cost? And how many days are there?",
                "Multiply the cost of an hour by the hours in a day, then by the days in a year.",
                "Write: cost_of_one_year = five_cars_per_hour * (hours in a day) * (days in a year)",
            ),
        ),
        Task(
            id="01.2",
            points=2,
            name="people_followed",
            what="a function that counts the people whom a budget can follow around the clock",
            solution=(
                "def people_followed(budget, cost_per_hour, days):\n"
                "    people = budget / (cost_per_hour * 24 * days)\n"
                "    return people"
            ),
            inputs=(
                (1_000_000, 275, 365),
                (66_000, 275, 10),
                (100, 275, 28),
                (0, 50, 1),
                (1_000_000_000, 0.04, 0.5),
            ),
            right="The same line serves every method: only the cost of an hour changes.",
            misconceptions=(
                Misconception(
                    "def people_followed(budget, cost_per_hour, days):\n"
                    "    return budget / (cost_per_hour * days)",
                    "This is 24 times too many: it uses the cost of an hour as if it were the cost of a day. "
                    "A day around the clock has 24 hours to pay for.",
                ),
                Misconception(
                    "def people_followed(budget, cost_per_hour, days):\n"
                    "    return cost_per_hour * 24 * days / budget",
                    "This is upside down: it says what share of the budget one person takes. "
                    "To count people, divide the budget by the cost of one person.",
                ),
                Misconception(
                    "def people_followed(budget, cost_per_hour, days):\n"
                    "    return budget / cost_per_hour * 24 * days",
                    "The brackets are missing. Python divides by the cost of an hour only, and then multiplies by "
                    "24 and by the days. Put brackets around everything that you divide by.",
                ),
                Misconception(
                    "def people_followed(budget, cost_per_hour, days):\n"
                    "    return budget / (cost_per_hour * 24)",
                    "This follows everybody for one day only, whatever the number of days. "
                    "The cost of one person grows with the days.",
                ),
                Misconception(
                    "def people_followed(budget, cost_per_hour, days):\n"
                    "    return budget / (cost_per_hour * 24 * 365)",
                    "This always counts a year. Use the argument days, so that the function also answers for a "
                    "week or a month.",
                ),
                Misconception(
                    "def people_followed(budget, cost_per_hour, days):\n"
                    "    return budget // (cost_per_hour * 24 * days)",
                    "The formula is right, but // (or int) rounds down. Use / and keep the fraction: 0.5 says that "
                    "the budget lasts half of the time.",
                ),
            ),
            hints=(
                "First work out, on paper, what following one person costs for all the days. Then ask how often "
                "that fits into the budget.",
                "One person costs cost_per_hour * 24 * days. How many times does that go into budget?",
                "Divide budget by the cost of one person, with brackets around the whole of that cost.",
            ),
        ),
        Task(
            id="01.3",
            points=2,
            name="times_cheaper_at_least",
            what="how many times cheaper asking the phone company is than a beeper, at the very least",
            needs=("beeper", "phone"),
            solution="times_cheaper_at_least = beeper.low / phone.high",
            right=(
                "Bankston and Soltani propose that whatever makes following people ten times cheaper should need a "
                "warrant (F5-008). This passes that line even at the phone's highest price."
            ),
            misconceptions=(
                Misconception(
                    "times_cheaper_at_least = beeper.low / phone.low",
                    "This takes the lowest price on both sides. The phone may also cost its highest price, and then "
                    "it is fewer times cheaper: which two ends are the closest to each other?",
                ),
                Misconception(
                    "times_cheaper_at_least = beeper.high / phone.low",
                    "This is the most that it can be: the dearest beeper against the cheapest phone. "
                    "For the least, take the two ends that are the closest to each other.",
                ),
                Misconception(
                    "times_cheaper_at_least = beeper.high / phone.high",
                    "This takes the highest price on both sides. The beeper may also cost its lowest price, and then "
                    "the phone is fewer times cheaper.",
                ),
                Misconception(
                    "times_cheaper_at_least = phone.high / beeper.low",
                    "These are the right two prices, upside down. Something that is many times cheaper gives a "
                    "number far above 1: divide the dear one by the cheap one.",
                ),
                Misconception(
                    "times_cheaper_at_least = beeper.low - phone.high",
                    "That is how many dollars are saved in an hour. How many times cheaper is a ratio: divide.",
                ),
                Misconception(
                    "times_cheaper_at_least = 100 * (1 - phone.high / beeper.low)",
                    "That is the saving in percent. How many times cheaper is a ratio: divide.",
                ),
            ),
            hints=(
                "Each method has a lowest and a highest price. Draw both ranges on one line: where do they come "
                "closest?",
                "The least difference is between the cheapest beeper and the dearest phone: .low of one, .high of "
                "the other.",
                "Divide the beeper's lowest price by the phone's highest.",
            ),
        ),
        Task(
            id="01.4",
            points=2,
            name="cost_of_one_more_day",
            what="what one more day of GPS costs, in dollars, once the first week is paid for",
            needs=("gps_one_week", "gps_four_weeks"),
            solution="cost_of_one_more_day = (gps_four_weeks - gps_one_week) / 21",
            tolerance=0.02,
            right=(
                "A few cents, and even those may come from rounding in the source. The device is paid for once; "
                "after that, watching goes on by itself, and somebody would have to decide to stop it."
            ),
            misconceptions=(
                Misconception(
                    "cost_of_one_more_day = 0",
                    "Nearly, and it may be the truth: the published costs are rounded. But compute what they say: "
                    "share out what lies between the two totals. It comes to a few cents.",
                ),
                Misconception(
                    "cost_of_one_more_day = gps_four_weeks / 28",
                    "That is the average cost of a day: it shares the price of the device out over all 28. "
                    "One more day adds only what changes between a week and four weeks.",
                ),
                Misconception(
                    "cost_of_one_more_day = gps_one_week / 7",
                    "That is the average cost of a day in the first week, device included. "
                    "One more day adds only what changes between a week and four weeks.",
                ),
                Misconception(
                    "cost_of_one_more_day = gps_four_weeks - gps_one_week",
                    "That is what all 21 further days cost together. Share it out over them.",
                ),
                Misconception(
                    "cost_of_one_more_day = (gps_four_weeks - gps_one_week) / 28",
                    "The difference pays for the days after the first week: 28 less 7 of them.",
                ),
                Misconception(
                    "cost_of_one_more_day = (gps_four_weeks - gps_one_week) / 3",
                    "That is what one more week costs. A week has seven days.",
                ),
            ),
            hints=(
                "What do four weeks cost more than one week? Compare the two totals.",
                "Between one week and four weeks lie 28 - 7 = 21 days.",
                "Divide the difference between the two totals by those 21 days.",
            ),
        ),
        Task(
            id="01.5",
            points=2,
            name="records_that_day",
            what="how many records this citizen left on this day",
            needs=("records", "citizen", "day"),
            tolerance=0,
            solution=(
                'records_that_day = len(records[(records["id_number"] == citizen) & (records["day"] == day)])'
            ),
            right="Nobody followed this citizen. Each record was written by somebody who needed it for something else.",
            misconceptions=(
                Misconception(
                    'records_that_day = len(records[records["id_number"] == citizen])',
                    "These are this citizen's records of every day. Keep only those of the one day.",
                ),
                Misconception(
                    'records_that_day = len(records[records["day"] == day])',
                    "These are everybody's records of the day. Keep only those of the one citizen.",
                ),
                Misconception(
                    'of_the_day = records[(records["id_number"] == citizen) & (records["day"] == day)]\n'
                    'records_that_day = of_the_day["registry"].nunique()',
                    "That counts the registries that hold something about this day. One registry can hold many "
                    "records of one day: count the rows.",
                ),
                Misconception(
                    'records_that_day = records[(records["id_number"] == citizen) & (records["day"] == day)].size',
                    "size counts every cell of the table. One record is one row: use len.",
                ),
            ),
            hints=(
                "A record counts if two things are true: it is about this citizen, and it is from this day.",
                'records[records["day"] == day] keeps the rows of the day. '
                "Two conditions are joined with &, each in round brackets.",
                'Put len( ) around records[(records["id_number"] == ...) & (records["day"] == ...)].',
            ),
        ),
        Task(
            id="01.6",
            points=1,
            name="mean_records",
            what="the mean number of records that a person in Sorrel left on this day",
            needs=("records", "people", "day"),
            tolerance=0.001,
            solution='mean_records = len(records[records["day"] == day]) / len(people)',
            right="Infants and people without a phone are in it too: a mean is per person, not per person seen.",
            misconceptions=(
                Misconception(
                    'of_the_day = records[records["day"] == day]\n'
                    'mean_records = len(of_the_day) / of_the_day["id_number"].nunique()',
                    "This leaves out everybody who left no record on this day. They are people of Sorrel, with 0 "
                    "records: divide by all of them.",
                ),
                Misconception(
                    "mean_records = len(records) / len(people)",
                    "This takes the records of all days. Keep only those of the one day.",
                ),
                Misconception(
                    'mean_records = len(people) / len(records[records["day"] == day])',
                    "This is upside down: people per record. Divide the records by the people.",
                ),
            ),
            hints=(
                "A mean is a total divided by a number of people. Which total, and how many people?",
                "len(people) counts everybody in Sorrel, with or without records.",
            ),
        ),
        Task(
            id="01.7",
            points=2,
            name="median_records",
            what="the number of records that the person in the middle left on this day",
            needs=("records", "people", "day"),
            tolerance=0,
            solution=(
                'counts = records[records["day"] == day].groupby("id_number").size()\n'
                'median_records = counts.reindex(people["id_number"], fill_value=0).median()'
            ),
            right="Compare it with the mean: which of the two would you call a typical day?",
            misconceptions=(
                Misconception(
                    'median_records = records[records["day"] == day].groupby("id_number").size().median()',
                    "This is the middle of those who left at least one record. groupby never sees the others: "
                    "put them back with 0, using reindex.",
                ),
                Misconception(
                    'median_records = len(records[records["day"] == day]) / len(people)',
                    "That is the mean. The median is the number of the person in the middle, once everybody "
                    "stands in a row from the fewest records to the most.",
                ),
            ),
            hints=(
                'records[records["day"] == day].groupby("id_number").size() counts each person\'s records.',
                'Whoever left none is missing from those counts. counts.reindex(people["id_number"], '
                "fill_value=0) puts them back with 0.",
                "Put .median() at the end.",
            ),
        ),
        Written(
            id="01.8",
            points=3,
            what="an explanation in your own words",
            rubric=(
                "It says that one more person, or one more day, costs next to nothing once the recording is in "
                "place, and gives a number from this exercise for it (1 point).",
                "It says that records are kept of everybody by default, for other purposes: billing, safety, "
                "tax (1 point).",
                "It draws the conclusion: the choice is no longer whom to watch, but whether to look, and "
                "whether to keep (1 point).",
            ),
            example=(
                "Five cars cost 275 dollars for every further hour, so somebody has to decide that this one "
                "person is worth it. A record costs nearly nothing more: another day of GPS came to a few cents, "
                "and the phone network, the bank and the hotel write theirs anyway, about everybody, for reasons "
                "of their own. So nobody decides to watch you. It has already happened when somebody decides to "
                "look; what is left to decide is whether to keep the records, and who may open them."
            ),
        ),
    ),
    questions=(
        Question(
            "Why did the phone company write down her cell?",
            choices=(
                wrong(
                    "Because somebody had asked to have her watched.",
                    "Nothing sets her apart: the company keeps the same lines about everybody who carries a phone. "
                    "Change the citizen in the chart and you find theirs.",
                ),
                right(
                    "Because a call has to find her phone, and has to be billed.",
                    "Yes. The record is a by-product. Nobody had to want it for its own sake.",
                ),
                wrong(
                    "Because she agreed to be located on that day.",
                    "She agreed once, to a contract for a phone. Nobody asked her about this day, or about any day.",
                ),
            ),
            id="01.a",
        ),
        Question(
            "You have 2 million dollars. Five cars cost 275 dollars an hour. How many people can you follow around the "
            "clock for 14 days? Use `people_followed`.",
            answer=2_000_000 / (275 * 24 * 14),
            tolerance=0.04,
            unit="people",
            reply="One person costs 92,400 dollars for 14 days, and that goes about 21.6 times into 2 million.",
            misconceptions=(
                wrong(
                    2_000_000 / (275 * 14),
                    "That is 24 times too many: it pays for one hour on each day. Around the clock means 24.",
                ),
                wrong(
                    2_000_000 / (275 * 24),
                    "That follows them for one day. Each of the 14 days costs as much again.",
                ),
                wrong(
                    2_000_000 / 275,
                    "That is how many hours you can pay for. One person takes 24 of them a day, for 14 days.",
                ),
                wrong(
                    275 * 24 * 14,
                    "That is what one person costs, in dollars. How often does it go into 2 million?",
                ),
            ),
            id="01.b",
        ),
        Question(
            "The device has followed somebody for 28 days. What does the 29th day cost?",
            choices=(
                wrong(
                    "About 9 dollars: 24 hours at 36 cents.",
                    "36 cents is an average: the one payment, shared out over the hours so far. One more day adds nothing "
                    "to the payment; it only makes the average smaller.",
                ),
                wrong(
                    "240 dollars, like the days before.",
                    "240 dollars were paid once, for the device, and served all 28 days. It need not be bought again.",
                ),
                right(
                    "Next to nothing: the device is paid for.",
                    "Yes. The marginal cost is near zero, so going on needs no decision. Stopping would need one.",
                ),
            ),
            id="01.c",
        ),
        Question(
            "Who decided that there would be a record of her in the café?",
            choices=(
                wrong(
                    "Somebody who suspected her of something.",
                    "Then the other guests would have none. Each of them has one.",
                ),
                wrong(
                    "She did, when she sat down there.",
                    "She decided to use the internet. The line came with the chair, and she could not take one without "
                    "the other.",
                ),
                right(
                    "Whoever made the rule, once, about everybody.",
                    "Yes. One decision long ago writes a line for every guest from then on. To look at hers is a second "
                    "decision, and a cheap one.",
                ),
            ),
            id="01.d",
        ),
    ),
)
