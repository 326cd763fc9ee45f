"""Lint, format, types, layers and spelling: each tool's own verdict over the whole course."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
PROSE = ["README.md", "CONTRIBUTING.md", "course.py", "src", "tests", "data", "benchmarks", "docs"]
TOOLS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "--quiet", "."],
    "mypy": ["mypy"],
    "import-linter": ["lint-imports"],
    "pre-commit": ["pre-commit", "validate-config", ".pre-commit-config.yaml"],
    "codespell": ["codespell", *(name for name in PROSE if (ROOT / name).exists())],
}


def run(command, cwd=ROOT):
    program = shutil.which(command[0], path=Path(sys.executable).parent)
    return subprocess.run([program, *command[1:]], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("tool", TOOLS)
def test_finds_nothing(tool):
    done = run(TOOLS[tool])
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_model_package_is_held_to_the_layers():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    models, apart, classroom = contracts
    packages = {f"dossier.{path.parent.name}" for path in (ROOT / "src" / "dossier").glob("*/__init__.py")}
    expected = packages - {"dossier.explore", "dossier.classroom"}
    assert set(models["source_modules"]) == set(apart["modules"]) == expected
    assert set(classroom["forbidden_modules"]) == expected | {"dossier.explore"}


@pytest.mark.parametrize(
    ("package", "line"),
    [
        ("score", "import plotly.graph_objects"),
        ("republic", "from dossier.explore import Explorable"),
        ("evidence", "import dossier.republic"),
        ("classroom", "from dossier import score"),
    ],
)
def test_a_breach_of_the_layers_is_found(tmp_path, monkeypatch, package, line):
    shutil.copytree(ROOT / "src" / "dossier", tmp_path / "dossier")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "dossier" / package / "breach.py").write_text(line + "\n")
    run_there = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", run_there], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"dossier.{package}.breach" in done.stdout


def test_students_packages_are_enough_to_import_everything():
    """With the packages of the other extras out of reach, and those that only functions import, every module still imports."""
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    program = f"""
import importlib, pkgutil, re, sys
from importlib.metadata import packages_distributions
students = {{re.sub(r"[-_.]+", "-", name).lower() for name in {locked!r}}} | {{"dossier"}}
class OutOfReach:
    tops = {{top for top, names in packages_distributions().items() if not students & {{re.sub(r"[-_.]+", "-", n).lower() for n in names}}}}
    tops |= {{"duckdb", "pyspark", "rapidfuzz", "splink", "sqlglot"}}  # heavy, or not in the browser
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.tops:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, OutOfReach())
assert "nbgrader" in OutOfReach.tops and "pandas" not in OutOfReach.tops
import dossier
for module in pkgutil.walk_packages(dossier.__path__, "dossier."):
    # The masters are an instructor's: nbgrader reads them.
    if module.name not in ("dossier.__main__", "dossier.classroom.masters"):
        importlib.import_module(module.name)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
