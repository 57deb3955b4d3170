"""Who is looking: a person signed in, else a browser that is known again by a secret in a cookie."""

from __future__ import annotations

import hashlib
import re
import secrets
from http.cookies import SimpleCookie

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "sales_metrics_visitor"
YEAR_SECONDS = 365 * 24 * 3600
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_NOBODY = "visitor"


def visitor() -> str:
    """Name who is looking, for the store: never the secret itself, so that the store cannot be used to pose as them.

    A browser that keeps no cookies is somebody else in each session.
    """
    if st.user.get("is_logged_in"):
        return f"person:{st.user.get('email', '')}"
    secret = st.context.cookies.get(COOKIE)
    if isinstance(secret, str) and _SECRET.fullmatch(secret):
        return f"browser:{hashlib.sha256(secret.encode()).hexdigest()}"
    return str(st.session_state.setdefault(_NOBODY, f"session:{secrets.token_hex(16)}"))


def keeps_cookies() -> bool:
    """Tell whether this visitor is known again after closing the page."""
    return not visitor().startswith("session:")


def _has_secret(scope: Scope) -> bool:
    for name, value in scope["headers"]:
        if name == b"cookie":
            morsel = SimpleCookie(value.decode("latin-1")).get(COOKIE)
            if morsel is not None and _SECRET.fullmatch(morsel.value):
                return True
    return False


def _cookie(scope: Scope) -> bytes:
    headers = dict(scope["headers"])
    secure = scope.get("scheme") == "https" or headers.get(b"x-forwarded-proto", b"").startswith(b"https")
    # Lax keeps it off requests that other sites make, the websocket's among them.
    text = f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; Max-Age={YEAR_SECONDS}; HttpOnly; SameSite=Lax"
    return (text + ("; Secure" if secure else "")).encode()


class Visitors:
    """ASGI middleware that gives a browser its secret with the first page it is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a page sent to a browser without a secret carries one."""
        if scope["type"] != "http" or scope["method"] != "GET" or _has_secret(scope):
            await self._app(scope, receive, send)
            return

        async def send_with_secret(message: Message) -> None:
            if message["type"] == "http.response.start":
                kinds = [value for name, value in message["headers"] if name.lower() == b"content-type"]
                if kinds and kinds[0].startswith(b"text/html"):
                    message["headers"] = [*message["headers"], (b"set-cookie", _cookie(scope))]
            await send(message)

        await self._app(scope, receive, send_with_secret)
