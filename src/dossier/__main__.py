"""The command line of the course: ``dossier COMMAND``, ``python -m dossier COMMAND`` or ``python3 course.py COMMAND``."""

from __future__ import annotations

import importlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRST_LESSON = "lessons/00_start_here.ipynb"

# The course sends nothing anywhere, so JupyterLab must not ask for news, for newer versions or for a list of extensions.
QUIET = [
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
]


def lab(words: list[str]) -> int:
    """Open the course in JupyterLab; further words go to JupyterLab (--no-browser, --port=9000)."""
    if not os.access(ROOT / "lessons", os.W_OK):
        print("You may not write to this folder: lessons run, but nothing that you change is kept.")
        print("To keep it, copy the course to a folder of your own, and start it there.")
    options = [*QUIET, f"--ServerApp.root_dir={ROOT}", f"--LabApp.default_url=/lab/tree/{FIRST_LESSON}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        print("You are the administrator (root): so is everything that the notebooks run.")
        options.append("--ServerApp.allow_root=True")
    # The plugin that would offer to fetch news, whatever the server says, is switched off in a file there.
    paths = [str(Path(__file__).with_name("jupyter")), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, paths))
    # Another Jupyter of this user may have left a "python3" kernel that knows nothing of the course.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    jupyterlab = importlib.import_module("jupyterlab.labapp")
    # JupyterLab takes most options only once, so what is said on the command line replaces what stands here.
    said = {word.split("=")[0] for word in words}
    jupyterlab.LabApp.launch_instance(
        [*(option for option in options if option.split("=")[0] not in said), *words]
    )
    return 0


def test(words: list[str]) -> int:
    """Run every check; further words go to pytest (-k lock, tests/frame, -x)."""
    needs("pytest")
    places = [word for word in words if not word.startswith("-") and (ROOT / word.split("::")[0]).exists()]
    options = [
        "--nbval",
        "--nbval-current-env",
        "--nbval-cell-timeout=120",
        "-n",
        "2",
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",  # conftest.py puts the longest first
        "-ra",
    ]
    # Exercises store nothing to compare: tests/exercises runs them, unanswered, wrongly answered and solved.
    everything = ["tests", *(["lessons"] if (ROOT / "lessons").exists() else [])]
    command = [sys.executable, "-m", "pytest", *options, *words, *([] if places else everything)]
    return subprocess.call(command, cwd=ROOT)


def bench(words: list[str]) -> int:
    """Run the comparisons in benchmarks/ and print their ratios; a word picks those whose name holds it."""
    scripts = sorted(path for path in (ROOT / "benchmarks").glob("*.py") if not path.name.startswith("_"))
    chosen = [path for path in scripts if not words or any(word in path.stem for word in words)]
    if not chosen:
        names = ", ".join(path.stem for path in scripts) or "none yet"
        print(f"No comparison is called {' '.join(words)!r}. There is: {names}.", file=sys.stderr)
        return 2
    outcomes = []
    for path in chosen:
        print(f"== {path.stem}", flush=True)
        outcomes.append(subprocess.call([sys.executable, str(path)], cwd=ROOT))
    return max(outcomes)


def lock(words: list[str]) -> int:
    """Write the lists of exact versions anew from pyproject.toml; --upgrade takes newer versions."""
    needs("uv")
    for arguments in LOCKS:
        command = [*UV_COMPILE, *arguments, *words]
        if failed := subprocess.call(command, cwd=ROOT):
            return failed
        print(f"Wrote {arguments[-1]}.")
    return 0


# uv resolves for other Pythons without having them: it need not fetch one.
UV_COMPILE = [
    sys.executable,
    "-m",
    "uv",
    "pip",
    "compile",
    "--quiet",
    "--no-python-downloads",
    "--python",
    sys.executable,
]
# One resolution for Linux, macOS and Windows and every Python that the course supports, with hashes; the test set holds
# the students' set at the same versions.
_COMPILE = [
    "pyproject.toml",
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--extra",
    "install",
    "--extra",
    "linkage",
]
_HEADER = ["--custom-compile-command", "python3 course.py lock"]
LOCKS = [
    [*_COMPILE, *_HEADER, "-o", "requirements.txt"],
    [*_COMPILE, *_HEADER, "--extra", "test", "-c", "requirements.txt", "-o", "tests/requirements.txt"],
    [*_COMPILE, *_HEADER, "--extra", "spark", "-c", "requirements.txt", "-o", "tests/spark.txt"],
]


def tidy(words: list[str]) -> int:
    """Bring notebooks to the form that is stored: text outputs only, no counts, no traces of a machine."""
    return elsewhere("dossier.notebooks", words)


def republic(words: list[str]) -> int:
    """Make a Sorrel of any size: dossier republic --people 100000 --out FOLDER."""
    return elsewhere("dossier.republic.command", words)


def kept(words: list[str]) -> int:
    """Say where results of long computations are kept; --delete deletes them."""
    return elsewhere("dossier._cache", words)


def exercises(words: list[str]) -> int:
    """Make the students' exercises anew from the masters in exercises/solutions/."""
    needs("nbgrader")
    return elsewhere("dossier.classroom.masters", words)


def help_(_: list[str]) -> int:
    """List these commands."""
    print("The commands of the course (python3 course.py COMMAND, or dossier COMMAND):\n")
    for name, command in COMMANDS.items():
        print(f"  {name:<10} {(command.__doc__ or '').strip()}")
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "lab": lab,
    "test": test,
    "bench": bench,
    "lock": lock,
    "tidy": tidy,
    "republic": republic,
    "kept": kept,
    "exercises": exercises,
    "help": help_,
}


def elsewhere(module: str, words: list[str]) -> int:
    """Hand over to the ``main`` of a module that is imported only now, so that other commands start at once."""
    return int(importlib.import_module(module).main(words) or 0)


def needs(package: str) -> None:
    """Stop if a package of the test set is missing, and say how to get it."""
    if importlib.util.find_spec(package) is None:
        sys.exit(
            f"This needs {package}, which belongs to the tests' packages: python3 course.py test brings them."
        )


def main(words: list[str] | None = None) -> int:
    """
    Run one command; without one, open the course.

    Parameters
    ----------
    words
        The command and its arguments; by default those of the command line. A first word that begins with a dash belongs to
        JupyterLab.

    Returns
    -------
    int
        0, or what a failed command returned; 2 for an unknown command.
    """
    words = sys.argv[1:] if words is None else words
    if words[:1] in (["-h"], ["--help"]):
        words = ["help"]
    if not words or words[0].startswith("-"):
        words = ["lab", *words]
    command = COMMANDS.get(words[0])
    if command is None:
        print(f"There is no command {words[0]!r}. There is: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    return command(words[1:])


if __name__ == "__main__":
    sys.exit(main())
