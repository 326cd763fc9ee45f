"""Larger republics as files: bounded memory, no half file that looks whole, resumed, honest about trouble."""

import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from dossier.republic import TABLES, Republic
from dossier.republic.command import main
from dossier.republic.scale import NOTES, write_republic
from dossier.republic.storage import MANIFEST

COMMAND = [sys.executable, "-m", "dossier", "republic"]


def run(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, timeout=120, check=False, **options
    )


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> Path:
    """20,300 people in three counties, written without a stop."""
    folder = tmp_path_factory.mktemp("finished") / "sorrel"
    write_republic(20_300, folder, seed=7, form="parquet", progress=False)
    return folder


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_files_hold_the_tables_that_would_be_made_in_memory(tmp_path, form):
    manifest = write_republic(10_150, tmp_path, seed=7, naming="many", form=form, progress=False)
    republic = Republic.generate(people=10_150, seed=7, naming="many")
    assert manifest["complete"]
    for name in ("people", "rentals", "flights", "judgments", "cells"):
        table = republic.tables[name]
        files = sorted((tmp_path / name).iterdir())
        assert len(files) == 2
        if form == "parquet":
            parts = [pd.read_parquet(file) for file in files]
            pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), table)
        else:
            types = {c.name: str for c in TABLES[name].columns if c.kind == "text"}
            found = pd.concat([pd.read_csv(file, dtype=types) for file in files], ignore_index=True)
            assert len(found) == len(table) == manifest["tables"][name]["rows"]
            assert found.iloc[:, 0].tolist() == table.iloc[:, 0].tolist()


def test_the_manifest_lists_every_file_with_its_rows_and_checksum(finished):
    manifest = json.loads((finished / MANIFEST).read_text())
    assert manifest["complete"]
    assert manifest["configuration"] == {
        "generator": 2,
        "people": 20_300,
        "seed": 7,
        "naming": "concentrated",
        "format": "parquet",
    }
    listed = {
        entry["path"]: entry["sha256"] for table in manifest["tables"].values() for entry in table["files"]
    }
    found = {name: digest for name, digest in contents(finished).items() if name.endswith(".parquet")}
    assert listed == found
    assert len(listed) == 3 * len(TABLES)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_run_leaves_no_half_file_and_the_same_command_finishes_it(tmp_path, finished, how):
    folder = tmp_path / "sorrel"
    arguments = ["--people", "20_300", "--seed", "7", "--out", str(folder), "--quiet", "--format", "parquet"]
    process = subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    # Stop it in the middle of the second county.
    started = folder / "people" / "part-00001.parquet"
    deadline = time.monotonic() + 90
    while not started.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(how)
    _, errors = process.communicate(timeout=60)
    if how == signal.SIGINT:
        assert process.returncode == 130
        assert "the same command goes on from there" in errors
        assert "Traceback" not in errors
    else:
        assert process.returncode == -signal.SIGKILL
    whole = contents(finished)
    left = contents(folder)
    assert not json.loads((folder / MANIFEST).read_text())["complete"]
    assert {name: whole[name] for name in left if name.endswith(".parquet")} == {
        name: digest for name, digest in left.items() if name.endswith(".parquet")
    }
    assert len(left) < len(whole)
    first = folder / "people" / "part-00000.parquet"
    age = first.stat().st_mtime_ns
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    assert "20,300 people" in done.stdout
    assert contents(folder) == whole
    assert first.stat().st_mtime_ns == age, "what was finished is not made again"


def test_a_finished_republic_is_left_alone_and_a_spoilt_file_is_made_again(tmp_path):
    write_republic(120, tmp_path, progress=False)
    before = contents(tmp_path)
    flights = tmp_path / "flights" / "part-00000.csv.gz"
    flights.write_bytes(flights.read_bytes()[:-7])
    (tmp_path / "people" / "part-00000.csv.gz").unlink()
    write_republic(120, tmp_path, progress=False)
    assert contents(tmp_path) == before
    (tmp_path / NOTES / "00000.json").write_text("{}")
    write_republic(120, tmp_path, progress=False)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (["--people", "130"], "people 120 instead of 130"),
        (["--seed", "3"], "seed 2016 instead of 3"),
        (["--naming", "many"], "naming 'concentrated' instead of 'many'"),
        (["--format", "parquet"], "format 'csv' instead of 'parquet'"),
    ],
)
def test_two_republics_never_mix_in_one_folder(tmp_path, change, says, capsys):
    write_republic(120, tmp_path, progress=False)
    before = contents(tmp_path)
    assert main(["--people", "120", "--out", str(tmp_path), "--quiet", *change]) == 1
    assert says in capsys.readouterr().err
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("notes.txt", "mine", "not empty"),
        ("manifest.json", "{}", "not a republic's"),
        ("manifest.json", "no", "not a"),
    ],
)
def test_a_folder_with_something_else_is_left_alone(tmp_path, name, content, says, capsys):
    (tmp_path / name).write_text(content)
    assert main(["--people", "5", "--out", str(tmp_path), "--quiet"]) == 1
    assert says in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == content


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--people and --out must be given"),
        (["--people", "10"], "--out must be given"),
        (["--out", "x"], "--people must be given"),
        (["--people", "0", "--out", "x"], "0 is not from 1 to 30,000,000"),
        (["--people", "-5", "--out", "x"], "-5 is not from 1"),
        (["--people", "31_000_000", "--out", "x"], "31,000,000 is not from 1 to 30,000,000"),
        (["--people", "many", "--out", "x"], "'many' is not a whole number"),
        (["--people", "1e6", "--out", "x"], "'1e6' is not a whole number"),
        (["--people", "5", "--out", "x", "--seed", "-1"], "-1 is not from 0"),
        (["--people", "5", "--out", "x", "--naming", "few"], "invalid choice: 'few'"),
        (["--people", "5", "--out", "x", "--format", "xlsx"], "invalid choice: 'xlsx'"),
        (["--restore", "--people", "5"], "goes without --people"),
    ],
)
def test_bad_arguments_are_named_with_what_is_allowed(arguments, says, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert says in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_numbers_may_be_written_with_separators(tmp_path, capsys):
    assert main(["--people", "1,000", "--out", str(tmp_path / "a"), "--quiet"]) == 0
    assert "1,000 people" in capsys.readouterr().out


@pytest.mark.parametrize("below", ["", "/sorrel"])
def test_a_name_that_is_a_file_is_no_folder(tmp_path, below, capsys):
    (tmp_path / "file").write_text("")
    assert main(["--people", "5", "--out", str(tmp_path / "file") + below, "--quiet"]) == 1
    assert "is not a folder" in capsys.readouterr().err


def _mounted(folder: Path, options: str) -> bool:
    folder.mkdir()
    if os.geteuid() != 0:
        return False
    return (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True
        ).returncode
        == 0
    )


