"""The lists of exact versions: complete, hashed, the same for everybody, and not stale."""

import ast
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dossier.__main__ import LOCKS, UV_COMPILE

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
STUDENTS = [*PROJECT["dependencies"], *EXTRAS["install"], *EXTRAS["linkage"]]
DIRECT = {
    "requirements.txt": STUDENTS,
    "tests/requirements.txt": [*STUDENTS, *EXTRAS["test"]],
    "tests/spark.txt": [*STUDENTS, *(one for one in EXTRAS["spark"] if not one.startswith("dossier"))],
}
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
SYSTEMS = {
    "Linux": {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "x86_64",
    },
    "macOS": {
        "sys_platform": "darwin",
        "platform_system": "Darwin",
        "os_name": "posix",
        "platform_machine": "arm64",
    },
    "Windows": {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
    },
}
# What uv calls the machines that students have.
PLATFORMS = [
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
]


def pins(text):
    """The pinned requirements of a list, by name; a name may have several, for different systems."""
    found = {}
    for entry in re.findall(r"^([\w.-]+(?:\[[^\]]*\])?==[^\\\n]*)", text, re.MULTILINE):
        requirement = Requirement(entry.strip())
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def applies(requirement, environment, extra=""):
    return requirement.marker is None or requirement.marker.evaluate({**environment, "extra": extra})


def faults(direct, text, environment):
    """
    Follow every requirement from the project down through what is installed here, and report what the list lacks, what it
    pins outside the allowed range, and what it pins although nothing asks for it.
    """
    pinned = {
        name: next((one for one in several if applies(one, environment)), None)
        for name, several in pins(text).items()
    }
    pinned = {name: one for name, one in pinned.items() if one is not None}
    complaints, reached = set(), set()
    waiting = [(Requirement(one), "the project") for one in direct]
    while waiting:
        wanted, asker = waiting.pop()
        name = canonicalize_name(wanted.name)
        pin = pinned.get(name)
        if pin is None:
            complaints.add(f"{name} is missing, which {asker} needs")
            continue
        version = next(iter(pin.specifier)).version
        if not wanted.specifier.contains(version, prereleases=True):
            complaints.add(f"{name} is pinned to {version}, but {asker} needs {wanted.specifier}")
        for extra in {"", *wanted.extras}:
            if (name, extra) in reached:
                continue
            reached.add((name, extra))
            try:
                needs = importlib.metadata.requires(name) or []
            except importlib.metadata.PackageNotFoundError:
                continue  # of another system, so not installed here
            asked = map(Requirement, needs)
            waiting += [(one, name) for one in asked if applies(one, environment, extra)]
    unasked = set(pinned) - {name for name, _ in reached}
    return sorted(complaints | {f"{name} is pinned, but nothing needs it" for name in unasked})


def environment(python, system):
    return {
        **default_environment(),
        **SYSTEMS[system],
        "python_version": python,
        "python_full_version": f"{python}.0",
    }


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", DIRECT)
def test_holds_all_that_is_needed_and_no_more(name, python, system):
    assert faults(DIRECT[name], (ROOT / name).read_text(), environment(python, system)) == []


@pytest.mark.parametrize(
    ("direct", "change", "complaint"),
    [
        (
            [*STUDENTS, "an-unheard-of-package"],
            ("", ""),
            "an-unheard-of-package is missing, which the project needs",
        ),
        ([*STUDENTS, "numpy>=99"], ("", ""), "but the project needs >=99"),
        (STUDENTS, ("^tornado==", "tornado-of-another-name=="), "tornado is missing, which"),
        (STUDENTS, (r"^traitlets==\S+", "traitlets==0.1"), "traitlets is pinned to 0.1, but"),
        (
            [one for one in STUDENTS if not one.startswith("tqdm")],
            ("", ""),
            "tqdm is pinned, but nothing needs it",
        ),
    ],
)
def test_a_stale_list_is_found(direct, change, complaint):
    text = re.sub(*change, (ROOT / "requirements.txt").read_text(), flags=re.MULTILINE)
    assert any(complaint in fault for fault in faults(direct, text, environment("3.12", "Linux")))


