"""How notebooks are compared, for nbval runs over ``lessons`` and ``exercises`` as well as for ``tests``; and what runs first."""

import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest

SCRATCH = tempfile.TemporaryDirectory(prefix="dossier-tests-")
# The user's own start-up files and history must change no result, and no result of an earlier run may stand in for a computation.
os.environ["IPYTHONDIR"] = str(Path(SCRATCH.name, "ipython"))
os.environ["DOSSIER_CACHE"] = str(Path(SCRATCH.name, "kept"))


class AllButText(tuple):
    """nbval's list of output types that it does not compare: to its own, it adds every one that is not stored."""

    def __contains__(self, kind):
        return super().__contains__(kind) or ("/" in kind and kind != "text/plain")


def pytest_collection_modifyitems(items):
    """Compare cells that bear no execution count (none does here): always in lessons, elsewhere where anything is stored."""
    for item in items:
        if not hasattr(item, "cell"):
            continue
        notebook = item.parent
        notebook.skip_compare = AllButText(notebook.skip_compare)
        if notebook.path.parent.name == "lessons" or any(cell.get("outputs") for cell in notebook.nb.cells):
            item.cell.execution_count = item.cell_num + 1
    _longest_first(items)


def _longest_first(items):
    """Begin with the files that take long, so that two workers end at about the same time."""
    long = Counter(
        item.path
        for item in items
        for mark in ("browser", "slow", "network")
        if item.get_closest_marker(mark)
    )
    items.sort(key=lambda item: -long[item.path])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Give every notebook a learner's record of its own, empty, before its kernel starts."""
    if hasattr(item, "cell") and item.parent.kernel is None:
        os.environ["DOSSIER_RECORD"] = tempfile.mkdtemp(dir=SCRATCH.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """Where everything must run (CI=true), what is left out has failed."""
    return _nothing_left_out((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return _nothing_left_out((yield))


def _nothing_left_out(report):
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"Left out, but CI=true asks for everything: {report.longrepr[2]}"
    return report


def pytest_terminal_summary(terminalreporter):
    """Say loudly what was left out."""
    left_out = terminalreporter.stats.get("skipped", [])
    if left_out:
        terminalreporter.section("NOT EVERYTHING WAS TESTED", sep="!", red=True, bold=True)
        reasons = [report.longrepr[2].removeprefix("Skipped: ") for report in left_out]
        for reason in sorted(set(reasons)):
            terminalreporter.line(f"{reasons.count(reason)} left out: {reason}", red=True)
