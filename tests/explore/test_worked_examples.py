"""The worked examples of how to write an explorable are explorables."""

import re
import textwrap
from pathlib import Path

import pytest

import dossier.explore
from dossier.explore import Explorable, explorable

ROOT = Path(__file__).parents[2]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCSTRING = dossier.explore.__doc__


def block(text, mark):
    """The indented or fenced code that holds ``mark``."""
    fenced = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    indented = re.findall(r"code-block:: python\n\n((?:    .*\n|\n)+)", text)
    return textwrap.dedent(next(code for code in [*fenced, *indented] if mark in code))


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        (CONTRIBUTING, "does_it_leak", "the chance of a leak is 63%"),
        (DOCSTRING, "do_you_know_them", "the chance that you know them is 10%"),
    ],
)
def test_a_worked_example_works(text, name, says):
    space = {"__name__": "worked_example"}
    try:
        exec(block(text, "@explorable"), space)
        chart = space[name]()
    finally:
        explorable.__globals__["_registry"].pop(f"worked_example.{name}", None)
    assert isinstance(chart, Explorable)
    assert says in str(chart)
    assert f"worked_example.{name}" == chart.source
