"""Lesson 05, "One number": what its exercise asks, and the answers that learners give."""

from __future__ import annotations

from .questions import Question, right, wrong
from .tasks import Lesson, Misconception, Task, Written

LESSON = Lesson(
    id="05",
    title="One number",
    tasks=(
        Task(
            id="05.1",
            points=1,
            name="sex_of",
            what="a function that reads the sex from an ID number",
            solution=(
                "def sex_of(number):\n"
                "    serial = int(number[14:17])\n"
                '    sex = "male"\n'
                "    if serial % 2 == 0:\n"
                '        sex = "female"\n'
                "    return sex"
            ),
            inputs=(
                ("670005196906242246",),
                ("670001199208184710",),
                ("670002197103248156",),
                ("67000019240510227X",),
                ("670007199412251560",),
            ),
            right="You read a stranger's sex from a number, and could read the birthday from the same slip of paper.",
            misconceptions=(
                Misconception(
                    'def sex_of(number):\n    return "male" if int(number[14:17]) % 2 == 0 else "female"',
                    "It is the other way round: odd serials are men's.",
                ),
                Misconception(
                    "def sex_of(number):\n"
                    '    last = 10 if number[17] == "X" else int(number[17])\n'
                    '    return "female" if last % 2 == 0 else "male"',
                    "That reads the check character, which says nothing about the person. The serial ends one place before it.",
                ),
                Misconception(
                    'def sex_of(number):\n    return "female" if int(number[13:16]) % 2 == 0 else "male"',
                    "Python counts from 0: the first character is number[0]. So the serial, characters 15 to 17, "
                    "is one place further on.",
                ),
                Misconception(
                    'def sex_of(number):\n    return "female" if int(number[15:18]) % 2 == 0 else "male"',
                    "That piece begins one place too late, and takes in the check character. Python counts from 0: the first "
                    "character is number[0].",
                ),
                Misconception(
                    'def sex_of(number):\n    return "female" if number[14:17] % 2 == 0 else "male"',
                    "A piece of the number is text; int( ) makes a number of it. Inside the square brackets a colon stands "
                    "between where it begins and where it ends.",
                ),
                Misconception(
                    'def sex_of(number):\n    if int(number[14:17]) % 2 == 0:\n        sex = "female"\n    return sex',
                    "For an odd serial nothing is said, so sex has no value. Give it one before the if.",
                ),
                Misconception(
                    'def sex_of(number):\n    return "female" if int(number[6:14]) % 2 == 0 else "male"',
                    "That is the birth date. The three characters of the serial come after it.",
                ),
                Misconception(
                    "def sex_of(number):\n    return int(number[14:17]) % 2",
                    'That is 0 or 1. Give a word back: "female" or "male".',
                ),
            ),
            hints=(
                "Cut the serial out, as the cell above cuts out the birth date. It comes right after that.",
                "Python counts from 0 and leaves out the end: number[14:17]. int( ) makes a number of it, and % 2 gives 0 for an "
                "even one.",
                'Begin with sex = "male". Then if serial % 2 == 0: asks, and under it, four places further in, stands sex = "female".',
            ),
        ),
        Task(
            id="05.2",
            points=1,
            name="weight_of",
            what="a function that gives the weight of each place of a number",
            solution="def weight_of(place):\n    weight = 2 ** (17 - place)\n    return weight",
            inputs=((0,), (17,), (1,), (5,), (16,)),
            right="Of two neighbours one has twice the weight of the other. So a swap of two different characters cannot hide.",
            misconceptions=(
                Misconception(
                    "def weight_of(place):\n    return 2 ** place",
                    "The weights run the wrong way: the first place, 0, has the largest, and the last, 17, has 1.",
                ),
                Misconception(
                    "def weight_of(place):\n    return 2 ** (17 - place) % 11",
                    "These are the weights with their elevens taken off. Here leave them in.",
                ),
                Misconception(
                    "def weight_of(place):\n    return 2 ^ (17 - place)",
                    "In Python ^ is something else. Two stars raise to a power: 2 ** 3 is 8.",
                ),
                Misconception(
                    "def weight_of(place):\n    return 2 ** (18 - place)",
                    "Each weight is twice what it should be. Python's first place is 0, and its weight is 2 ** 17.",
                ),
                Misconception(
                    "def weight_of(place):\n    return 2 * (17 - place)",
                    "One * multiplies. Two of them raise to a power: 2 ** 3 is 8.",
                ),
                Misconception(
                    "def weight_of(place):\n    return 17 - place",
                    "That is the power to which 2 is raised. Write it behind 2 **, in brackets.",
                ),
                Misconception(
                    "def weight_of(place):\n    return 2 ** 17 - place",
                    "Python raises to the power first and subtracts afterwards. Put brackets around 17 - place.",
                ),
            ),
            hints=(
                "At place 0 the weight is 2 ** 17, at place 1 it is 2 ** 16. What is it at place 17?",
                "The power falls by one from place to place: 17, 16, 15 and so on. It is 17 minus the place.",
                "Raise 2 to the power of (17 - place), with the brackets.",
            ),
        ),
        Task(
            id="05.3",
            points=1,
            name="expected_unnoticed",
            what="how many of the numbers with two wrong characters you expect to pass the check",
            needs=("numbers_mistyped",),
            tolerance=0.001,
            solution="expected_unnoticed = numbers_mistyped / 10",
            right="One in ten: the second slip undoes the first. And a number that nobody mistyped passes whoever it belongs to.",
            misconceptions=(
                Misconception(
                    "expected_unnoticed = 0",
                    "All single slips are noticed, and all swaps of neighbours. Two slips at random are not.",
                ),
                Misconception(
                    "expected_unnoticed = numbers_mistyped * 0.9",
                    "So many are noticed. You are asked for those that pass.",
                ),
                Misconception(
                    "expected_unnoticed = numbers_mistyped / 11",
                    "There are eleven remainders, but a slip never moves the remainder by 0: ten moves are left.",
                ),
                Misconception(
                    "expected_unnoticed = numbers_mistyped / 100",
                    "Only the second slip has to hit: it must undo the first, whatever that was.",
                ),
                Misconception(
                    "expected_unnoticed = numbers_mistyped",
                    "Then the check would notice none of them. Most it does notice.",
                ),
            ),
            hints=(
                "The first slip moves the remainder by 1 to 10. What must the second one do?",
                "It must move it back by exactly as much: one of ten moves.",
                "Take a tenth of numbers_mistyped.",
            ),
        ),
        Task(
            id="05.4",
            points=2,
            name="records_found",
            what="how many records the eight registries hold under this number",
            needs=("registries", "citizen"),
            tolerance=0,
            solution=(
                "records_found = 0\n"
                "for registry in registries.values():\n"
                '    records_found = records_found + len(registry[registry["id_number"] == citizen])'
            ),
            right="Three lines, and it runs for any of the 10,000.",
            misconceptions=(
                Misconception(
                    'records_found = sum((registry["id_number"] == citizen).any() for registry in registries.values())',
                    "That counts the registries that know this citizen. Count their records.",
                ),
                Misconception(
                    "records_found = sum(len(registry) for registry in registries.values())",
                    "That is everybody's records. Keep only the rows with the citizen's number.",
                ),
                Misconception(
                    "for registry in registries.values():\n"
                    '    records_found = len(registry[registry["id_number"] == citizen])',
                    "Each turn of the loop forgets the one before, so this is the last registry alone. Add to what you have.",
                ),
                Misconception(
                    'records_found = sum((registry["id_number"] == citizen).sum() for registry in registries.values()) + '
                    '(registries["rentals"]["landlord"] == citizen).sum()',
                    "That also counts where the number stands as a landlord's. Here only the column id_number is asked for.",
                ),
                Misconception(
                    "records_found = len(registries)",
                    "That counts the registries. Count the rows in them that have the citizen's number.",
                ),
            ),
            hints=(
                'registry[registry["id_number"] == citizen] keeps the citizen\'s rows, and len( ) counts them.',
                "Start with records_found = 0. Then go through registries.values() with for, and add each count.",
                'In the loop: records_found = records_found + len(registry[registry["id_number"] == citizen]).',
            ),
        ),
        Task(
            id="05.5",
            points=2,
            name="number_of_companions",
            what="how many different people shared a hotel room with this citizen",
            needs=("pairs", "citizen"),
            tolerance=0,
            solution=(
                'shared = pairs[(pairs["id_number"] == citizen) & (pairs["companion"] != citizen)]\n'
                'number_of_companions = shared["companion"].nunique()'
            ),
            right="None of them ordered anything, and each left a number behind.",
            misconceptions=(
                Misconception(
                    'number_of_companions = pairs[pairs["id_number"] == citizen]["companion"].nunique()',
                    "One too many: joined with itself, the list pairs every guest with themselves too.",
                ),
                Misconception(
                    'number_of_companions = len(pairs[(pairs["id_number"] == citizen) & (pairs["companion"] != citizen)])',
                    "That counts nights in company: who came along twice counts twice. Ask for different people.",
                ),
                Misconception(
                    'number_of_companions = len(pairs[pairs["id_number"] == citizen])',
                    "These are all rows, with the citizen as their own companion, and with repeated ones.",
                ),
                Misconception(
                    'number_of_companions = pairs["companion"].nunique()',
                    "These are the companions of everybody. Keep the citizen's rows first.",
                ),
                Misconception(
                    'number_of_companions = pairs[(pairs["id_number"] == citizen) & (pairs["companion"] != citizen)]["id_number"].nunique()',
                    "That counts whose rows these are: one person's. Count in the other column.",
                ),
            ),
            hints=(
                "Two things must hold for a row: it is the citizen's, and the companion is somebody else.",
                'Join the two with &, each in round brackets; != asks whether two things differ. Then take the column "companion".',
                ".nunique() counts how many different values a column holds.",
            ),
        ),
        Task(
            id="05.6",
            points=1,
            name="rows_of_merge",
            what="how many rows merge gives for this citizen's stays and deposits",
            needs=("stays_count", "deposits_count"),
            tolerance=0,
            solution="rows_of_merge = stays_count * deposits_count",
            right=(
                "Every stay meets every deposit. No record was added, but whoever adds up a column of this table counts "
                "the same money several times."
            ),
            misconceptions=(
                Misconception(
                    "rows_of_merge = stays_count + deposits_count",
                    "That is concat: tables below each other. merge makes a row for each stay together with each deposit.",
                ),
                Misconception(
                    "rows_of_merge = max(stays_count, deposits_count)",
                    "merge does not put the first stay beside the first deposit. Every stay meets every deposit with its number.",
                ),
                Misconception(
                    "rows_of_merge = min(stays_count, deposits_count)",
                    "merge does not use each record once. Every stay meets every deposit with its number.",
                ),
                Misconception(
                    "rows_of_merge = 1",
                    "One person, but several records on each side. Each stay meets each deposit.",
                ),
            ),
            hints=(
                "Draw two stays on the left, three deposits on the right, and a line for each pair with the same number.",
                "All have the same number, so every stay is joined to every deposit.",
                "Multiply the two counts.",
            ),
        ),
        Task(
            id="05.7",
            points=2,
            name="people_lost",
            what="how many people of Sorrel disappear when the list of people is merged with the hotel stays",
            needs=("people", "stays"),
            tolerance=0,
            solution='people_lost = (~people["id_number"].isin(stays["id_number"])).sum()',
            right=(
                'Two thirds of Sorrel. how="left" keeps them, with empty cells. Whoever computes a mean after a plain merge '
                "computes it for hotel guests."
            ),
            misconceptions=(
                Misconception(
                    'people_lost = ~people["id_number"].isin(stays["id_number"]).sum()',
                    "Brackets first: ( ) around ~ and all that it turns round, then .sum().",
                ),
                Misconception(
                    'people_lost = len(people) - len(people.merge(stays, on="id_number"))',
                    "That subtracts rows, and who stayed twice has two. Count people, each once.",
                ),
                Misconception(
                    'people_lost = people["id_number"].isin(stays["id_number"]).sum()',
                    "These are the people who stay. You need the others: ~ turns True and False round.",
                ),
                Misconception(
                    "people_lost = 0",
                    "A plain merge keeps only numbers that both tables hold. Many people are in no hotel's list.",
                ),
                Misconception(
                    'people_lost = (~people["id_number"].isin(stays["id_number"])).mean()',
                    "That is their share. Count them with .sum().",
                ),
            ),
            hints=(
                "Who disappears? Those whose number is in no row of stays.",
                'people["id_number"].isin(stays["id_number"]) is True for those who stay; ~ in front turns it round.',
                "Put the whole in brackets, and count the True with .sum().",
            ),
        ),
        Task(
            id="05.8",
            points=2,
            name="bundle_premium",
            what="how much more the bundle is worth than its parts",
            needs=("worth", "bundle"),
            tolerance=0,
            solution="bundle_premium = worth(bundle) - sum(worth([name]) for name in bundle)",
            right="Above 0: superadditive. The questions that need several registries outweigh those that any one answers.",
            misconceptions=(
                Misconception(
                    "bundle_premium = worth(bundle)",
                    "That is what the bundle is worth. Take away what its parts are worth alone.",
                ),
                Misconception(
                    "bundle_premium = sum(worth([name]) for name in bundle) - worth(bundle)",
                    "The other way round: start with the bundle, and take away the parts.",
                ),
                Misconception(
                    "bundle_premium = worth(bundle) / sum(worth([name]) for name in bundle)",
                    "That says how many times as much it is worth. How much more is a difference.",
                ),
                Misconception(
                    "bundle_premium = worth(bundle) - max(worth([name]) for name in bundle)",
                    "Were all four taken away, the rental too? Add up what each of them is worth alone.",
                ),
                Misconception(
                    "bundle_premium = sum(worth([name]) for name in bundle)",
                    "That is the sum of the parts. What is the bundle worth beyond it?",
                ),
            ),
            hints=(
                "worth(bundle) is the whole. What is one part worth? worth([name]), with the square brackets.",
                "Add the parts up: sum(worth([name]) for name in bundle).",
                "The whole, minus that sum.",
            ),
        ),
        Task(
            id="05.9",
            points=2,
            name="hotel_missed_most",
            what="for how many people the hotel stays are the registry that the dossier misses most",
            needs=("loss",),
            tolerance=0,
            solution='hotel_missed_most = (loss.idxmax(axis="columns") == "hotel_stays").sum()',
            right="For most of the others it is the phone. Which registry to leave out depends on whom you protect.",
            misconceptions=(
                Misconception(
                    'hotel_missed_most = (loss["hotel_stays"] > 0).sum()',
                    "About all these the hotels are missed, but another registry may be missed more. Compare the columns.",
                ),
                Misconception(
                    'hotel_missed_most = (loss.idxmax(axis="columns") == "hotel").sum()',
                    "That finds nobody. In loss the column is called hotel_stays.",
                ),
                Misconception(
                    'hotel_missed_most = (loss.idxmax(axis="columns") == "phone_pings").sum()',
                    "That counts those for whom it is the phone.",
                ),
                Misconception(
                    'hotel_missed_most = (loss.idxmax(axis="columns") == "hotel_stays").mean()',
                    "That is their share. Count them with .sum().",
                ),
                Misconception(
                    'hotel_missed_most = (loss.idxmin(axis="columns") == "hotel_stays").sum()',
                    "idxmin finds the registry that is missed least. You need the largest loss in each row.",
                ),
                Misconception(
                    'hotel_missed_most = loss["hotel_stays"].sum()',
                    "That adds leaves up. Count people.",
                ),
            ),
            hints=(
                "Which column holds the largest number, in each row? The example cell shows how to ask.",
                'loss.idxmax(axis="columns") names it for everybody. Compare that with "hotel_stays".',
                "Put the comparison in brackets, and count the True with .sum().",
            ),
        ),
        Written(
            id="05.10",
            points=3,
            what="your advice to the minister in your own words",
            rubric=(
                "It says that joining itself costs next to nothing once all use one number, so that the price of computing "
                "protects nobody (1 point).",
                "It names one registry to keep out of the join and gives a number from above, and says for whom the answer "
                "would be another one (1 point).",
                "It names another cure, such as a number for each sector, and what that cure does not stop (1 point).",
            ),
            example=(
                "Minister, once all registries use one number, joining a million records takes a second or so of computing, so "
                "do not count on the effort to protect anybody. Keep the hotel stays out: they are worth little alone, but for "
                "1,842 people they are what the dossier misses most, and they reveal companions who never agreed to anything. For "
                "most others it is the phone, so that its location deserves a lock of its own. Better still, give each sector "
                "its own numbers. The hospital could then still find its patient, and nobody could match the lists by number, "
                "though names and birth dates would remain."
            ),
        ),
    ),
    questions=(
        Question(
            "A record carries an ID number, and the number passes the check. What do you know?",
            choices=(
                wrong(
                    "That the record belongs to the person with this number.",
                    "Somebody may have looked up the wrong person's number, and copied it without a slip. That passes.",
                ),
                right(
                    "That it does not have exactly one wrong character.",
                    "Yes. Every slip in one character is noticed, and so is every swap of neighbours, but only nine in ten of two "
                    "random slips. More the check cannot say.",
                ),
                wrong(
                    "That the number was issued by the office and is no invention.",
                    "Who invents 17 digits can find the last character too. Try 0 to 9 and X in remainder: one of them leaves 1.",
                ),
            ),
            id="05.a",
        ),
        Question(
            "Three registries answer one question, and each of them answers it alone. The question is worth 30. What is the set of "
            "all three worth?",
            choices=(
                wrong(
                    "90: three registries at 30.",
                    "That is the sum of the parts. But the buyer has one question, and pays for one answer.",
                ),
                right(
                    "30: one answer, however many can give it.",
                    "Yes. They are substitutes, and the set is worth less than its parts. Leaving one out changes nothing.",
                ),
                wrong(
                    "More than 90, because the whole is worth more than its parts.",
                    "It is for complements: questions that take all of several registries. Here any one will do.",
                ),
            ),
            id="05.b",
        ),
        Question(
            "Each sector now has its own numbers. Hotels keep their guests' names and birth dates. Is the dossier impossible?",
            choices=(
                wrong(
                    "Yes: without a common number nothing can be joined.",
                    "Nothing can be joined by number. But a rare name and a birth date are nearly a number themselves.",
                ),
                wrong(
                    "No: the sector numbers can be computed back.",
                    "Without the secret key they cannot. Whoever holds the key can match them, so it matters who that is.",
                ),
                right(
                    "No: name and birth date may still match.",
                    "Yes. It has become work, with errors, instead of one line. Lesson 06 does that work.",
                ),
            ),
            id="05.c",
        ),
    ),
)
