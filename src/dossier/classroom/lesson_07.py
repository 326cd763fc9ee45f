"""Lesson 07, "You are a fingerprint": what its exercise asks, and the answers that learners give."""

from __future__ import annotations

from .questions import Question, right, wrong
from .tasks import Lesson, Misconception, Task, Written

LESSON = Lesson(
    id="07",
    title="You are a fingerprint",
    tasks=(
        Task(
            id="07.1",
            points=1,
            name="bits_of_the_name",
            what="the bits that her surname gives away",
            needs=("log2", "bearers", "everybody"),
            tolerance=0.001,
            solution="bits_of_the_name = -log2(bearers / everybody)",
            right="Even the commonest surname of Sorrel is worth more than three halvings.",
            misconceptions=(
                Misconception(
                    "bits_of_the_name = log2(bearers / everybody)",
                    "The logarithm of a share is negative. Put a minus in front: bits that are learned count upwards.",
                ),
                Misconception(
                    "bits_of_the_name = bearers / everybody",
                    "That is the share of people who have the name. How many halvings is that? Take -log2 of it.",
                ),
                Misconception(
                    "bits_of_the_name = log2(bearers)",
                    "These bits would pick one of those who have the name. You want what the name itself tells: use the share.",
                ),
                Misconception(
                    "bits_of_the_name = log2(everybody)",
                    "That many bits name one person. The surname only narrows it down to those who have it.",
                ),
            ),
            hints=(
                "First the share: of everybody, which part has the name?",
                "The share is bearers / everybody. Surprisal is minus the log2 of a share.",
                "Write: bits_of_the_name = -log2(the share)",
            ),
        ),
        Task(
            id="07.2",
            points=2,
            name="people_left",
            what="how many people have her sex, her birth year and her district",
            needs=("people", "her_sex", "her_year", "her_district"),
            tolerance=0,
            solution=(
                "same_sex = people['sex'] == her_sex\n"
                "same_year = people['birth_year'] == her_year\n"
                "same_district = people['district'] == her_district\n"
                "people_left = (same_sex & same_year & same_district).sum()"
            ),
            right="That is her anonymity set. She is in it too.",
            misconceptions=(
                Misconception(
                    "people_left = ((people['sex'] == her_sex) & (people['birth_year'] == her_year)).sum()",
                    "That leaves out the district. All three must hold: join a third condition with &.",
                ),
                Misconception(
                    "people_left = ((people['sex'] == her_sex) | (people['birth_year'] == her_year) | "
                    "(people['district'] == her_district)).sum()",
                    "The sign | means or: these are people who share at least one of the three. Use & for and.",
                ),
                Misconception(
                    "people_left = ((people['sex'] == her_sex) & (people['birth_year'] == her_year) & "
                    "(people['district'] == her_district)).sum() - 1",
                    "The set holds everybody who fits, herself too. Leave out the minus 1.",
                ),
                Misconception(
                    "people_left = ((people['sex'] == her_sex).mean() * (people['birth_year'] == her_year).mean() * "
                    "(people['district'] == her_district).mean() * len(people))",
                    "That multiplies the shares, as if the three were independent. Count the people who have all three instead.",
                ),
                Misconception(
                    "people_left = len((people['sex'] == her_sex) & (people['birth_year'] == her_year) & "
                    "(people['district'] == her_district))",
                    "len counts all rows, the True and the False. sum counts the True only.",
                ),
            ),
            hints=(
                "The example above joins two conditions. You need three.",
                "Each condition in round brackets, & between them, and .sum() around the whole.",
                "people_left = ((people['sex'] == her_sex) & (the year) & (the district)).sum()",
            ),
        ),
        Task(
            id="07.3",
            points=1,
            name="k",
            what="the k of the small table",
            needs=("ward", "look"),
            tolerance=0,
            solution="k = ward.groupby(look).size().min()",
            right="Somebody is in a group of that size, so this is all that the table can promise to everybody.",
            misconceptions=(
                Misconception(
                    "k = ward.groupby(look).size().max()",
                    "That is the largest group. A promise to everybody must hold in the smallest.",
                ),
                Misconception(
                    "k = ward.groupby(look).size().mean()",
                    "That is the mean size of a group. A promise to everybody must hold in the smallest.",
                ),
                Misconception(
                    "k = len(ward.groupby(look).size())",
                    "That is how many groups there are. How many rows has the smallest?",
                ),
                Misconception(
                    "k = ward.groupby(look)['diagnosis'].nunique().min()",
                    "That counts different diagnoses, which is the l. The k counts rows.",
                ),
                Misconception(
                    "k = len(ward)",
                    "That is the number of rows in all. Sort them into groups first.",
                ),
            ),
            hints=(
                "Sort the rows into groups that look the same. Which group decides?",
                "group_sizes is above. Its smallest value is the k: .min()",
            ),
        ),
        Task(
            id="07.4",
            points=2,
            name="rows_published",
            what="how many rows stand in groups of five or more",
            needs=("coarse", "columns", "in_the_ward"),
            tolerance=0,
            solution=(
                "looks_like = coarse.groupby(columns)['diagnosis'].transform('size')\n"
                "rows_published = (looks_like >= 5).sum()"
            ),
            right="The rest is the price: rows that research never sees, and they are the unusual people.",
            misconceptions=(
                Misconception(
                    "looks_like = coarse.groupby(columns)['diagnosis'].transform('size')\n"
                    "rows_published = (looks_like > 5).sum()",
                    "The sign > leaves out the groups of exactly five. Five or more is >= 5.",
                ),
                Misconception(
                    "rows_published = (coarse.groupby(columns).size() >= 5).sum()",
                    "That counts groups. Count rows: transform('size') gives every row the size of its group.",
                ),
                Misconception(
                    "looks_like = coarse.groupby(columns)['diagnosis'].transform('size')\n"
                    "rows_published = (looks_like < 5).sum()",
                    "These are the rows that must be left out. You want those that stay.",
                ),
                Misconception(
                    "looks_like = coarse.groupby(columns)['diagnosis'].transform('size')\n"
                    "rows_published = (looks_like >= 5).mean()",
                    "That is the share of the rows. You want their number: .sum()",
                ),
                Misconception(
                    "looks_like = coarse.groupby(columns)['diagnosis'].transform('size')\n"
                    "rows_published = (looks_like == 5).sum()",
                    "That counts rows in groups of exactly five. Larger groups may be published too.",
                ),
                Misconception(
                    "rows_published = (in_the_ward >= 5).sum()",
                    "That is the ward, the example. Do the same with coarse.",
                ),
            ),
            hints=(
                "In the example every row learns how many rows look like it. Do the same with coarse.",
                "looks_like = coarse.groupby(columns)['diagnosis'].transform('size')",
                "Then compare looks_like with 5 (>= means: at least) and count the True with .sum()",
            ),
        ),
        Task(
            id="07.5",
            points=2,
            name="secrets_certain",
            what="in how many rows the diagnosis is certain for whoever knows the group",
            needs=("published", "columns"),
            tolerance=0,
            solution=(
                "kinds = published.groupby(columns)['diagnosis'].transform('nunique')\n"
                "secrets_certain = (kinds == 1).sum()"
            ),
            right="No row there can be told from its neighbours, and nobody needs to: that is the homogeneity attack.",
            misconceptions=(
                Misconception(
                    "kinds = published.groupby(columns)['diagnosis'].transform('size')\n"
                    "secrets_certain = (kinds == 1).sum()",
                    "You count rows that are alone in their group. Here every group has two rows or more; ask how many *different* "
                    "diagnoses it has: 'nunique'.",
                ),
                Misconception(
                    "secrets_certain = (published.groupby(columns)['diagnosis'].nunique() == 1).sum()",
                    "That counts groups. Every row in such a group is certain: use transform('nunique').",
                ),
                Misconception(
                    "kinds = published.groupby(columns)['diagnosis'].transform('nunique')\n"
                    "secrets_certain = (kinds > 1).sum()",
                    "These are the rows whose group has several diagnoses. Which number of different diagnoses leaves no doubt?",
                ),
                Misconception(
                    "kinds = published.groupby(columns)['diagnosis'].transform('nunique')\n"
                    "secrets_certain = (kinds == 1).mean()",
                    "That is a share. You want the number of rows: .sum()",
                ),
            ),
            hints=(
                "A diagnosis is certain if all rows of the group have the same one. How many different ones are there then?",
                "kinds = published.groupby(columns)['diagnosis'].transform('nunique') gives every row that number.",
                "Count the rows where kinds is 1: (kinds == 1).sum()",
            ),
        ),
        Task(
            id="07.6",
            points=1,
            name="fit_by_hand",
            what="how many of the six traces fit the two points",
            tolerance=0,
            solution="fit_by_hand = 2",
            right="Both of them were at the mill at 8 and at the market at 18. One more point would tell them apart.",
            misconceptions=(
                Misconception(
                    "fit_by_hand = 4",
                    "Four were at the mill at 8. The second point must fit too.",
                ),
                Misconception(
                    "fit_by_hand = 3",
                    "Three were at the market at 18. The first point must fit too.",
                ),
                Misconception(
                    "fit_by_hand = 5",
                    "Five have at least one of the two points. Count those who have both.",
                ),
                Misconception(
                    "fit_by_hand = 1",
                    "One person gave you the points, but look again: somebody else has both as well.",
                ),
                Misconception(
                    "fit_by_hand = 0",
                    "Look for ('mill', 8) and ('market', 18) in the same line.",
                ),
            ),
            hints=(
                "Go through the six lines. Who has ('mill', 8)?",
                "Of these, who has ('market', 18) as well?",
            ),
        ),
        Task(
            id="07.7",
            points=2,
            name="share_unique",
            what="the share of the six whose two known points fit nobody else",
            needs=("six_traces", "known_points"),
            solution=(
                "unique = 0\n"
                "for person in six_traces:\n"
                "    fits = [other for other in six_traces if known_points[person] <= six_traces[other]]\n"
                "    unique = unique + (len(fits) == 1)\n"
                "share_unique = unique / len(six_traces)"
            ),
            right="That is the unicity of the six traces with two points. Four of six stand alone.",
            misconceptions=(
                Misconception(
                    "unique = 0\n"
                    "for person in six_traces:\n"
                    "    fits = [other for other in six_traces if known_points[person] <= six_traces[other]]\n"
                    "    unique = unique + (len(fits) == 1)\n"
                    "share_unique = unique",
                    "That is their number. Divide it by how many people there are.",
                ),
                Misconception(
                    "unique = 0\n"
                    "for person in six_traces:\n"
                    "    fits = [other for other in six_traces if known_points[person] <= six_traces[other]]\n"
                    "    unique = unique + (len(fits) > 1)\n"
                    "share_unique = unique / len(six_traces)",
                    "These are the others: people whose points fit somebody else too. Whoever is unique fits exactly one trace, their own.",
                ),
                Misconception(
                    "unique = 0\n"
                    "for person in six_traces:\n"
                    "    fits = [other for other in six_traces if known_points['Ada'] <= six_traces[other]]\n"
                    "    unique = unique + (len(fits) == 1)\n"
                    "share_unique = unique / len(six_traces)",
                    "0 says that nobody is unique. If you use a loop: does it say known_points[person], not known_points['Ada']? And unique "
                    "is whoever fits exactly one trace, their own.",
                ),
                Misconception(
                    "unique = 0\n"
                    "for person in six_traces:\n"
                    "    fits = [other for other in six_traces if known_points[person] <= six_traces[other]]\n"
                    "    unique = unique + (len(fits) == 1)\n"
                    "share_unique = 100 * unique / len(six_traces)",
                    "That is a percentage. Give a number from 0 to 1.",
                ),
                Misconception(
                    "unique = 0\n"
                    "for person in six_traces:\n"
                    "    fits = [other for other in six_traces if known_points[person] & six_traces[other]]\n"
                    "    unique = unique + (len(fits) == 1)\n"
                    "share_unique = unique / len(six_traces)",
                    "& gives the points that two sets have in common: one is enough then. All known points must lie in the trace: use <=.",
                ),
            ),
            hints=(
                "For each person, list the traces that hold both of that person's points. When is that person unique?",
                "The example above does it for Ada. Put it into: for person in six_traces:",
                "Start with unique = 0, add 1 whenever len(fits) == 1, and at the end divide by len(six_traces).",
            ),
        ),
        Written(
            id="07.8",
            points=3,
            what="why dropping the names does not make a file anonymous",
            rubric=(
                "It says that other columns still point at people (quasi-identifiers, or places and times), with a number from the "
                "exercise or the lesson.",
                "It says how the name comes back: through a second list that has the same columns, or through somebody who knows a few facts.",
                "It names what coarser groups cost or where they fail: rows lost, a group with one secret, background knowledge.",
            ),
            example=(
                "The names are only one way to point at somebody. Birth date, sex and district are known to others too, and in Sorrel 98 % of "
                "people are alone with their three. Whoever has a list with the same columns and the names, such as the electoral roll, merges "
                "the two and reads the diagnosis. The hospital can make groups, but then it loses rows: with decades and districts a third of "
                "them stand in groups of fewer than five. And in some groups everybody has the same illness, so the group hides nobody."
            ),
        ),
    ),
    questions=(
        Question(
            "You know a citizen's district (4.1 bits), and then the square of 1 km where the home is (6.4 bits). How many bits do "
            "you have?",
            choices=(
                wrong(
                    "10.5: bits of two facts are added.",
                    "Only bits of independent facts add up. Whoever knows the square knows the district too, so the district adds "
                    "nothing once the square is known.",
                ),
                right(
                    "6.4: the square tells the district as well.",
                    "Yes. Each square belongs to one district. Bits add up only if one fact says nothing about the other.",
                ),
                wrong(
                    "2.3: the square's bits less the district's.",
                    "That is what the square adds to the district. In all you know as much as the square tells.",
                ),
            ),
            id="07.a",
        ),
        Question(
            'A hospital publishes groups of five or more. Your neighbour was there, and all five rows of her group say "depression". '
            "What protects her?",
            choices=(
                wrong(
                    "The group: the chance that a given row is hers is 1 in 5.",
                    "True, and of no use. Whichever row is hers, it says depression. k counts rows that look the same; it does not ask what "
                    "they say.",
                ),
                wrong(
                    "The roll: it does not say who was in hospital.",
                    "You know that she was there; neighbours do. What others know already is not under the hospital's control.",
                ),
                right(
                    "Nothing: her group has one secret.",
                    "Yes. It is 5-anonymous and 1-diverse. Whoever knows that she is in the group knows her diagnosis.",
                ),
            ),
            id="07.b",
        ),
        Question(
            "A company replaces phone numbers by random codes and keeps the key to itself. When is the file anonymous?",
            choices=(
                wrong(
                    "As long as nobody steals the key.",
                    "Nobody needs it. Three or four places and times of yours point at your code, and the code leads to all the rest.",
                ),
                wrong(
                    "If places are rounded to a kilometre.",
                    "The chart's places were. Four points still singled out 98 % of Sorrel's phones.",
                ),
                right(
                    "Not while it keeps places and hours.",
                    "Yes. The trace itself is the fingerprint. Coarser places and times weaken it, and further points make up for that, unless "
                    "both become very coarse.",
                ),
            ),
            id="07.c",
        ),
        Question(
            "You tell nobody your age. Your friends tell theirs. What can a company know?",
            choices=(
                wrong(
                    "Nothing: you did not agree to it.",
                    "Agreement did not come into it. The guess was made from data that others gave, and in Sorrel it was right to ten years for "
                    "nearly eight of ten people.",
                ),
                right(
                    "Your age, roughly, and sometimes wrongly.",
                    "Yes. In Sorrel the guess to ten years was right for nearly eight of ten, against two of ten without friends. The rest are "
                    "guessed wrongly, and do not hear of it.",
                ),
                wrong(
                    "Your age, since friends are of one age.",
                    "Many are, not all. It is a guess, wrong for about one in five; whoever treats it as a fact does harm to these.",
                ),
            ),
            id="07.d",
        ),
    ),
)
