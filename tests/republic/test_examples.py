"""The examples in the docstrings run and come out as printed."""

import doctest
import importlib
import pkgutil

import pytest

import dossier.republic

MODULES = [f"dossier.republic.{module.name}" for module in pkgutil.iter_modules(dossier.republic.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_come_out_as_printed(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder()
    examples = [
        test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples
    ]
    assert len(examples) >= 5
