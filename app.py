"""The entry: `streamlit run app.py` serves the pages with security headers, known hosts and a warm start."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from salesmetrics.engine import default_engine
from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _
from ui import incoming
from ui.headers import SecurityHeaders, security_headers
from ui.upload_route import upload_routes
from ui.visitor import Visitors

_log = logging.getLogger("salesmetrics.app")

TIDY_SECONDS = 600


def allowed_hosts() -> list[str]:
    """Give the host names the app answers to: SALESMETRICS_ALLOWED_HOSTS (comma-separated), else this machine's."""
    named = os.environ.get("SALESMETRICS_ALLOWED_HOSTS", "localhost,127.0.0.1")
    return [host.strip() for host in named.split(",") if host.strip()]


@asynccontextmanager
async def _warm(_app: st.App) -> AsyncIterator[None]:
    # Imported here and not above: caches must be made after the runtime has started.
    from ui import storage, warm

    with storage.store().landing() as folder:
        incoming.configure(folder)
        await asyncio.to_thread(warm.up)
        gc.collect()
        gc.freeze()
        stopped = threading.Event()
        # Whoever comes at once waits for the first screen alone.
        warming = asyncio.create_task(_warm_the_rest(stopped, warm.rest))
        tidying = asyncio.create_task(_tidy_now_and_then(storage.tidy))
        try:
            yield None
        finally:
            stopped.set()
            await warming
            tidying.cancel()
            incoming.close()
    storage.close()
    default_engine().close()


async def _warm_the_rest(stopped: threading.Event, rest: Callable[[threading.Event], None]) -> None:
    try:
        await asyncio.to_thread(rest, stopped)
    except Exception:
        _log.exception("Warming the pages failed")


async def _tidy_now_and_then(tidy: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(TIDY_SECONDS)
        try:
            await asyncio.to_thread(tidy)
        except Exception:
            _log.exception("Tidying the storage failed")


def _server_error(_request: Request, exc: Exception) -> PlainTextResponse:
    # The middleware never sees this answer, so it carries the headers itself.
    _log.error("Unhandled error while answering a request", exc_info=exc)
    headers = {name.decode(): value.decode() for name, value in security_headers().items()}
    return PlainTextResponse(_("Something went wrong on our side. Please try again."), 500, headers)


def _script_error(exc: Exception) -> bool:
    if isinstance(exc, SalesMetricsError):
        st.error(str(exc))
    else:
        _log.error("Unhandled error on a page", exc_info=exc)
        st.error(
            _("Something went wrong on this page, and no number on it can be trusted. Reload it to try again.")
        )
    return True


app = st.App(
    Path(__file__).parent / "ui" / "main.py",
    lifespan=_warm,
    routes=upload_routes(),
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(Visitors),
        Middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts()),
    ],
    exception_handlers={Exception: _server_error},
    on_script_error=_script_error,
)
