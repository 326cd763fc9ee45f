"""The one-command start: what it does, and what it says when it cannot.

The environments made here hold one small package of the real list, so that making one takes seconds; `test_first_start.py` installs the
whole list once.
"""

import ast
import ctypes
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "course.py"
PARTS = ["course.py", "pyproject.toml", "README.md", "LICENSE-CODE", "LICENSE-TEXT"]
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""}
# Nothing answers there; and neither a cache nor the machine's own settings of pip may help.
NOWHERE = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_NO_INDEX": "0",
    "PIP_FIND_LINKS": "",
    "PIP_EXTRA_INDEX_URL": "",
}
NOWHERE |= {"PIP_RETRIES": "0", "PIP_NO_CACHE_DIR": "1", "PIP_CONFIG_FILE": os.devnull}
posix = pytest.mark.skipif(os.name == "nt", reason="permissions and signals of Windows differ")


def entry(package):
    """One package's lines of the real list, hashes included."""
    text = (ROOT / "requirements.txt").read_text()
    return re.search(rf"^{package}==.*?(?=^[^\s]|\Z)", text, re.MULTILINE | re.DOTALL).group()


@pytest.fixture(scope="session")
def wheels(tmp_path_factory):
    """A folder with the wheel of the one package, as someone would bring it to a computer that stays offline."""
    folder = tmp_path_factory.mktemp("wheels")
    (folder / "list.txt").write_text(entry("flit-core"))
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "-r",
        str(folder / "list.txt"),
        "-d",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no package index answers: {done.stderr.strip().splitlines()[-1]}")
    return folder


