"""The door for uploads: what arrives is what was sent, whoever may not send is told why, and nothing is left over."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from tests.ui.door import BROKEN, ROOM, SECRET, Door, in_pieces, run
from ui import incoming, upload_route
from ui.incoming import MEGABYTE, Refusal, discard, issue


def test_what_arrives_is_what_was_sent_in_the_order_of_the_drop(door: Door) -> None:
    token, ticket = issue("session-1", SECRET)
    first, second = os.urandom(3 * MEGABYTE + 17), b"Order Date,Amount\n"
    assert run(door.put(token, first, "订单 2024.csv", "x-1")) == (201, None)
    assert run(door.put(token, second, "订单 2024.csv", "x-2")) == (201, None)
    assert run(door.put(token, b"", "empty.xlsx", "x-3")) == (201, None)
    assert ticket.take() is None
    assert run(door.settle(token, "x-3", "x-1", "x-2")) == (204, None)
    batch = ticket.take()
    assert batch is not None
    assert [(file.name, file.size) for file in batch.files] == [
        ("empty.xlsx", 0),
        ("订单 2024.csv", len(first)),
        ("订单 2024.csv", len(second)),
    ]
    assert [file.path.read_bytes() for file in batch.files] == [b"", first, second]
    assert [file.path.name for file in batch.files] == ["empty.xlsx", "订单 2024.csv", "订单 2024.csv"]
    assert ticket.take() is None, "a drop is given once"
    discard(batch)
    assert list(door.folder.iterdir()) == []


def test_asking_first_takes_nothing(door: Door) -> None:
    token, _ticket = issue("session-1", SECRET)
    for _time in range(10):
        assert run(door.put(token, b"x" * 9, method="POST")) == (204, None)
    assert run(door.put(token, b"x" * 9)) == (201, None)


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize(
    ("headers", "status", "why"),
    [
        ({"x_upload_token": None}, 410, Refusal.SESSION_GONE),
        ({"x_upload_token": "guessed"}, 410, Refusal.SESSION_GONE),
        ({"sec_fetch_site": "cross-site"}, 403, Refusal.NOT_ALLOWED),
        ({"sec_fetch_site": "same-site"}, 403, Refusal.NOT_ALLOWED),
        ({"origin": "http://evil.example"}, 403, Refusal.NOT_ALLOWED),
        ({"origin": "null"}, 403, Refusal.NOT_ALLOWED),
        ({"origin": "http://[app.example"}, 403, Refusal.NOT_ALLOWED),
        ({"x_xsrftoken": None}, 403, Refusal.NOT_ALLOWED),
        ({"cookie": None}, 403, Refusal.NOT_ALLOWED),
        ({"x_xsrftoken": generate_xsrf_token_string(b"another-browser!")}, 403, Refusal.NOT_ALLOWED),
        (
            {
                "x_xsrftoken": generate_xsrf_token_string(b"another-browser!"),
                "cookie": f"_streamlit_xsrf={generate_xsrf_token_string(b'another-browser!')}",
            },
            403,
            Refusal.NOT_ALLOWED,
        ),
        ({"content_length": None, "x_upload_size": None}, 400, Refusal.NOT_UNDERSTOOD),
        ({"content_length": "-1", "x_upload_size": "-1"}, 400, Refusal.NOT_UNDERSTOOD),
        (
            {"content_length": str(5 * MEGABYTE + 1), "x_upload_size": str(5 * MEGABYTE + 1)},
            413,
            Refusal.TOO_LARGE,
        ),
        ({"file_id": "UP"}, 400, Refusal.NOT_UNDERSTOOD),
        ({"file_id": "a" * 41}, 400, Refusal.NOT_UNDERSTOOD),
        ({"file_id": "..%2F..%2Fx"}, 400, Refusal.NOT_UNDERSTOOD),
    ],
)
def test_who_may_not_send_is_told_why(
    door: Door, method: str, headers: dict[str, Any], status: int, why: Refusal
) -> None:
    token, ticket = issue("session-1", SECRET)
    answer = run(door.put(token, b"a,b\n1,2\n", method=method, **headers))
    assert answer == (status, {"refused": why})
    assert door.left() == []
    assert run(door.settle(token, "a-1"))[0] == 400, "there is nothing to settle"
    assert ticket.take() is None


def test_a_browser_that_says_less_is_served(door: Door) -> None:
    """Over plain http to another machine browsers send no Sec-Fetch-Site; proxies drop the port of the host."""
    token, _ticket = issue("session-1", SECRET)
    answer = run(door.put(token, b"1", sec_fetch_site=None, host="app.example"))
    assert answer == (201, None)


def test_a_session_that_ended_sends_nothing_more(door: Door) -> None:
    token, _ticket = issue("session-1", SECRET)
    door.open.clear()
    assert run(door.put(token, b"1")) == (410, {"refused": "session_gone"})
    assert run(door.settle(token, "a-1")) == (410, {"refused": "session_gone"})


def test_a_ticket_nobody_used_for_long_is_no_longer_good_until_its_page_is_used(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, ticket = issue("session-1", SECRET)
    later = time.monotonic() + ROOM.seconds + 1
    monkeypatch.setattr(incoming.time, "monotonic", lambda: later)
    assert ticket.expired
    assert run(door.put(token, b"1")) == (410, {"refused": "session_gone"})
    ticket.renew()
    assert run(door.put(token, b"1")) == (201, None)


def test_a_drop_is_bounded_in_files_and_bytes(door: Door) -> None:
    token, _ticket = issue("session-1", SECRET)
    five, three = bytes(5 * MEGABYTE), bytes(3 * MEGABYTE)
    assert run(door.put(token, five, file_id="a")) == (201, None)
    assert run(door.put(token, three + b"1", file_id="b")) == (413, {"refused": "drop_too_large"})
    assert run(door.put(token, three, file_id="b")) == (201, None)
    assert run(door.put(token, b"", file_id="c")) == (201, None)
    assert run(door.put(token, b"", file_id="c")) == (400, {"refused": "not_understood"}), "that one is here"
    assert run(door.put(token, b"", file_id="d")) == (201, None)
    assert run(door.put(token, b"", file_id="e")) == (413, {"refused": "too_many"})


def test_files_at_once_arrive_whole_and_are_bounded_by_session(door: Door) -> None:
    token, ticket = issue("session-1", SECRET)
    other, _other_ticket = issue("session-1", SECRET)
    stranger, _stranger_ticket = issue("session-2", SECRET)
    contents = [os.urandom(2 * MEGABYTE + number) for number in range(3)]

    async def together() -> list[Any]:
        all_begun = asyncio.Event()

        async def held(body: bytes) -> AsyncIterator[bytes | str]:
            async for piece in in_pieces(body):
                yield piece
                await all_begun.wait()

        sending = [
            asyncio.create_task(door.put(token, held(body), file_id=f"f-{n}", content_length=str(len(body))))
            for n, body in enumerate(contents)
        ]
        while len(door.left()) < 3:
            await asyncio.sleep(0.01)
        assert await door.put(token, b"1", file_id="f-0") == (400, {"refused": "interrupted"}), (
            "one of it is coming"
        )
        assert await door.put(token, b"1", file_id="f-9") == (429, {"refused": "busy"})
        assert await door.put(other, b"1", file_id="f-9") == (429, {"refused": "busy"}), (
            "a ticket more is no way out"
        )
        assert await door.put(stranger, b"1", file_id="f-9") == (201, None)
        all_begun.set()
        return list(await asyncio.gather(*sending))

    assert run(together()) == [(201, None)] * 3
    run(door.settle(token, "f-0", "f-1", "f-2"))
    batch = ticket.take()
    assert batch is not None
    assert [file.path.read_bytes() for file in batch.files] == contents


def test_a_full_disk_is_told_before_anything_is_sent(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    free = MEGABYTE
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10 * free, 9 * free, free))
    token, ticket = issue("session-1", SECRET)
    assert run(door.put(token, bytes(free), method="POST")) == (204, None)
    assert run(door.put(token, bytes(free + 1), method="POST")) == (507, {"refused": "disk_full"})
    ticket.limits = replace(ROOM, spare_bytes=1)
    assert run(door.put(token, bytes(free))) == (507, {"refused": "disk_full"})
    # What others were promised is no longer free, though not written yet.
    ticket.limits = ROOM
    _token, other = issue("session-2", SECRET)
    other.begin("b-1", "b.csv", free // 2)
    assert run(door.put(token, bytes(free // 2 + 1))) == (507, {"refused": "disk_full"})
    assert run(door.put(token, bytes(free // 2))) == (201, None)


async def _breaking_off() -> AsyncIterator[bytes | str]:
    yield bytes(2 * MEGABYTE)
    yield BROKEN


async def _falling_silent() -> AsyncIterator[bytes | str]:
    yield bytes(2 * MEGABYTE)
    await asyncio.sleep(60)


@pytest.mark.parametrize(
    "body",
    [
        _breaking_off,
        _falling_silent,
        lambda: in_pieces(bytes(2 * MEGABYTE)),
        lambda: in_pieces(bytes(4 * MEGABYTE)),
    ],
    ids=["went away", "fell silent", "too few bytes", "too many bytes"],
)
def test_what_breaks_off_leaves_nothing_and_can_be_sent_again(
    door: Door, monkeypatch: pytest.MonkeyPatch, body: Callable[[], AsyncIterator[bytes | str]]
) -> None:
    monkeypatch.setattr(incoming._place, "limits", replace(ROOM, at_once=1, quiet_seconds=0.3))
    token, _ticket = issue("session-1", SECRET)
    answer = run(door.put(token, body(), content_length=str(3 * MEGABYTE)))
    assert answer == (400, {"refused": "interrupted"})
    assert door.left() == []
    assert run(door.put(token, bytes(3 * MEGABYTE))) == (201, None), "its place is free again"


def test_a_server_that_stops_leaves_no_part(door: Door) -> None:
    token, _ticket = issue("session-1", SECRET)

    async def stop() -> None:
        sending = asyncio.create_task(door.put(token, _falling_silent(), content_length=str(3 * MEGABYTE)))
        while not door.left():
            await asyncio.sleep(0.01)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending

    run(stop())
    assert door.left() == []


@pytest.mark.parametrize(("number", "why"), [(errno.ENOSPC, "disk_full"), (errno.EIO, "not_stored")])
def test_a_disk_that_fails_half_way_is_told(
    door: Door, monkeypatch: pytest.MonkeyPatch, number: int, why: str
) -> None:
    token, _ticket = issue("session-1", SECRET)
    opened = Path.open

    def failing(path: Path, *options: Any) -> Any:
        out = opened(path, *options)
        if path.suffix != ".part":
            return out

        class Failing:
            close = out.close

            def write(self, _content: bytes) -> None:
                raise OSError(number, "no")

        return Failing()

    monkeypatch.setattr(Path, "open", failing)
    assert run(door.put(token, bytes(2 * MEGABYTE)))[1] == {"refused": why}
    assert door.left() == []


def test_a_slow_disk_holds_nobody_else_up(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    token, _ticket = issue("session-1", SECRET)
    opened = Path.open

    def slow(path: Path, *options: Any) -> Any:
        out = opened(path, *options)

        class Slow:
            close = out.close

            def write(self, content: bytes) -> int:
                time.sleep(0.5)
                return int(out.write(content))

        return Slow()

    monkeypatch.setattr(Path, "open", slow)

    async def beside() -> float:
        sending = asyncio.create_task(door.put(token, bytes(3 * MEGABYTE)))
        longest = 0.0
        while not sending.done():
            before = time.monotonic()
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - before)
        assert sending.result() == (201, None)
        return longest

    assert run(beside()) < 0.4


def test_the_address_is_below_where_the_app_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    assert upload_route.address() == "/api/uploads"
    monkeypatch.setattr(st, "get_option", lambda _name: "/sales/app/")
    assert upload_route.address() == "/sales/app/api/uploads"
    assert {route.path for route in upload_route.upload_routes()} == {
        "/sales/app/api/uploads",
        "/sales/app/api/uploads/{file_id}",
    }
