"""The committed sample: whole, checked, restorable, and the same wherever it is made."""

import gzip
import hashlib
import json
import shutil
import time
import zlib
from pathlib import Path

import pandas as pd
import pytest

from dossier.republic import TABLES, Republic
from dossier.republic import parameters as p
from dossier.republic.command import main
from dossier.republic.storage import (
    SampleDamaged,
    csv_text,
    data_folder,
    from_csv_text,
    restore_sample,
    sample_manifest,
    write_whole,
)

RESTORE = "python -m dossier republic --restore"


@pytest.fixture(scope="module")
def restored(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "evidence").mkdir()
    assert restore_sample(folder) == []
    return folder


@pytest.fixture
def own_data(restored, tmp_path, monkeypatch) -> Path:
    """A copy of the sample that a test may damage."""
    folder = tmp_path / "data"
    shutil.copytree(restored, folder)
    monkeypatch.setenv("DOSSIER_DATA", str(folder))
    return folder


def test_making_the_sample_again_gives_the_committed_files_byte_for_byte(restored):
    committed = data_folder()
    for made in sorted(path for path in restored.rglob("*") if path.is_file()):
        path = committed / made.relative_to(restored)
        if made.suffix == ".gz":
            assert gzip.decompress(made.read_bytes()) == gzip.decompress(path.read_bytes()), path
            if "ng" not in zlib.ZLIB_RUNTIME_VERSION:
                assert made.read_bytes() == path.read_bytes(), path
        else:
            assert made.read_bytes() == path.read_bytes(), f"{path}: run {RESTORE}"
    tables = {path.name for path in (committed / "sorrel").iterdir()}
    assert tables == {f"{name}.csv.gz" for name in TABLES}


def test_the_sample_is_what_its_seed_makes(sorrel):
    sample = Republic.sample()
    assert (sample.people_count, sample.seed, sample.naming) == (10_000, p.SAMPLE_SEED, "concentrated")
    for name in TABLES:
        pd.testing.assert_frame_equal(sample.tables[name], sorrel.tables[name])


def test_the_sample_is_small_and_quick_to_read():
    folder = data_folder() / "sorrel"
    assert sum(path.stat().st_size for path in folder.iterdir()) < 4.3e6
    sample = Republic.sample()
    start = time.process_time()
    for name in TABLES:
        sample.tables[name]
    # 0.5 s where it was measured; a loaded machine gets three times that.
    assert time.process_time() - start < 1.5


def test_the_files_say_nothing_of_when_they_were_made(restored):
    for path in (restored / "sorrel").iterdir():
        header = path.read_bytes()[:10]
        assert header[4:8] == b"\0\0\0\0"
        assert not header[3], "no name, no comment"


def test_a_table_survives_being_written_and_read(sorrel):
    for name in ("people", "rentals", "judgments", "phone_pings"):
        table = sorrel.tables[name].head(200)
        pd.testing.assert_frame_equal(from_csv_text(name, csv_text(name, table)), table)
        empty = table.head(0)
        pd.testing.assert_frame_equal(
            from_csv_text(name, csv_text(name, empty)), empty, check_index_type=False
        )


def test_times_are_written_as_a_spreadsheet_reads_them(sorrel):
    lines = csv_text("phone_pings", sorrel.phone_pings.head(1)).decode().splitlines()
    assert lines[0] == "id_number,when,cell"
    moment = pd.Timestamp(lines[1].split(",")[1])
    assert lines[1].split(",")[1] == f"{moment:%Y-%m-%d %H:%M}"


def test_the_manifest_names_every_file_and_its_checksum():
    manifest = sample_manifest()
    assert manifest["generator"] == p.GENERATOR_VERSION
    for name, entry in manifest["tables"].items():
        text = gzip.decompress((data_folder() / entry["path"]).read_bytes())
        assert hashlib.sha256(text).hexdigest() == entry["sha256"]
        assert text.count(b"\n") - 1 == entry["rows"], name


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _other_table(path: Path) -> None:
    path.write_bytes(gzip.compress(b"id_number\n"))


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (Path.unlink, "is missing"),
        (_flip, "is damaged|is not the file"),
        (lambda path: path.write_bytes(path.read_bytes()[:100]), "is damaged"),
        (lambda path: path.write_bytes(b""), "is not the file|is damaged"),
        (lambda path: path.write_text("version https://git-lfs"), "is damaged"),
        (_other_table, "is not the file that the manifest describes"),
    ],
)
def test_a_missing_or_damaged_table_is_noticed_when_it_is_read_and_only_then(own_data, harm, says, sorrel):
    harm(own_data / "sorrel" / "people.csv.gz")
    sample = Republic.sample()
    assert sample.flights.equals(sorrel.flights)
    with pytest.raises(SampleDamaged, match=says) as caught:
        sample.people  # noqa: B018
    assert RESTORE in str(caught.value)
    assert "people.csv.gz" in str(caught.value)


@pytest.mark.parametrize(
    "content", [None, "", "[]", "{}", '{"people": 1, "seed": 2, "naming": "many", "tables": {}}']
)
def test_a_missing_or_damaged_manifest_is_noticed(own_data, content):
    path = own_data / "manifest.json"
    path.unlink() if content is None else path.write_text(content)
    with pytest.raises(SampleDamaged, match=r"manifest\.json") as caught:
        Republic.sample()
    assert RESTORE in str(caught.value)


def test_the_command_in_the_message_restores_the_sample(own_data, restored, capsys):
    (own_data / "sorrel" / "people.csv.gz").unlink()
    (own_data / "manifest.json").write_text("{")
    assert main(["--restore"]) == 0
    assert "Restored: 10,000 people" in capsys.readouterr().out
    for path in restored.rglob("*.*"):
        assert (own_data / path.relative_to(restored)).read_bytes() == path.read_bytes()
    assert len(Republic.sample().people) == 10_000


def test_restoring_says_which_tables_are_not_what_the_manifest_described(own_data, capsys):
    manifest = json.loads((own_data / "manifest.json").read_text())
    manifest["tables"]["flights"]["sha256"] = "0" * 64
    (own_data / "manifest.json").write_text(json.dumps(manifest))
    assert main(["--restore"]) == 0
    assert "described them: flights." in capsys.readouterr().out


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "folder" / "file"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    with pytest.raises(TypeError):
        write_whole(path, "text, not bytes")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == ["file"]


def test_without_a_data_folder_the_message_says_where_it_looked(tmp_path, monkeypatch):
    monkeypatch.setenv("DOSSIER_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match="DOSSIER_DATA"):
        Republic.sample()
