"""Every test here keeps its own record, and none is the learner's."""

import pytest

from dossier.classroom import checks, record


@pytest.fixture(autouse=True)
def own_record(tmp_path, monkeypatch):
    path = tmp_path / "record" / "my_progress.json"
    path.parent.mkdir()
    monkeypatch.setenv("DOSSIER_RECORD", str(path))
    for memory in (record._in_memory, record._waiting_remarks, record._said, checks._hints_shown):
        memory.clear()
    return path
