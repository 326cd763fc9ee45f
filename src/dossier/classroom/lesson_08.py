"""Lesson 08, "Joining a nation": what its exercise asks, and the answers that learners give."""

from __future__ import annotations

from .questions import Question, right, wrong
from .tasks import Lesson, Misconception, Task, Written

LESSON = Lesson(
    id="08",
    title="Joining a nation",
    tasks=(
        Task(
            id="08.1",
            points=1,
            name="pairs",
            what="how many pairs the people of the county form",
            needs=("people",),
            tolerance=1e-9,
            solution="pairs = people * (people - 1) / 2",
            right="Some eighty million pairs, for a county of twelve and a half thousand.",
            misconceptions=(
                Misconception(
                    "pairs = people * (people - 1)",
                    "Each of them meets all the others, but so you count every pair twice: A with B, and B with A.",
                ),
                Misconception(
                    "pairs = people ** 2",
                    "That pairs everybody with themselves too, and counts the others twice.",
                ),
                Misconception(
                    "pairs = people ** 2 / 2",
                    "Nearly. Nobody forms a pair with themselves: how many others are there for each?",
                ),
                Misconception(
                    "pairs = people / 2",
                    "So many couples could dance at once. Here everybody is compared with everybody else.",
                ),
            ),
            hints=(
                "Each person can be paired with all the others. How many others are there?",
                "Multiply the people by the others, then think of A with B and B with A.",
                "people times (people - 1), divided by 2.",
            ),
        ),
        Task(
            id="08.2",
            points=1,
            name="cost_per_person",
            what="what the computing costs for one person, in dollars",
            needs=("cpu_seconds", "price_of_core_hour", "people"),
            solution="cost_per_person = cpu_seconds / 3600 * price_of_core_hour / people",
            right="So little that no coin is small enough.",
            misconceptions=(
                Misconception(
                    "cost_per_person = cpu_seconds / 3600 * price_of_core_hour",
                    "That is for all the people together. Divide it among them.",
                ),
                Misconception(
                    "cost_per_person = cpu_seconds * price_of_core_hour / people",
                    "The price is for an hour, and the time is in seconds. An hour has 3,600 of them.",
                ),
                Misconception(
                    "cost_per_person = cpu_seconds / 60 * price_of_core_hour / people",
                    "That turns seconds into minutes. The price is for an hour.",
                ),
                Misconception(
                    "cost_per_person = 100 * cpu_seconds / 3600 * price_of_core_hour / people",
                    "These are cents. The task asks for dollars.",
                ),
                Misconception(
                    "cost_per_person = cpu_seconds / 3600 / people",
                    "These are hours for each person. What does an hour cost?",
                ),
                Misconception(
                    "cost_per_person = cpu_seconds / people",
                    "These are seconds for each person. What does an hour cost?",
                ),
            ),
            hints=(
                "First turn the seconds into hours, then the hours into dollars, then share the dollars out.",
                "cpu_seconds / 3600 are hours.",
                "Hours times price_of_core_hour, divided by people.",
            ),
        ),
        Task(
            id="08.3",
            points=2,
            name="nation_seconds",
            what="the seconds that the nation would take, if every person more costs the same",
            needs=("small_people", "small_seconds", "large_people", "large_seconds", "nation"),
            solution=(
                "marginal = (large_seconds - small_seconds) / (large_people - small_people)\n"
                "fixed = small_seconds - marginal * small_people\n"
                "nation_seconds = fixed + marginal * nation"
            ),
            right="The cost that is paid once no longer matters: of a nation's seconds, it is less than one in a thousand.",
            misconceptions=(
                Misconception(
                    "nation_seconds = large_seconds * nation / large_people",
                    "That spreads the fixed cost over the nation again and again. Take from the two sizes what one person more costs: "
                    "the difference of the seconds over the difference of the people.",
                ),
                Misconception(
                    "nation_seconds = small_seconds * nation / small_people",
                    "In the small county most of the time is a fixed cost, which the nation pays once only. What does one person "
                    "more cost? Compare the two sizes.",
                ),
                Misconception(
                    "nation_seconds = (large_seconds - small_seconds) / (large_people - small_people)",
                    "That is what one person more costs. Now the nation: so much for each, and the fixed cost once.",
                ),
                Misconception(
                    "nation_seconds = (small_seconds + (large_seconds - small_seconds) / (large_people - small_people)"
                    " * (nation - small_people)) / 3600",
                    "These are hours. The task asks for seconds.",
                ),
            ),
            hints=(
                "Lesson 01: a fixed cost is paid once, and one more unit adds a marginal cost. Two sizes give you both.",
                "What one person more costs: (large_seconds - small_seconds) / (large_people - small_people).",
                "Fixed is small_seconds less that times small_people. Then add up for the nation.",
            ),
        ),
        Task(
            id="08.4",
            points=1,
            name="exponent",
            what="the slope of the line on paper with two logarithmic scales",
            needs=("small_people", "small_seconds", "large_people", "large_seconds", "log"),
            tolerance=0.01,
            solution="exponent = (log(large_seconds) - log(small_seconds)) / (log(large_people) - log(small_people))",
            right="Below 1: on this line every person more is cheaper than the one before. That cannot go on for ever.",
            misconceptions=(
                Misconception(
                    "exponent = (large_seconds - small_seconds) / (large_people - small_people)",
                    "That is the slope on ordinary paper: seconds for one person more. Here both scales are logarithmic.",
                ),
                Misconception(
                    "exponent = log(large_seconds - small_seconds) / log(large_people - small_people)",
                    "Take the logarithms first and the differences afterwards.",
                ),
                Misconception(
                    "exponent = log(large_seconds) / log(large_people)",
                    "A slope needs two points: the difference of the heights over the difference of the places.",
                ),
                Misconception(
                    "exponent = (log(large_people) - log(small_people)) / (log(large_seconds) - log(small_seconds))",
                    "Upside down: the seconds go up, the people go along.",
                ),
            ),
            hints=(
                "A slope is the difference of the heights, divided by the difference of the places.",
                "The heights are log(small_seconds) and log(large_seconds).",
                "The places are log(small_people) and log(large_people).",
            ),
        ),
        Task(
            id="08.5",
            points=2,
            name="wrong_links",
            what="a function that gives the wrong links to expect for one person",
            solution="def wrong_links(people, false_match_rate):\n    expected = (people - 1) * false_match_rate\n    return expected",
            inputs=((10_000, 1e-6), (1_400_000_000, 1e-9), (2, 0.5), (1, 0.3), (500, 0)),
            tolerance=1e-6,
            right="The rate is a quality of the linkage. How many wrong links it makes depends on the nation as well.",
            misconceptions=(
                Misconception(
                    "def wrong_links(people, false_match_rate):\n    return people * false_match_rate",
                    "Nearly, and in a nation nobody would notice. But you are not a stranger to yourself: try it with one person.",
                ),
                Misconception(
                    "def wrong_links(people, false_match_rate):\n    return people - 1 * false_match_rate",
                    "Python multiplies first: it takes one rate from the people. Put people - 1 in brackets.",
                ),
                Misconception(
                    "def wrong_links(people, false_match_rate):\n    return people * (people - 1) / 2 * false_match_rate",
                    "These are the wrong links of all the people together. How many does one person have?",
                ),
                Misconception(
                    "def wrong_links(people, false_match_rate):\n    return false_match_rate",
                    "That is the chance with one stranger. Each person meets all the others.",
                ),
                Misconception(
                    "def wrong_links(people, false_match_rate):\n    return false_match_rate / (people - 1)",
                    "More people, more strangers who may pass for you. With this they would become fewer.",
                ),
            ),
            hints=(
                "How many others can be taken for you?",
                "With each of them it happens with the chance false_match_rate.",
                "(people - 1) times the rate.",
            ),
        ),
        Task(
            id="08.6",
            points=1,
            name="bits_needed",
            what="how many bits keep the wrong links down to what is allowed",
            needs=("nation", "allowed", "log2"),
            tolerance=0.001,
            solution="bits_needed = log2((nation - 1) / allowed)",
            right="Each time the nation doubles, it takes one bit more.",
            misconceptions=(
                Misconception(
                    "bits_needed = log2(nation)",
                    "So many bits allow one wrong link for everybody. Here only a few people may have one.",
                ),
                Misconception(
                    "bits_needed = log2(nation - 1) / allowed",
                    "Divide first and take the logarithm afterwards: put both inside the brackets of log2.",
                ),
                Misconception(
                    "bits_needed = log2((nation - 1) * allowed)",
                    "That asks for less evidence where fewer wrong links are allowed. Divide.",
                ),
                Misconception(
                    "bits_needed = (nation - 1) / allowed",
                    "That is how rare an agreement by chance must be, 1 in so many. How many bits is that?",
                ),
                Misconception(
                    "bits_needed = log2(allowed / (nation - 1))",
                    "That is the logarithm of the rate, which is below 0. Bits count the other way round.",
                ),
            ),
            hints=(
                "With b bits the rate is 1 / 2 ** b. Set (nation - 1) times the rate equal to what is allowed.",
                "So 2 ** b must be (nation - 1) / allowed.",
                "log2 of that.",
            ),
        ),
        Task(
            id="08.7",
            points=1,
            name="threshold",
            what="the lowest threshold in the table with at most 100 wrong links for 1,000 people",
            needs=("choices",),
            tolerance=0,
            solution="threshold = 31",
            right="Now look at the other column of that row: so many true matches are missed for it.",
            misconceptions=(
                Misconception(
                    "threshold = 34",
                    "That keeps the wrong links down, but a lower one does it as well, and misses fewer true matches.",
                ),
                Misconception(
                    "threshold = 37",
                    "That keeps the wrong links down, but it misses a quarter of the true matches. A lower one does it as well.",
                ),
                Misconception(
                    "threshold = 20",
                    "That would do for a county. Read the column of the nation once more: more than 100 wrong links for 1,000 people.",
                ),
                Misconception(
                    "threshold = 28",
                    "Read the column of the nation once more: at 28 bits there are more than 100 wrong links for 1,000 people.",
                ),
                Misconception(
                    "threshold = 24",
                    "That would do for a smaller people. Read the column of the nation of 1.4 billion.",
                ),
            ),
            hints=(
                "Go down the column of wrong links until it says 100 or less for the first time.",
                "The answer is a number from the column of bits.",
            ),
        ),
        Task(
            id="08.8",
            points=2,
            name="wrongly_punished",
            what="how many innocent people of the nation are punished for a stranger's records",
            needs=("nation", "links", "share_punished", "exp"),
            solution="wrongly_punished = nation * (1 - share_punished) * (1 - exp(-links * share_punished))",
            right="Each of them has a file that says so, and nobody in the office has a reason to doubt it.",
            misconceptions=(
                Misconception(
                    "wrongly_punished = (1 - share_punished) * (1 - exp(-links * share_punished))",
                    "That is their share of the people. How many are they?",
                ),
                Misconception(
                    "wrongly_punished = nation * (1 - exp(-links * share_punished))",
                    "Nearly. Some of these are rightly punished as well. Count the innocent only.",
                ),
                Misconception(
                    "wrongly_punished = nation * (1 - share_punished) * links * share_punished",
                    "Nearly. Somebody with two punished strangers is counted twice here. Take 1 less the chance of none.",
                ),
                Misconception(
                    "wrongly_punished = nation * (1 - exp(-links)) * share_punished",
                    "That takes the people with any stranger. Of *their strangers* each may be a punished one: links * share_punished belongs into exp.",
                ),
                Misconception(
                    "wrongly_punished = nation * (1 - share_punished) * (1 - exp(-links))",
                    "Not every stranger is punished. How many of your links are?",
                ),
                Misconception(
                    "wrongly_punished = nation * links",
                    "These are all the wrong links. Most strangers did nothing that would be punished.",
                ),
                Misconception(
                    "wrongly_punished = nation * share_punished",
                    "These are the rightly punished. Who is punished for what one of *them* did?",
                ),
                Misconception(
                    "wrongly_punished = nation * (1 - share_punished) * exp(-links * share_punished)",
                    "exp(...) is the chance that none of the strangers is one of the punished. You need the others.",
                ),
            ),
            hints=(
                "Of a person's strangers, links * share_punished are among the punished. exp of minus that is the chance that none is.",
                "1 less that is the chance of at least one.",
                "Take it for the innocent: nation * (1 - share_punished) people.",
            ),
        ),
        Written(
            id="08.9",
            points=3,
            what="an answer to the minister in your own words",
            rubric=(
                "It says, with a number, that computing is not what holds the plan back: it costs dollars, and the price per person is "
                "far below a cent (1 point).",
                "It says, with a number, that at a fixed threshold wrong links for each person grow with the nation, so that a test in one county "
                "says little about the whole (1 point).",
                "It says who pays: people with common names or innocents punished for strangers; or what must be paid to avoid "
                "it, such as clerks who check, or a threshold that misses more (1 point).",
            ),
            example=(
                "Minister, the computer is not your obstacle: linking 1.4 billion people takes some tens of dollars of computing. "
                "But your county has 10,000 people, and a nation has 140,000 times as many strangers for each of us. With a "
                "fixed threshold of 24 bits a county expects 4 wrong links for 100,000 people. In the nation there are several for "
                "everyone. To be as careful as in the county you need at least 17 bits more evidence, and at 41 bits most true matches are missed. "
                "Either you pay clerks to look at hundreds of millions of doubtful pairs or more, or people with common names pay for it, without knowing why."
            ),
        ),
    ),
    questions=(
        Question(
            "Splink linked two lists that form 63 million pairs, and it took seconds. Why so little?",
            choices=(
                wrong(
                    "Because computers compare any number of pairs at once.",
                    "They do not: at some millions a second, all the pairs of a nation would take thousands of years.",
                ),
                right(
                    "Because it looked only at pairs that share something, and skipped the rest.",
                    "Yes, that is blocking. Of 63 million pairs it looked at some 7 thousand, and it lost the few true matches that share none of those things.",
                ),
                wrong(
                    "Because it compared a sample and guessed the rest.",
                    "It learnt the weights from a sample of pairs. But every record was linked.",
                ),
            ),
            id="08.a",
        ),
        Question(
            "One line gives cents for a nation, another tens of dollars, and their 95 % intervals lie far apart. What happened?",
            choices=(
                wrong(
                    "One of the intervals was computed wrongly.",
                    "Both are right for what they assume. Each says how far measurements scatter around *its* line.",
                ),
                wrong(
                    "With more measurements of the same sizes both would agree.",
                    "More of the same makes each interval narrower, and they would lie apart more clearly. Only larger sizes could decide.",
                ),
                right(
                    "Each interval takes its own line to go on, and no interval can know that.",
                    "Yes. Far beyond the measurements the shape of the line is the largest doubt, and it is in no interval.",
                ),
            ),
            id="08.b",
        ),
        Question(
            "A linkage was tested in a county of 10,000: one person in 1,000 got a wrong link. It goes to a country of 10 million, with the same rule. What now?",
            choices=(
                wrong(
                    "One person in 1,000 gets a wrong link, as in the test.",
                    "The rule is the same, but each person meets a thousand times as many strangers.",
                ),
                right(
                    "About one wrong link for every person.",
                    "Yes: a thousand times as many strangers, a thousand times as many wrong links for each.",
                ),
                wrong(
                    "Fewer than one in 1,000, since chance evens out in large numbers.",
                    "Chance evens out around its mean, and here the mean itself grows with the number of strangers.",
                ),
            ),
            id="08.c",
        ),
        Question(
            "A new machine links ten times as fast. What does it do for people whom a stranger's records reach?",
            choices=(
                wrong(
                    "There are ten times fewer of them, since it has time to look twice.",
                    "It computes the same weights sooner. A second look at the same evidence finds nothing new.",
                ),
                right(
                    "Nothing.",
                    "Yes. The same pairs are linked, only sooner. Fewer strangers take more evidence, or a person who looks.",
                ),
                wrong(
                    "It hits more of them, since haste makes mistakes.",
                    "The computer weighs each pair as carefully as before.",
                ),
            ),
            id="08.d",
        ),
    ),
)
