"""The door for uploads: a route that writes what arrives to disk while it arrives, for those who hold a ticket."""

from __future__ import annotations

import errno
import json
import logging
import re
from collections.abc import Awaitable, Callable
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

import anyio
import streamlit as st
from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit.web.server.server_util import is_xsrf_enabled
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string, validate_xsrf_token

from ui.incoming import Coming, Refusal, RefusedError, Ticket, find

XSRF_COOKIE = "_streamlit_xsrf"
_WRITE_BYTES = 1 << 20
_LIST_BYTES = 1 << 16
# A quota is unknown to some systems.
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_log = logging.getLogger("salesmetrics.app")

Answer = Callable[[Request], Awaitable[Response]]

_STATUS = {
    Refusal.NOT_ALLOWED: 403,
    Refusal.SESSION_GONE: 410,
    Refusal.TOO_LARGE: 413,
    Refusal.DROP_TOO_LARGE: 413,
    Refusal.TOO_MANY: 413,
    Refusal.BUSY: 429,
    Refusal.DISK_FULL: 507,
    Refusal.INTERRUPTED: 400,
    Refusal.NOT_STORED: 500,
    Refusal.NOT_UNDERSTOOD: 400,
}


def address() -> str:
    """Give the path under which the browser reaches the route, below where the app is served."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/api/uploads" if base else "/api/uploads"


def xsrf_secret(cookie: str | None) -> bytes | None:
    """Give what a browser's XSRF cookie hides; it is the same behind every mask that the cookie wears."""
    return decode_xsrf_token_string(cookie)[0] if cookie else None


def session_is_on(session: str) -> bool:
    """Tell whether someone has this session open."""
    from streamlit.runtime import get_instance

    return get_instance().is_active_session(session)


def upload_routes(is_active: Callable[[str], bool] = session_is_on) -> list[Route]:
    """Give the routes of the door: ask for one file (POST), send it (PUT), say that the drop is whole (POST).

    Whether a session is open is asked of `is_active`. Every refusal is JSON, {"refused": a Refusal}.
    """

    async def ask(request: Request) -> Response:
        ticket = _admit(request, is_active)
        size = _number(request.headers.get("x-upload-size"))
        await to_thread.run_sync(ticket.check, request.path_params["file_id"], size)
        return Response(status_code=204)

    async def receive(request: Request) -> Response:
        ticket = _admit(request, is_active)
        size = _number(request.headers.get("content-length"))
        name = unquote(request.headers.get("x-file-name", ""))
        coming = await to_thread.run_sync(ticket.begin, request.path_params["file_id"], name, size)
        await _receive(request, ticket, coming)
        return Response(status_code=201)

    async def settle(request: Request) -> Response:
        ticket = _admit(request, is_active)
        await to_thread.run_sync(ticket.settle, await _file_ids(request))
        return Response(status_code=204)

    path = address()
    return [
        Route(path, _refusing(settle), methods=["POST"]),
        Route(path + "/{file_id}", _refusing(ask), methods=["POST"]),
        Route(path + "/{file_id}", _refusing(receive), methods=["PUT"]),
    ]


def _refusing(answer: Answer) -> Answer:
    async def answer_or_refuse(request: Request) -> Response:
        try:
            return await answer(request)
        except RefusedError as refused:
            # The rest of the body is not read, so the connection is of no further use.
            return JSONResponse(
                {"refused": refused.why.value}, _STATUS[refused.why], headers={"Connection": "close"}
            )

    return answer_or_refuse


def _admit(request: Request, is_active: Callable[[str], bool]) -> Ticket:
    headers = request.headers
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise RefusedError(Refusal.NOT_ALLOWED)
    origin = headers.get("origin")
    # Proxies often drop the port on the way; whoever is on this host sees the cookies of every port anyway.
    if origin and _host(origin) != _host("//" + headers.get("host", "")):
        raise RefusedError(Refusal.NOT_ALLOWED)
    cookie, said = request.cookies.get(XSRF_COOKIE), headers.get("x-xsrftoken")
    if is_xsrf_enabled() and not validate_xsrf_token(said, cookie):
        raise RefusedError(Refusal.NOT_ALLOWED)
    ticket = find(headers.get("x-upload-token", ""))
    if is_xsrf_enabled() and ticket.xsrf is not None and ticket.xsrf != xsrf_secret(cookie):
        raise RefusedError(Refusal.NOT_ALLOWED)
    if not is_active(ticket.session):
        raise RefusedError(Refusal.SESSION_GONE)
    return ticket


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _number(said: str | None) -> int:
    if said is None or not re.fullmatch(r"[0-9]{1,15}", said):
        raise RefusedError(Refusal.NOT_UNDERSTOOD)
    return int(said)


async def _file_ids(request: Request) -> list[str]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LIST_BYTES:
            raise RefusedError(Refusal.NOT_UNDERSTOOD)
    try:
        files = json.loads(body)["files"]
    except (ValueError, KeyError, TypeError):
        raise RefusedError(Refusal.NOT_UNDERSTOOD) from None
    if not isinstance(files, list) or not all(isinstance(one, str) for one in files):
        raise RefusedError(Refusal.NOT_UNDERSTOOD)
    return files


async def _receive(request: Request, ticket: Ticket, coming: Coming) -> None:
    arrived = False
    try:
        out = await to_thread.run_sync(coming.part.open, "xb")
        try:
            await _write(request, ticket, coming, out)
        finally:
            out.close()
        await to_thread.run_sync(ticket.arrive, coming)
        arrived = True
    except (ClientDisconnect, TimeoutError):
        raise RefusedError(Refusal.INTERRUPTED) from None
    except OSError as error:
        _log.error("An upload could not be stored", exc_info=error)
        full = error.errno in _FULL
        raise RefusedError(Refusal.DISK_FULL if full else Refusal.NOT_STORED) from None
    finally:
        if not arrived:
            # Not in a thread: this also has to happen when the server stops and nothing may be awaited.
            ticket.give_up(coming)


async def _write(request: Request, ticket: Ticket, coming: Coming, out: BinaryIO) -> None:
    waiting = bytearray()
    stream = aiter(request.stream())
    while True:
        with anyio.fail_after(ticket.limits.quiet_seconds):
            chunk = await anext(stream, None)
        if chunk is None:
            break
        coming.received += len(chunk)
        if coming.received > coming.size:
            raise RefusedError(Refusal.INTERRUPTED)
        waiting += chunk
        if len(waiting) >= _WRITE_BYTES:
            await to_thread.run_sync(out.write, waiting)
            waiting = bytearray()
    if waiting:
        await to_thread.run_sync(out.write, waiting)
