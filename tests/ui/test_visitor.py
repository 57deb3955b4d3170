"""A browser gets a secret with its first page, once, and nothing else carries one."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from ui.visitor import COOKIE, Visitors

Headers = list[tuple[bytes, bytes]]


def asked(path: str = "/", method: str = "GET", scheme: str = "http", **cookies: str) -> dict[str, str]:
    """Ask for a page or a file and give the headers of the answer."""

    async def inner(scope: Scope, _receive: Receive, send: Send) -> None:
        kind = b"text/html; charset=utf-8" if scope["path"] == "/" else b"text/csv"
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
        await send({"type": "http.response.body", "body": b""})

    sent: list[MutableMapping[str, Any]] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    said = "; ".join(f"{name}={value}" for name, value in cookies.items()).encode()
    headers: Headers = [(b"cookie", said)] if cookies else []
    scope = {"type": "http", "method": method, "path": path, "scheme": scheme, "headers": headers}
    # In a thread of its own: a browser test before may have left a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(Visitors(inner)(scope, receive, send))).result()
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def secret_in(headers: dict[str, str]) -> str | None:
    morsel = SimpleCookie(headers.get("set-cookie", "")).get(COOKIE)
    return morsel.value if morsel else None


def test_every_browser_gets_its_own_secret_and_keeps_it() -> None:
    given = secret_in(asked())
    assert given is not None
    assert len(given) == 43
    assert secret_in(asked(**{COOKIE: given})) is None, "it has one already"
    assert secret_in(asked()) not in (None, given)


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_scripts_and_other_sites_cannot_use_it(scheme: str, secure: bool) -> None:
    said = asked(scheme=scheme)["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=lax" in said
    assert ("; secure" in said) is secure


def test_only_pages_carry_one() -> None:
    assert secret_in(asked("/file")) is None
    assert secret_in(asked(method="POST")) is None


def test_a_secret_that_was_made_up_is_replaced() -> None:
    assert secret_in(asked(**{COOKIE: "short"})) is not None
