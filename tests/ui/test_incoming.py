"""What came in: given once, gone with the session or the batch that held it, and under names that lead nowhere."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from salesmetrics.errors import SalesMetricsError
from tests.ui.door import SECRET, Door, run
from ui import incoming
from ui.incoming import issue, path_name, shown_name


def test_only_what_the_drop_names_is_given(door: Door) -> None:
    token, ticket = issue("session-1", SECRET)
    run(door.put(token, b"1", "kept.csv", "a"))
    run(door.put(token, b"2", "removed.csv", "b"))
    late = ticket.begin("c", "late.csv", 1)
    late.part.write_bytes(b"3")
    late.received = 1
    for body in (b"", b"[]", b"{}", b'{"files": "a"}', b'{"files": [1]}', b"x" * 70_000):
        assert run(door.settle(token, body=body)) == (400, {"refused": "not_understood"})
    assert run(door.settle(token)) == (400, {"refused": "not_understood"}), "a drop of nothing is none"
    assert run(door.settle(token, "a", "c")) == (400, {"refused": "not_understood"}), "c is not here yet"
    assert run(door.settle(token, "a")) == (204, None)
    assert run(door.settle(token, "a")) == (204, None), "the answer may have been lost"
    assert run(door.put(token, b"4", file_id="d")) == (410, {"refused": "session_gone"})
    with pytest.raises(incoming.RefusedError):
        ticket.arrive(late)
    ticket.give_up(late)
    batch = ticket.take()
    assert batch is not None
    assert [file.name for file in batch.files] == ["kept.csv"]
    assert door.left() == [batch.files[0].path]


def test_files_go_with_the_session_that_held_them(door: Door) -> None:
    token, ticket = issue("session-1", SECRET)
    run(door.put(token, b"1"))
    assert len(door.left()) == 1
    del ticket
    gc.collect()
    assert list(door.folder.iterdir()) == []
    assert run(door.put(token, b"1")) == (410, {"refused": "session_gone"})


def test_files_go_with_the_batch_and_with_the_server(door: Door) -> None:
    token, ticket = issue("session-1", SECRET)
    run(door.put(token, b"1"))
    run(door.settle(token, "a-1"))
    batch = ticket.take()
    del ticket
    gc.collect()
    assert len(door.left()) == 1, "the batch holds them now"
    del batch
    gc.collect()
    assert list(door.folder.iterdir()) == []

    token, _ticket = issue("session-1", SECRET)
    run(door.put(token, b"1"))
    incoming.close()
    assert list(door.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Sales\\Q1.xlsx", "Q1.xlsx"),
        ("a/..", "file"),
        ("", "file"),
        (".", "file"),
        ("q1\u202exslx.exe", "q1xslx.exe"),
        ("q1\x00\r\n.csv", "q1.csv"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv"),
    ],
)
def test_a_name_is_shown_without_its_folders_and_tricks(sent: str, shown: str) -> None:
    assert shown_name(sent) == shown


@given(some.text(max_size=400))
def test_no_name_leads_out_of_the_folder(sent: str) -> None:
    shown = shown_name(sent)
    name = path_name(shown)
    assert 0 < len(shown) <= 200
    assert 0 < len(name.encode()) <= 200
    assert Path(name).name == name
    assert not re.search(r"[/\\\x00-\x1f]", name)
    assert name not in (".", "..")


@given(some.text(alphabet="销售é.x", min_size=1, max_size=300))
def test_a_long_name_keeps_its_ending(stem: str) -> None:
    assert path_name(shown_name(stem + ".xlsx")).endswith(".xlsx")


@pytest.mark.parametrize(("said", "megabytes"), [(None, 2048), ("", 2048), ("50", 50)])
def test_the_largest_upload_can_be_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str | None, megabytes: int
) -> None:
    monkeypatch.delenv("SALESMETRICS_MAX_UPLOAD_MB", raising=False)
    if said is not None:
        monkeypatch.setenv("SALESMETRICS_MAX_UPLOAD_MB", said)
    monkeypatch.setattr(incoming, "_place", incoming._Place())
    incoming.configure(tmp_path)
    assert incoming.limits().file_bytes == megabytes * 1024 * 1024
    assert incoming.limits().drop_bytes == 4 * megabytes * 1024 * 1024


@pytest.mark.parametrize("said", ["2 GB", "-1", "0", "1.5"])
def test_a_largest_upload_that_is_no_number_is_told(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("SALESMETRICS_MAX_UPLOAD_MB", said)
    with pytest.raises(SalesMetricsError, match=re.escape(f"SALESMETRICS_MAX_UPLOAD_MB is {said}")):
        incoming.largest_upload()