def test_direct_requirements_stand_in_the_list_as_such():
    """uv notes who asked: so the list tells, without a network, which requirements it was made from."""
    text = (ROOT / "requirements.txt").read_text()
    entries = re.findall(r"^([\w.-]+)==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    asked = {block.partition("==")[0] for block in blocks if "dossier (pyproject.toml)" in block}
    assert len(entries) == len(blocks)
    assert asked == {canonicalize_name(Requirement(one).name) for one in STUDENTS}


@pytest.mark.parametrize("name", DIRECT)
def test_every_entry_is_exact_and_hashed_and_names_no_machine(name):
    text = (ROOT / name).read_text()
    assert text.splitlines()[1].strip() == "#    python3 course.py lock"
    for block in re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in block, block
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(("#", "--hash"))]
    assert all(re.match(r"[a-z0-9-]+(\[[^\]]+\])?==\S+( ; .+)? \\$", line) for line in lines), lines
    assert not re.search(r"https?:|file:|index-url|find-links|/(home|root|Users|tmp)/", text)


@pytest.mark.parametrize("larger", list(DIRECT)[1:])
def test_the_larger_sets_hold_the_students_set_at_the_same_versions(larger):
    students, all_of_it = (pins((ROOT / name).read_text()) for name in ("requirements.txt", larger))
    for name, several in students.items():
        assert {str(one.specifier) for one in several} == {str(one.specifier) for one in all_of_it[name]}


@pytest.mark.parametrize("extra", ["scale", "teach"])
def test_other_extras_agree_with_the_test_set(extra):
    tests = pins((ROOT / "tests" / "requirements.txt").read_text())
    for wanted in map(Requirement, EXTRAS[extra]):
        for pinned in tests[canonicalize_name(wanted.name)]:
            assert wanted.specifier.contains(next(iter(pinned.specifier)).version)


def uv(arguments, folder):
    """Run uv, or leave the test out if no package index answers."""
    once = {**os.environ, "UV_HTTP_RETRIES": "0"}
    done = subprocess.run(
        [*UV_COMPILE, *arguments], env=once, cwd=folder, capture_output=True, text=True, check=False
    )
    if re.search(
        "error sending request|dns error|Connect|timed out|Network connectivity is disabled", done.stderr
    ):
        pytest.skip(f"no package index answers: {done.stderr.strip().splitlines()[-1].strip()}")
    return done


@pytest.mark.network
def test_resolving_again_changes_nothing(tmp_path):
    (tmp_path / "tests").mkdir()
    for name in ["pyproject.toml", *DIRECT]:
        shutil.copy(ROOT / name, tmp_path / name)
    for arguments, name in zip(LOCKS, DIRECT, strict=True):
        done = uv(arguments, tmp_path)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name).read_text() == (ROOT / name).read_text(), (
            "stale: run `python3 course.py lock`"
        )


@pytest.mark.network
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", [PYTHONS[0], PYTHONS[-1]])
def test_students_need_no_compiler(platform, python, tmp_path):
    """Every pinned package comes ready built for the systems that students have."""
    target = [
        "--python-platform",
        platform,
        "--python-version",
        python,
        "--only-binary",
        ":all:",
        "--no-deps",
    ]
    done = uv([str(ROOT / "requirements.txt"), *target, "-o", "resolved.txt"], tmp_path)
    assert done.returncode == 0, done.stderr


def test_course_starts_on_the_pythons_that_the_package_allows():
    allowed = Requirement(f"dossier{PROJECT['requires-python']}").specifier
    start = (ROOT / "course.py").read_text()
    low, high = re.search(
        r"if not \((\d+, \d+)\) <= sys.version_info\[:2\] <= \((\d+, \d+)\)", start
    ).groups()
    named = {low.replace(", ", "."), high.replace(", ", ".")}
    assert named == {PYTHONS[0], PYTHONS[-1]}
    assert [one for one in ("3.10", *PYTHONS, "3.15") if allowed.contains(one)] == PYTHONS


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("src", "requirements.txt"),
        ("tests", "tests/requirements.txt"),
        ("benchmarks", "tests/requirements.txt"),
    ],
)
def test_everything_imported_is_locked(folder, name):
    """What happens to be installed on one machine is not on the next."""
    files = list((ROOT / folder).rglob("*.py"))
    tops = set()
    for path in files:
        if path.name == "masters.py":  # an instructor's, with packages of the extra "teach"
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                tops |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                tops.add(node.module.partition(".")[0])
    own = {path.stem for path in [*files, *ROOT.glob("tests/**/*.py")]} | {"dossier"}
    locked = set(pins((ROOT / name).read_text()))
    # The extra "spark" says how to get it; the benchmark makes an environment of its own.
    optional = {"src": {"pyspark"}, "benchmarks": {"recordlinkage"}}.get(folder, set())
    for top in tops - own - optional - set(sys.stdlib_module_names):
        brought_by = {
            canonicalize_name(one) for one in importlib.metadata.packages_distributions().get(top, [])
        }
        assert brought_by & locked, f"{folder} imports {top}, which {name} lacks"