class Course:
    """A copy of the course in a folder of its own."""

    def __init__(self, folder, wheels):
        self.folder, self.wheels = folder, wheels
        self.venv = folder / ".venv"
        self.python = self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.lock = folder / "requirements.txt"

    def command(self, *words):
        return [getattr(sys, "_base_executable", sys.executable), str(self.folder / "course.py"), *words]

    def environment(self, **extra):
        clean = {
            name: value for name, value in os.environ.items() if name not in ("COURSE_VENV", "PYTHONPATH")
        }
        return {**clean, **OFFLINE, "PIP_FIND_LINKS": str(self.wheels), **extra}

    def start(self, *words, preexec_fn=None, **extra):
        return subprocess.run(
            self.command(*(words or ["help"])),
            cwd=self.folder.parent,
            env=self.environment(**extra),
            preexec_fn=preexec_fn,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


def opened(done):
    return done.returncode == 0 and "The commands of the course" in done.stdout


def lay_out(folder, wheels):
    folder.mkdir(parents=True)
    for name in PARTS:
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests").mkdir()
    course = Course(folder, wheels)
    course.lock.write_text(entry("flit-core"))
    (folder / "tests" / "requirements.txt").write_text(entry("flit-core") + "# and what the tests need\n")
    return course


@pytest.fixture
def fresh(tmp_path, wheels):
    return lay_out(tmp_path / "Ein Ordner für 课程", wheels)


@pytest.fixture(scope="session")
def installed_once(tmp_path_factory, wheels):
    """A course whose first start had no network, and whose second one had the packages brought along."""
    course = lay_out(tmp_path_factory.mktemp("installed") / "Ein Ordner für 课程", wheels)
    course.without_network = course.start(**NOWHERE)
    course.first = course.start()
    return course


@pytest.fixture
def installed(installed_once, tmp_path):
    """An installed course for one test alone; tests that leave it as it is take `installed_once`."""
    folder = installed_once.folder
    kept = tmp_path / "kept"
    shutil.copytree(folder, kept, symlinks=True)
    yield installed_once
    shutil.rmtree(folder)
    shutil.copytree(kept, folder, symlinks=True)


# What the file is


def test_is_short_ascii_and_needs_only_the_standard_library():
    source = SCRIPT.read_bytes().decode("ascii")
    imports = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).partition(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert len(source.splitlines()) < 150
    assert imports <= sys.stdlib_module_names


def test_help_needs_no_installation(fresh):
    done = fresh.start("--help")
    assert "course.py test" in done.stdout
    assert not fresh.venv.exists()


# Python too old


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 0), (3, 10, 13), (3, 15, 0)])
def test_another_python_is_told_which_one_to_get(version, tmp_path):
    wrapper = tmp_path / "wrapper.py"
    wrapper.write_text(
        f"import runpy, sys; sys.version_info = {version}; runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, str(wrapper)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"this is Python {version[0]}.{version[1]}." in done.stderr
    assert "python3.12 course.py" in done.stderr


def working(name):
    """Whether an interpreter of that name is here and runs (version managers leave stand-ins that do not)."""
    return (
        shutil.which(name)
        and subprocess.run([name, "-c", ""], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.parametrize("name", ["python2.7", *(f"python3.{minor}" for minor in range(4, 11))])
def test_a_real_old_python_can_read_the_file(name):
    if not working(name):
        # No such interpreter here: what it would choke on is syntax, and that can be asked for from Python 3.7 on.
        feature_version = (3, max(7, int(name.rpartition(".")[2])) if name != "python2.7" else 7)
        ast.parse(SCRIPT.read_text(), feature_version=feature_version)
        assert not re.search(r"\bf[\"']|:=|\bdef \w+\([^)]*(?:: |\*\w+, \w+=)|->", SCRIPT.read_text())
        return
    done = subprocess.run([name, str(SCRIPT)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "This course needs Python 3.11" in done.stderr


# The first start, and the next ones


def test_first_start_installs_and_opens(installed_once):
    assert opened(installed_once.first), installed_once.first.stderr
    assert "Installing 1 packages" in installed_once.first.stdout
    assert installed_once.venv.is_dir()


def test_next_start_installs_nothing_and_takes_under_two_seconds(installed_once):
    seconds = []
    for _ in range(3):
        begun = time.perf_counter()
        done = installed_once.start(**NOWHERE)
        seconds.append(time.perf_counter() - begun)
        assert opened(done)
        assert "Installing" not in done.stdout
    assert min(seconds) < 2


def test_the_dossier_command_works_too(installed_once):
    program = next(installed_once.venv.glob("*/dossier*"))
    done = subprocess.run([str(program), "help"], capture_output=True, text=True, check=False)
    assert opened(done), done.stderr


def test_the_environment_knows_the_package(installed_once):
    ask = "import dossier, importlib.metadata as m; print(m.version('dossier'), ascii(dossier.__file__))"
    done = subprocess.run(
        [str(installed_once.python), "-I", "-c", ask], capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("0.1.0 ")
    assert Path(ast.literal_eval(done.stdout.split(maxsplit=1)[1])).is_relative_to(
        installed_once.folder / "src"
    )


def test_what_points_to_the_package_is_plain_ascii_whatever_the_folder_is_called(installed_once):
    pointer = next(installed_once.venv.rglob("dossier.pth"))
    assert pointer.read_bytes().isascii()


def test_an_unknown_command_is_refused_with_the_list(installed_once):
    done = installed_once.start("frobnicate")
    assert done.returncode == 2
    assert "There is no command 'frobnicate'. There is: lab, test, bench" in done.stderr


def test_it_starts_from_any_folder(installed_once, tmp_path):
    done = subprocess.run(
        installed_once.command("help"), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert opened(done)


def test_the_tests_packages_come_on_top(installed):
    assert not re.search("Installing", installed.start("help").stdout)
    done = installed.start("test")
    assert "Installing" in done.stdout
    assert "This needs pytest" in done.stderr  # the small list lacks it; what matters is which list was taken
    assert not re.search("Installing", installed.start("help").stdout)


# Repairs


def test_a_moved_folder_goes_on_without_a_network(installed_once, tmp_path):
    moved = tmp_path / "elsewhere"
    shutil.copytree(installed_once.folder, moved, symlinks=True)
    course = Course(moved, installed_once.wheels)
    assert opened(course.start(**NOWHERE))
    assert "Installing" not in course.start(**NOWHERE).stdout


def asked_directly(course):
    """What the start itself thinks is installed."""
    spec = importlib.util.spec_from_file_location("course", course.folder / "course.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.installed()


@posix
@pytest.mark.parametrize(
    "damage", ["none", "dangling link", "not a program", "no interpreter", "other Python", "half made"]
)
def test_a_broken_or_half_made_environment_is_noticed(installed, damage, monkeypatch):
    monkeypatch.delenv("COURSE_VENV", raising=False)
    if damage in ("dangling link", "not a program", "no interpreter"):
        installed.python.unlink()
    if damage == "dangling link":
        installed.python.symlink_to("/nowhere/python3")
    if damage == "not a program":
        installed.python.write_text("")
        installed.python.chmod(0o755)
    if damage == "other Python":
        site = next(installed.venv.rglob("site-packages"))
        site.rename(site.parent / "of-another-python")
    if damage == "half made":
        (installed.venv / "course-is-installed").write_text("half-made")
    keys = asked_directly(installed)
    assert (keys is None) == (damage != "none")


@posix
def test_an_interrupted_first_start_is_repaired(fresh):
    process = subprocess.Popen(
        fresh.command("help"),
        env=fresh.environment(),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    for line in process.stdout:
        if line.startswith("Installing"):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    done = fresh.start()
    assert opened(done), done.stderr
    assert "anew, since it is broken or half made" in done.stdout


@posix
def test_control_c_stops_with_a_word(fresh):
    process = subprocess.Popen(
        fresh.command("help"),
        env=fresh.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # As a terminal starts it: a background job, such as CI's, begins with Control-C ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    for line in process.stdout:
        if line.startswith("Making"):
            time.sleep(0.3)
            os.killpg(process.pid, signal.SIGINT)
    assert process.wait() == 1
    assert process.stderr.read().rstrip().endswith("Stopped. The next start takes it up again.")


def test_a_new_list_is_installed_over_the_old(installed):
    (installed.venv / "kept").touch()
    installed.lock.write_text(installed.lock.read_text() + "# a newer list\n")
    done = installed.start()
    assert "Installing 1 packages" in done.stdout
    assert opened(done)
    assert (installed.venv / "kept").exists()


# No network


def test_no_network_at_the_first_start(installed_once):
    done = installed_once.without_network
    assert done.returncode == 1
    assert "This step needs the internet" in done.stderr
    assert "HTTPS_PROXY" in done.stderr
    assert "Troubleshooting" in done.stderr
    assert opened(installed_once.first), "with the packages brought along, the next start goes on"


def test_no_network_for_a_new_list_leaves_the_old_installation_whole(installed):
    old = installed.lock.read_text()
    installed.lock.write_text(old + entry("tqdm"))
    assert "This step needs the internet" in installed.start(**NOWHERE).stderr
    installed.lock.write_text(old)
    done = installed.start(**NOWHERE)
    assert opened(done)
    assert "Installing" not in done.stdout


def test_a_package_that_is_not_the_locked_one_is_refused(installed):
    shutil.rmtree(next(installed.venv.rglob("flit_core")))
    shutil.rmtree(next(installed.venv.rglob("flit_core-*.dist-info")))
    installed.lock.write_text(re.sub(r"sha256:.{8}", "sha256:00000000", installed.lock.read_text()))
    done = installed.start()
    assert done.returncode == 1
    assert "not what the course's authors locked" in done.stderr
    assert not list(installed.venv.rglob("flit_core"))


# Python without venv, folders that are not ours to write to


@pytest.mark.parametrize("module", ["ensurepip", "venv"])
def test_a_python_without_venv_names_debians_package(fresh, tmp_path, module):
    stub = tmp_path / "stub"
    stub.mkdir()
    (stub / f"{module}.py").write_text(f"raise ModuleNotFoundError(name={module!r})")
    done = fresh.start(PYTHONPATH=str(stub))
    assert done.returncode == 1
    assert f'its module "{module}" is missing' in done.stderr
    assert "sudo apt install python3-venv python{}.{}-venv".format(*sys.version_info) in done.stderr
    assert "Traceback" not in done.stderr


def obey_permissions():
    """Let even the administrator be bound by a folder's permissions, as everybody else is."""
    if os.geteuid() == 0:
        drop_bounding_capability, override_permissions = 24, 1
        assert ctypes.CDLL(None).prctl(drop_bounding_capability, override_permissions, 0, 0, 0) == 0


@pytest.fixture
def read_only(fresh):
    for folder in [fresh.folder, *(path for path in fresh.folder.rglob("*") if path.is_dir())]:
        folder.chmod(0o555)
    yield fresh
    for folder in [fresh.folder, *(path for path in fresh.folder.rglob("*") if path.is_dir())]:
        folder.chmod(0o755)


@posix
def test_a_read_only_folder_is_explained(read_only):
    done = read_only.start(preexec_fn=obey_permissions)
    assert done.returncode == 1
    assert f"Cannot write to {read_only.venv}: Permission denied" in done.stderr
    assert "Copy the course" in done.stderr
    assert "COURSE_VENV=" in done.stderr


@posix
def test_a_read_only_folder_works_with_the_packages_elsewhere(read_only, tmp_path):
    elsewhere = str(tmp_path / "Pakete für den Kurs")
    done = read_only.start(preexec_fn=obey_permissions, COURSE_VENV=elsewhere)
    assert opened(done), done.stderr
    assert "Installing" not in read_only.start(preexec_fn=obey_permissions, COURSE_VENV=elsewhere).stdout


@posix
def test_an_installed_course_starts_from_a_read_only_folder(installed):
    for folder in [installed.folder, *(path for path in installed.folder.rglob("*") if path.is_dir())]:
        folder.chmod(0o555)
    assert opened(installed.start(preexec_fn=obey_permissions))


def test_a_folder_with_something_else_in_it_is_never_emptied(fresh, tmp_path):
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "summer.jpg").touch()
    done = fresh.start(COURSE_VENV=str(photos))
    assert done.returncode == 1
    assert "holds something else" in done.stderr
    assert [path.name for path in photos.iterdir()] == ["summer.jpg"]