def test_a_full_disk_is_a_clear_message_and_the_command_goes_on_once_there_is_room(tmp_path):
    disk = tmp_path / "disk"
    small = _mounted(disk, "size=2m")
    arguments = ["--people", "10_000", "--out", str(disk / "sorrel"), "--quiet", "--format", "parquet"]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))

    try:
        stopped = run(*arguments) if small else run(*arguments, preexec_fn=limit)
        assert stopped.returncode == 1, stopped.stdout
        assert "No room left" in stopped.stderr
        assert "run the same command again" in stopped.stderr
        assert "Traceback" not in stopped.stderr
        assert not list((disk / "sorrel").rglob("*.part"))
        if small:
            subprocess.run(["mount", "-o", "remount,size=40m", disk], check=True)
        done = run(*arguments)
        assert done.returncode == 0, done.stderr
        assert json.loads((disk / "sorrel" / MANIFEST).read_text())["complete"]
    finally:
        if small:
            subprocess.run(["umount", disk], check=True)


def test_a_folder_that_may_not_be_written_to_is_a_clear_message(tmp_path):
    disk = tmp_path / "disk"
    if not _mounted(disk, "size=1m,ro"):
        disk.chmod(0o500)
        if os.geteuid() == 0:
            pytest.skip("the administrator may write anywhere, and nothing can be mounted here")
    try:
        stopped = run("--people", "5", "--out", str(disk / "sorrel"), "--quiet")
        assert stopped.returncode == 1
        assert "cannot be written to" in stopped.stderr
        assert "Traceback" not in stopped.stderr
    finally:
        if os.path.ismount(disk):
            subprocess.run(["umount", disk], check=True)


def test_parquet_without_pyarrow_is_a_clear_message(tmp_path):
    blocker = tmp_path / "blocked"
    blocker.mkdir()
    (blocker / "sitecustomize.py").write_text(
        "import importlib.util as util\n"
        "find = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'pyarrow' else find(name, *rest)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(blocker)}
    stopped = run("--people", "5", "--out", str(tmp_path / "x"), "--format", "parquet", env=environment)
    assert stopped.returncode == 1
    assert "python -m pip install pyarrow" in stopped.stderr
    assert "--format csv" in stopped.stderr
    assert not (tmp_path / "x").exists()


def test_progress_is_shown_and_starts_where_it_stopped(tmp_path):
    done = run("--people", "300", "--out", str(tmp_path / "a"))
    assert "Sorrel" in done.stderr
    assert "people/s" in done.stderr
    again = run("--people", "300", "--out", str(tmp_path / "a"))
    assert "100%" in again.stderr
    assert "0%|" not in again.stderr.replace("100%|", "")


def test_memory_does_not_grow_with_the_country(tmp_path):
    # Linux counts a parent's memory in ru_maxrss of its child, so there the process is asked for its own peak.
    code = (
        "import resource, sys; from pathlib import Path; from dossier.republic.scale import write_republic;"
        "write_republic(int(sys.argv[1]), Path(sys.argv[2]), form='parquet', progress=False);"
        "status = Path('/proc/self/status');"
        "own = [line.split()[1] for line in status.open() if line.startswith('VmHWM')] if status.exists() else [];"
        "print(own[0] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = []
    for people in (10_000, 30_000):
        out = str(tmp_path / str(people))
        done = subprocess.run(
            [sys.executable, "-c", code, str(people), out], capture_output=True, text=True, check=True
        )
        peaks.append(int(done.stdout) / 1024)
    assert peaks[1] < peaks[0] + 100, f"{peaks} MB"
    assert peaks[1] < 1_000
