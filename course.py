"""The Price of a Dossier: start the course, or test it. Needs nothing but Python 3.11 to 3.14.

    python3 course.py              open the course in JupyterLab (further words go to JupyterLab)
    python3 course.py test         run every check (further words go to pytest)
    python3 course.py bench        compare charts, score and joins with the usual ways, as ratios
    python3 course.py lock         renew both lists of exact versions from pyproject.toml
    python3 course.py WORD ...     any other command of the course; "help" lists them

The first start makes the folder .venv beside this file and installs the packages of requirements.txt
into it, nothing else. Set COURSE_VENV to a folder of your choice to have it elsewhere.
"""

from __future__ import print_function

import sys

# Every Python from 2.7 on must be able to read this file, if only to print this: no f-strings, no annotations.
if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    sys.exit(
        "This course needs Python 3.11, 3.12, 3.13 or 3.14; this is Python %d.%d.\n"
        "Install one from python.org or your system's packages, then start the course with it by name:\n"
        "    python3.12 course.py          (Windows: py -3.12 course.py)" % sys.version_info[:2]
    )

import collections
import hashlib
import os
import signal
import subprocess
from pathlib import Path

ROOT = Path(os.path.abspath(__file__)).parent
VENV = Path(os.path.abspath(os.path.expanduser(os.environ.get("COURSE_VENV") or ROOT / ".venv")))
PYTHON = str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
STAMP = VENV / "course-is-installed"
COURSE = ROOT / "requirements.txt"
TESTS = ROOT / "tests" / "requirements.txt"  # all that COURSE holds, and what the checks need

READ_ONLY = """Cannot write to {folder}: {error}.
Copy the course to a folder of your own, or name a place for its packages that you may write to:
    COURSE_VENV=~/course-packages python3 course.py"""
NOT_OURS = "COURSE_VENV names {folder}, which holds something else. Name an empty folder, or a new one."
NO_ENSUREPIP = """This Python cannot make a virtual environment: its module "{module}" is missing.
On Debian and Ubuntu, install it with
    sudo apt install python3-venv python{version}-venv
and start again. Elsewhere, install Python from python.org and start the course with that."""
PIP_FAILED = "\nThe packages could not be installed. pip's last words:\n{said}\n\n{remedy}\nThen start again."
REMEDIES = {  # by words that pip writes; the last one always fits
    "No space left": "The disk is full: make room for about 2 GB.",
    "DO NOT MATCH THE HASHES": """What arrived is not what the course's authors locked, so it was not installed.
Try from another network, and report it if it stays so.""",
    "": """This step needs the internet. Connect; or, behind a proxy, set HTTPS_PROXY; or, for a computer
that stays offline, bring the packages along: see "Troubleshooting" in README.md.""",
}
# pip writes UTF-8 where Windows reads its own code page: a relative path avoids that (not to another drive).
POINT_TO_SOURCE = """import os, sys, sysconfig
site = sysconfig.get_path("purelib")
source = os.path.relpath(sys.argv[1], site)
open(os.path.join(site, "dossier.pth"), "w").write(source)"""


def key(lock):
    """Name what an installation depends on: the folder, the package's own settings, the exact versions."""
    parts = os.fsencode(ROOT), (ROOT / "pyproject.toml").read_bytes(), lock.read_bytes()
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def installed():
    """Return the keys of what is installed in full, or None if the environment is missing or half made."""
    try:
        alive = subprocess.call([PYTHON, "-I", "-c", "import dossier"], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return None
    keys = STAMP.read_text().split() if STAMP.exists() else []
    return keys if alive and "half-made" not in keys else None


def make_environment():
    """Make an empty virtual environment, in place of a broken one if there is one."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError as error:
        sys.exit(NO_ENSUREPIP.format(module=error.name, version="%d.%d" % sys.version_info[:2]))
    why = " anew, since it is broken or half made" if (VENV / "pyvenv.cfg").exists() else ""
    print("Making the folder for the course's packages%s: %s" % (why, VENV), flush=True)
    subprocess.check_call([sys.executable, "-m", "venv", "--clear", str(VENV)])


def pip(arguments, packages=0):
    """Run pip in the environment, with one line of progress; on failure say why and stop."""
    command = [PYTHON, "-m", "pip", "install", "--no-user", "--no-input", "--disable-pip-version-check"]
    process = subprocess.Popen(command + arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said, done = collections.deque(maxlen=100), 0
    for line in process.stdout:
        said.append(line.decode("utf-8", "replace").rstrip())
        counted = said[-1].startswith(("Collecting ", "Processing ", "Requirement already ", "Ignoring "))
        done += counted
        unpacking = said[-1].startswith("Installing collected")
        if unpacking:
            STAMP.write_text("half-made")
        if packages and sys.stdout.isatty() and (counted or unpacking):
            end = ", now unpacking them all\n" if unpacking else ""
            print("\r  %d of %d" % (min(done, packages), packages), end=end, flush=True)
    if process.wait() != 0:
        remedy = next(text for words, text in REMEDIES.items() if words in "\n".join(said))
        sys.exit(PIP_FAILED.format(said="\n".join(list(said)[-4:]), remedy=remedy))


def prepare(lock):
    """Bring the environment to what `lock` says, unless it is there already."""
    keys = installed()
    if keys and key(lock) in keys:
        return
    strange = VENV.is_dir() and any(VENV.iterdir()) and not (VENV / "pyvenv.cfg").exists()
    if strange and "COURSE_VENV" in os.environ:
        sys.exit(NOT_OURS.format(folder=VENV))  # making an environment there would empty it
    try:
        (VENV / "may-we-write").mkdir(parents=True)
        (VENV / "may-we-write").rmdir()
    except OSError as error:
        sys.exit(READ_ONLY.format(folder=VENV, error=error.strerror))
    if keys is None:
        make_environment()
    packages = sum("==" in line and line[0] not in " #" for line in lock.read_text().splitlines())
    print("Installing %d packages, once: usually one to three minutes." % packages, flush=True)
    pip(["-r", str(lock)], packages)
    pip(["--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)])
    subprocess.call([PYTHON, "-I", "-c", POINT_TO_SOURCE, str(ROOT / "src")], stderr=subprocess.DEVNULL)
    STAMP.write_text(" ".join({key(lock), key(COURSE)}))


def main(words):
    """Prepare the environment that the command needs, then hand over to the course inside it."""
    if words[:1] in (["-h"], ["--help"]):
        return print(__doc__)
    prepare(TESTS if words[:1] and words[0] in ("test", "bench", "lock", "exercises") else COURSE)
    command = [PYTHON, "-P", "-m", "dossier"] + words
    if os.name != "nt":
        os.execv(PYTHON, command)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the course's to answer
    sys.exit(subprocess.call(command))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("\nStopped. The next start takes it up again.")
