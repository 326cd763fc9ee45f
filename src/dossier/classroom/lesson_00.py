"""Lesson 00, "Start here": its check-yourself question. It has no exercise."""

from __future__ import annotations

from .questions import Question, right, wrong
from .tasks import Lesson

LESSON = Lesson(
    id="00",
    title="Start here",
    questions=(
        Question(
            "Why is a match so likely among only 23 people?",
            choices=(
                wrong(
                    "Because some days of the year see more births than others.",
                    "Real birthdays do cluster a little, but the model knows nothing of it: here every day is equally "
                    "likely. Something else must be at work.",
                ),
                right(
                    "Because 23 people make 253 pairs, and each pair may match.",
                    "Yes: 23 times 22, halved. Every newcomer meets all who are there already. Pairs grow much faster "
                    "than people, and that returns in lesson 08.",
                ),
                wrong(
                    "Because 23 out of 365 is already a good share.",
                    "23 in 365 is about one in sixteen. That is near the chance that somebody shares *your* birthday: "
                    "choose it under the chart and see. Any two may match here.",
                ),
            ),
            id="00.a",
        ),
    ),
)
