"""The route for uploads in an app of its own, spoken to as a server would hand requests on."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from ui import upload_route
from ui.incoming import MEGABYTE, Limits

SECRET = b"0123456789abcdef"
ROOM = Limits(file_bytes=5 * MEGABYTE, drop_bytes=8 * MEGABYTE, files=4, at_once=3, spare_bytes=0, quiet_seconds=5)
BROKEN = "broken"


@dataclass
class Door:
    """The route in an app of its own, with the sessions that are open."""

    folder: Path
    open: set[str] = field(default_factory=lambda: {"session-1", "session-2"})

    def __post_init__(self) -> None:
        self.app = Starlette(routes=upload_route.upload_routes(lambda session: session in self.open))

    async def say(
        self, method: str, path: str, headers: dict[str, str | None], body: AsyncIterator[bytes | str]
    ) -> tuple[int, Any]:
        """Make one request as a server would hand it on; a chunk BROKEN is a browser that went away."""
        known = {name: value for name, value in headers.items() if value is not None}
        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
            "scheme": "http", "server": ("app.example", 80), "client": ("10.0.0.1", 1), "http_version": "1.1",
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in known.items()],
        }  # fmt: skip

        async def receive() -> dict[str, Any]:
            chunk = await anext(body, None)
            if chunk == BROKEN:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

        said: list[dict[str, Any]] = []

        async def send(message: dict[str, Any]) -> None:
            said.append(message)

        await self.app(scope, receive, send)
        text = b"".join(message.get("body", b"") for message in said[1:])
        return said[0]["status"], json.loads(text) if text else None

    def put(
        self,
        token: str,
        body: bytes | AsyncIterator[bytes | str],
        name: str = "a.csv",
        file_id: str = "a-1",
        method: str = "PUT",
        **other: str | None,
    ) -> Any:
        size = len(body) if isinstance(body, bytes) else 0
        headers = trusted(token) | {
            "content-length": str(size),
            "x-upload-size": str(size),
            "x-file-name": quote(name),
            **{header.replace("_", "-"): value for header, value in other.items()},
        }
        sent = in_pieces(body) if isinstance(body, bytes) else body
        return self.say(method, f"/api/uploads/{file_id}", headers, sent)

    def settle(self, token: str, *file_ids: str, body: bytes | None = None) -> Any:
        said = json.dumps({"files": file_ids}).encode() if body is None else body
        return self.say("POST", "/api/uploads", trusted(token), in_pieces(said))

    def left(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


def trusted(token: str) -> dict[str, str | None]:
    return {
        "host": "app.example:8501",
        "origin": "http://app.example:8501",
        "sec-fetch-site": "same-origin",
        "cookie": f"_streamlit_xsrf={generate_xsrf_token_string(SECRET)}",
        "x-xsrftoken": generate_xsrf_token_string(SECRET),
        "x-upload-token": token,
    }


async def in_pieces(body: bytes, most: int = 100_000) -> AsyncIterator[bytes | str]:
    for start in range(0, len(body), most):
        yield body[start : start + most]
        await asyncio.sleep(0)


def run(said: Coroutine[Any, Any, Any]) -> Any:
    """Run in a thread of its own: in this one a browser of other tests may keep a loop going.

    Returns once the route's own threads have ended: until then one may hold the ticket that it worked for.
    """
    others = set(threading.enumerate())
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(asyncio.run, said).result()
    for worker in set(threading.enumerate()) - others:
        if worker.name == "AnyIO worker thread":
            worker.join()
    return answer
