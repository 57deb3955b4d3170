"""Every answer of the server carries the headers, and only known hosts get one."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message

import app
from ui.headers import SecurityHeaders, inline_script_hashes, security_headers


async def _framed(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("hello", headers={"X-Frame-Options": "ALLOWALL"})


async def _fails(_request: Request) -> PlainTextResponse:
    raise RuntimeError("a secret detail")


INNER = Starlette(
    routes=[Route("/", _framed), Route("/fails", _fails)],
    middleware=[Middleware(SecurityHeaders)],
    exception_handlers={Exception: app._server_error},
)


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    text: str

    def all_of(self, name: str) -> list[str]:
        return [value for known, value in self.headers if known.lower() == name]


def get(path: str) -> Answer:
    """Ask the app for `path` as a server would."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    # In a thread of its own: a browser under test may hold this one's event loop. Starlette answers a failure and
    # then raises it again, for the server to log.
    with ThreadPoolExecutor(1) as thread, suppress(RuntimeError):
        thread.submit(lambda: asyncio.run(INNER(scope, receive, send))).result()
    start, *body = sent
    headers = [(name.decode(), value.decode()) for name, value in start["headers"]]
    return Answer(start["status"], headers, b"".join(part.get("body", b"") for part in body).decode())


def policy(answer: Answer) -> dict[str, list[str]]:
    [header] = answer.all_of("content-security-policy")
    parts = (part.split() for part in header.split(";"))
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("path", ["/", "/missing", "/fails"])
def test_every_answer_has_the_headers_once(path: str) -> None:
    answer = get(path)
    assert answer.all_of("x-frame-options") == ["DENY"]
    assert answer.all_of("x-content-type-options") == ["nosniff"]
    assert policy(answer)["frame-ancestors"] == ["'none'"]


def test_a_failure_tells_nothing_of_the_inside() -> None:
    answer = get("/fails")
    assert answer.status == 500
    assert "secret" not in answer.text


def test_nothing_may_come_from_another_host_and_no_script_is_evaluated() -> None:
    allowed = policy(get("/"))
    assert allowed["default-src"] == ["'none'"]
    assert not any(source.startswith(("http", "*", "//")) for sources in allowed.values() for source in sources)
    assert not {"'unsafe-eval'", "'unsafe-inline'"} & set(allowed["script-src"])


def test_exactly_the_inline_scripts_of_the_page_may_run() -> None:
    index = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    hashes = inline_script_hashes(index)
    assert len(hashes) == len(re.findall(r"<script>", index)) > 0
    header = security_headers()[b"content-security-policy"].decode()
    assert all(one in header for one in hashes)


def test_hosts_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SALESMETRICS_ALLOWED_HOSTS", raising=False)
    assert app.allowed_hosts() == ["localhost", "127.0.0.1"]
    monkeypatch.setenv("SALESMETRICS_ALLOWED_HOSTS", "sales.example.org, localhost")
    assert app.allowed_hosts() == ["sales.example.org", "localhost"]
