"""Lesson 03, "Wrongly punished": what its exercise asks, and the answers that learners give."""

from __future__ import annotations

from .questions import Question, right, wrong
from .tasks import Lesson, Misconception, Task, Written

LESSON = Lesson(
    id="03",
    title="Wrongly punished",
    tasks=(
        Task(
            id="03.1",
            points=1,
            name="innocent_and_flagged",
            what="how many innocent people the program flags",
            needs=("screened", "prevalence", "specificity"),
            tolerance=0.001,
            solution="innocent_and_flagged = screened * (1 - prevalence) * (1 - specificity)",
            right="Now compare: the guilty are 500 in all.",
            misconceptions=(
                Misconception(
                    "innocent_and_flagged = screened * (1 - specificity)",
                    "That takes everybody as innocent. Set the guilty aside first, then take the share of the rest.",
                ),
                Misconception(
                    "innocent_and_flagged = screened * (1 - prevalence) * specificity",
                    "These are the innocent who are left alone: the specificity is the share of them that is "
                    "cleared. You need the others.",
                ),
                Misconception(
                    "innocent_and_flagged = screened * prevalence * (1 - specificity)",
                    "That starts from the guilty. How many people are innocent?",
                ),
                Misconception(
                    "innocent_and_flagged = screened * (1 - prevalence)",
                    "These are all the innocent. Only some of them are flagged.",
                ),
            ),
            hints=(
                "Count in two steps: how many are innocent, and how many of these are flagged?",
                "The innocent are screened * (1 - prevalence).",
                "Of the innocent, the share 1 - specificity is flagged. Multiply the two.",
            ),
        ),
        Task(
            id="03.2",
            points=2,
            name="share_guilty",
            what="a function that gives the share of the flagged who are guilty",
            solution=(
                "def share_guilty(prevalence, sensitivity, specificity):\n"
                "    guilty = prevalence * sensitivity\n"
                "    innocent = (1 - prevalence) * (1 - specificity)\n"
                "    share = guilty / (guilty + innocent)\n"
                "    return share"
            ),
            inputs=(
                (0.001, 0.99, 0.99),
                (0.01, 0.99, 0.99),
                (0.5, 0.8, 0.6),
                (0.2, 0.3, 1),
                (1, 0.4, 0.7),
            ),
            right="Textbooks call it the positive predictive value, and the rule behind it the rule of Bayes.",
            misconceptions=(
                Misconception(
                    "def share_guilty(prevalence, sensitivity, specificity):\n    return sensitivity",
                    "That is the share of the guilty who are flagged. Here the flagged are the whole, and the "
                    "guilty among them are the part.",
                ),
                Misconception(
                    "def share_guilty(prevalence, sensitivity, specificity):\n"
                    "    return prevalence * sensitivity",
                    "That is the share of all people who are guilty and flagged. Divide it by the share of all "
                    "people who are flagged.",
                ),
                Misconception(
                    "def share_guilty(prevalence, sensitivity, specificity):\n"
                    "    guilty = prevalence * sensitivity\n"
                    "    return guilty / (guilty + (1 - specificity))",
                    "Nearly. The innocent who are flagged are a share of the innocent, not of everybody: one more "
                    "factor belongs to them.",
                ),
                Misconception(
                    "def share_guilty(prevalence, sensitivity, specificity):\n"
                    "    guilty = prevalence * sensitivity\n"
                    "    return guilty / (guilty + (1 - prevalence) * specificity)",
                    "The specificity is the share of the innocent who are cleared. What is added must be the innocent "
                    "who are flagged.",
                ),
                Misconception(
                    "def share_guilty(prevalence, sensitivity, specificity):\n"
                    "    guilty = prevalence * sensitivity\n"
                    "    innocent = (1 - prevalence) * (1 - specificity)\n"
                    "    return innocent / (guilty + innocent)",
                    "That is the other part: the share of the flagged who are innocent.",
                ),
                Misconception(
                    "def share_guilty(prevalence, sensitivity, specificity):\n"
                    "    guilty = prevalence * sensitivity\n"
                    "    innocent = 100_000 * (1 - prevalence) * (1 - specificity)\n"
                    "    return guilty / (guilty + innocent)",
                    "You add a share to a number of people. Leave out `screened`, so that both are shares of everybody.",
                ),
                Misconception(
                    "def share_guilty(prevalence, sensitivity, specificity):\n"
                    "    guilty = prevalence * sensitivity\n"
                    "    return guilty / (guilty + 2_985)",
                    "You took the number of people from 03.1. The function must work for any numbers that it is given, and "
                    "both parts must be shares: compute the innocent who are flagged from the prevalence and the specificity.",
                ),
                Misconception(
                    "def share_guilty(prevalence, sensitivity, specificity):\n"
                    "    guilty = prevalence * sensitivity\n"
                    "    innocent = (1 - prevalence) * (1 - specificity)\n"
                    "    return guilty / innocent if innocent else 9",
                    "That compares the flagged guilty with the flagged innocent (odds). For a share, divide by both "
                    "together.",
                ),
            ),
            hints=(
                "Two kinds of people are flagged. Which share of everybody is each of them?",
                "Guilty and flagged: prevalence * sensitivity. Innocent and flagged: as in 03.1, but as a share, so leave out "
                "screened.",
                "Divide the first by the sum of the two.",
            ),
        ),
        Task(
            id="03.3",
            points=1,
            name="share_of_alarms_right",
            what="the share of the alarms that were right",
            needs=("caught", "missed", "false_alarms", "left_alone"),
            solution="share_of_alarms_right = caught / (caught + false_alarms)",
            right="90 percent of the guilty were caught, and 5 percent of the alarms were right. Both are true at once.",
            misconceptions=(
                Misconception(
                    "share_of_alarms_right = caught / (caught + missed)",
                    "That is the share of the guilty who were caught, the sensitivity. Count the alarms instead.",
                ),
                Misconception(
                    "share_of_alarms_right = 100 * caught / (caught + false_alarms)",
                    "A share lies between 0 and 1: write 0.25 for 25 %. Leave out the 100.",
                ),
                Misconception(
                    "share_of_alarms_right = false_alarms / (caught + false_alarms)",
                    "That is the share of the alarms that were wrong.",
                ),
                Misconception(
                    "share_of_alarms_right = caught / false_alarms",
                    "That sets right alarms against wrong ones. The whole is all alarms, right and wrong.",
                ),
                Misconception(
                    "share_of_alarms_right = (caught + left_alone) / (caught + missed + false_alarms + left_alone)",
                    "That is the accuracy: it counts everybody, and most of them are innocents whom nobody "
                    "troubled. Count the alarms only.",
                ),
                Misconception(
                    "share_of_alarms_right = caught / (caught + missed + false_alarms + left_alone)",
                    "You divide by everybody. Divide by those who had an alarm.",
                ),
            ),
            hints=(
                "Which two of the four numbers are alarms?",
                "Alarms are the caught and the false alarms.",
                "Divide the right alarms by all alarms.",
            ),
        ),
        Task(
            id="03.4",
            points=1,
            name="accuracy_of_a_sleeper",
            what="the share of people about whom a program is right that flags nobody",
            needs=("prevalence", "specificity"),
            tolerance=0.0005,
            solution="accuracy_of_a_sleeper = 1 - prevalence",
            right="It beats the real program, which is right about 97 in 100. So accuracy is the wrong thing to ask for.",
            misconceptions=(
                Misconception(
                    "accuracy_of_a_sleeper = 0",
                    "It catches nobody, true. But it is right about everybody who is innocent.",
                ),
                Misconception(
                    "accuracy_of_a_sleeper = 100 * (1 - prevalence)",
                    "A share lies between 0 and 1: write 0.25 for 25 %. Leave out the 100.",
                ),
                Misconception(
                    "accuracy_of_a_sleeper = prevalence",
                    "These are the people about whom it is wrong: the guilty, whom it leaves alone.",
                ),
                Misconception(
                    "accuracy_of_a_sleeper = specificity",
                    "That belongs to the real program. This one leaves every innocent person alone.",
                ),
                Misconception(
                    "accuracy_of_a_sleeper = 1",
                    "Nearly. It is wrong about somebody: who?",
                ),
            ),
            hints=(
                "It says 'innocent' about everybody. About whom is that true?",
                "It is true of all who are not guilty.",
            ),
        ),
        Task(
            id="03.5",
            points=2,
            name="share_double",
            what="the share of the votes stopped that would have been double votes",
            needs=("legitimate_to_each_double",),
            tolerance=0.001,
            solution="share_double = 1 / (1 + legitimate_to_each_double)",
            right="A third of one percent. In the words of this lesson it is the predictive value of a name and a birth date.",
            misconceptions=(
                Misconception(
                    "share_double = 1 / legitimate_to_each_double",
                    "That sets one double vote against the legitimate ones. The votes stopped are both together.",
                ),
                Misconception(
                    "share_double = legitimate_to_each_double / (1 + legitimate_to_each_double)",
                    "That is the share of the stopped votes that were legitimate.",
                ),
                Misconception(
                    "share_double = 1 / 4000",
                    "That is how common double voters are among all voters (the prevalence). The purge does better than "
                    "picking voters blindly; ask about the votes that it stops.",
                ),
                Misconception(
                    "share_double = legitimate_to_each_double",
                    "That is a count. A share is at most 1: one double vote, out of how many that are stopped?",
                ),
            ),
            hints=(
                "Picture one double vote that is stopped, and all the legitimate ones that are stopped with it.",
                "How many votes are stopped in all, for each double one?",
            ),
        ),
        Task(
            id="03.6",
            points=2,
            name="expected_foreign",
            what="how many foreign records this citizen should expect",
            needs=("records_of_namesakes", "error_rate"),
            solution="expected_foreign = error_rate * sum(records_of_namesakes) / len(records_of_namesakes)",
            right="It does not depend on the citizen's own conduct at all.",
            misconceptions=(
                Misconception(
                    "expected_foreign = error_rate * sum(records_of_namesakes)",
                    "That sends every stray record to this citizen. Each namesake's record can go to any of that "
                    "namesake's own namesakes, and there are several.",
                ),
                Misconception(
                    "expected_foreign = sum(records_of_namesakes) / len(records_of_namesakes)",
                    "That is what a namesake has on average. Only some records go astray.",
                ),
                Misconception(
                    "expected_foreign = error_rate * sum(records_of_namesakes) / (len(records_of_namesakes) + 1)",
                    "A stray record goes to another person: its owner is not among those who can receive it. "
                    "Count once more how many can.",
                ),
                Misconception(
                    "expected_foreign = error_rate * len(records_of_namesakes)",
                    "That counts namesakes. It is their records that go astray.",
                ),
            ),
            hints=(
                "A record goes astray with the chance error_rate. Then it goes to one of its owner's namesakes.",
                "Everybody in the group has equally many namesakes: len(records_of_namesakes).",
                "Add the namesakes' records up, take the share that goes astray, and divide by the number of those who may receive one.",
            ),
        ),
        Task(
            id="03.7",
            points=1,
            name="pairs_if_doubled",
            what="how many pairs of namesakes to expect in a country of twice the size",
            needs=("pairs_of_namesakes",),
            tolerance=0.01,
            solution="pairs_if_doubled = 4 * pairs_of_namesakes",
            right=(
                "Twice as many people, and each of them can meet twice as many others. What works in a village fails "
                "in a nation; lesson 08 returns to that."
            ),
            misconceptions=(
                Misconception(
                    "pairs_if_doubled = 2 * pairs_of_namesakes",
                    "There are twice as many people, and each of them also has twice as many others to share a name with.",
                ),
                Misconception(
                    "pairs_if_doubled = pairs_of_namesakes",
                    "New people bring their names along, and some of these are taken.",
                ),
                Misconception(
                    "pairs_if_doubled = pairs_of_namesakes ** 2",
                    "It is the population whose square counts, not the number of pairs. How much is doubling, squared?",
                ),
                Misconception(
                    "pairs_if_doubled = 3 * pairs_of_namesakes",
                    "Pairs among the old, pairs among the new, and pairs of an old with a new: the last kind is twice as "
                    "numerous as either of the others.",
                ),
            ),
            hints=(
                "How many pairs can n people form? Each meets n - 1 others.",
                "About n * n / 2. Now put 2 * n in the place of n.",
            ),
        ),
        Task(
            id="03.8",
            points=2,
            name="wrongly_punished",
            what="how many people fall below the line only because records went astray",
            needs=("true_scores", "filed_scores", "line"),
            tolerance=0,
            solution="wrongly_punished = ((true_scores >= line) & (filed_scores < line)).sum()",
            right="The total below the line has hardly changed. Whoever watches totals sees nothing of this.",
            misconceptions=(
                Misconception(
                    "wrongly_punished = (filed_scores < line).sum()",
                    "These are all who are punished now. Most of them would be punished with the right records too.",
                ),
                Misconception(
                    "wrongly_punished = (filed_scores < line).sum() - (true_scores < line).sum()",
                    "That is the change in the total. Some were added and others left; the difference hides both. "
                    "Ask about each person.",
                ),
                Misconception(
                    "wrongly_punished = (filed_scores < true_scores).sum()",
                    "All these lost points by mistake. Count those whom it takes below the line.",
                ),
                Misconception(
                    "wrongly_punished = ((true_scores < line) & (filed_scores >= line)).sum()",
                    "These are the wrongly spared: below the line in truth, but not on file. You need the reverse.",
                ),
                Misconception(
                    "wrongly_punished = ((true_scores < line) & (filed_scores < line)).sum()",
                    "These would be punished either way.",
                ),
            ),
            hints=(
                "Two things must be true of such a person: one about the true score, one about the score on file.",
                "Join the two with &, each in round brackets, and count with .sum().",
                "In truth on the line or above it; on file below it.",
            ),
        ),
        Written(
            id="03.9",
            points=3,
            what="an answer to the minister in your own words",
            rubric=(
                "It asks how common the guilty are, and shows with numbers that the same score can be right or wrong about "
                "most of those it flags (1 point).",
                "It says that accuracy counts everybody, so that a score which flags nobody can have more of it; or it "
                "keeps apart the share of the guilty who are flagged and the share of the flagged who are guilty (1 point).",
                "It says who pays: a second kind of mistake, such as records of namesakes, or a check before any "
                "punishment, or what each mistake costs (1 point).",
            ),
            example=(
                "Minister, it depends on how many are guilty. Of 100,000 people with 100 guilty, your score flags 99 of the "
                "guilty and 999 of the 99,900 innocent, so that ten of eleven whom you punish did nothing. A score that "
                "flags nobody would be right about 99.9 percent of us. And your figure says nothing about records that "
                "reach the wrong person, which happens to people with common names. So look at each case before you "
                "punish, let people see their file, and tell us of each hundred flagged how many were guilty."
            ),
        ),
    ),
    questions=(
        Question(
            "A score flags 99 of 100 cheats. Your neighbour is flagged. What do you know?",
            choices=(
                wrong(
                    "That the neighbour is a cheat, with a chance of 99 in 100.",
                    "This turns the sentence round. 99 in 100 cheats are flagged; that does not make 99 in 100 of the "
                    "flagged cheats. In the chart all of the guilty were flagged, and most of the flagged were innocent.",
                ),
                wrong(
                    "That the neighbour is probably innocent.",
                    "That was so where 1 in 1,000 is guilty. Where 1 in 10 is, the same flag is right about most. You were "
                    "not told how common cheats are.",
                ),
                right(
                    "Little, before you hear how common cheats are and how many innocents are flagged.",
                    "Yes. You need all three: prevalence, sensitivity, specificity. Ask for the counts: of 1,000 people, how "
                    "many are flagged, and how many of these are guilty?",
                ),
            ),
            id="03.a",
        ),
        Question(
            "The ministry wants to miss fewer of the guilty. It keeps the score and lowers the line. What happens to the "
            "share of the guilty among the flagged?",
            choices=(
                wrong(
                    "It rises, since more of the guilty are caught.",
                    "More are caught, and more innocents are flagged with them. Each step to the left adds people who look less "
                    "suspicious than those before, so fewer of them are guilty. Drag the line in the chart and read the share.",
                ),
                wrong(
                    "It stays, since the score is the same.",
                    "The curve stays; the place on it moves. Sensitivity and specificity both change with the line.",
                ),
                right(
                    "It falls: whoever is added looks less suspicious than those before.",
                    "Yes, so fewer of those added are guilty. To catch more with no more false alarms you must tell the two apart better; to raise the share, screen only "
                    "where guilt is likelier.",
                ),
            ),
            id="03.b",
        ),
        Question(
            "After the mix-up about as many people are below the line as before. What does that say about the mistakes?",
            choices=(
                wrong(
                    "That they cancel out, so little harm is done.",
                    "Most of them cancel in the total, and none in anybody's life. One is grounded for what another did, and the other "
                    "flies.",
                ),
                wrong(
                    "That the clerks made few mistakes.",
                    "One record in ten that could go astray did so, and thousands moved. The total hides it.",
                ),
                right(
                    "Very little: some came below the line, and about as many rose above it.",
                    "Yes. A total cannot show who is in it. To find mistakes somebody must look at single accounts, and the "
                    "person concerned is the one who can.",
                ),
            ),
            id="03.c",
        ),
        Question(
            "Which of these sentences about Michigan may you say?",
            choices=(
                wrong(
                    "93 percent of the people on unemployment benefits were wrongly accused.",
                    "Nobody counted the people on benefits here. The figure is about findings of fraud.",
                ),
                wrong(
                    "93 percent of all the fraud findings were wrong.",
                    "The figure covers findings that were made by the program alone and were reviewed. The wider review, "
                    "with other cases in it, found about 70 percent.",
                ),
                right(
                    "93 percent of the automatic findings that the state reviewed were wrong.",
                    "Yes. A share without its denominator is only half a number.",
                ),
            ),
            id="03.d",
        ),
    ),
)
