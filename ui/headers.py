"""Security headers on every HTTP answer, as plain ASGI: nothing is fetched from elsewhere, nothing may frame us."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def inline_script_hashes(index_html: str) -> tuple[str, ...]:
    """Give the CSP source of each inline script in `index_html`, so that exactly these may run.

    >>> inline_script_hashes("<script>1</script>")
    ("'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='",)
    """
    scripts = re.findall(r"<script>(.*?)</script>", index_html, re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return tuple(f"'sha256-{digest}'" for digest in digests)


def security_headers() -> dict[bytes, bytes]:
    """Give the headers that go on every answer; reads the index page that the installed Streamlit serves."""
    index = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    # blob: is for Streamlit's own inline components; its charts run without eval.
    policy = {
        "default-src": "'none'",
        "script-src": " ".join(("'self'", "blob:", *inline_script_hashes(index))),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        b"content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()).encode(),
        b"x-frame-options": b"DENY",
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"same-origin",
        b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
        b"cross-origin-opener-policy": b"same-origin",
    }


class SecurityHeaders:
    """ASGI middleware that sets the security headers; not a BaseHTTPMiddleware, which would hold back streams."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = security_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and put the headers on its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message["headers"] if name.lower() not in self._headers]
                message["headers"] = [*kept, *self._headers.items()]
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
