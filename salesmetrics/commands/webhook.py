"""Send what was found to an address that the caller gives, and to no other."""

from __future__ import annotations

from http.client import HTTPException
from typing import NoReturn
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _

SECONDS = 10
"""How long the other side has to answer."""


class WebhookError(SalesMetricsError):
    """The address cannot be sent to, or did not take what was sent."""


class _StayHere(HTTPRedirectHandler):
    """Follow nobody: what was found goes to the address that was given and to no other."""

    def redirect_request(self, *_words: object) -> None:
        """Give no request, so that the answer counts as the refusal that it is."""


def check_address(url: str) -> None:
    """Raise WebhookError for an address that is not of the web."""
    try:
        parts = urlsplit(url)
        named = parts.hostname
        _port = parts.port
    except ValueError:
        _refuse(url)
    # White space would be sent as part of the request's first line.
    if parts.scheme not in ("http", "https") or not named or any(sign <= " " for sign in url):
        _refuse(url)


def _refuse(url: str) -> NoReturn:
    raise WebhookError(
        _("The webhook “{url}” is no web address; write it as https://host/path.").format(url=url)
    ) from None


def post(url: str, body: str) -> None:
    """Post JSON to an address; raises WebhookError where it is none, or does not take it within ten seconds."""
    check_address(url)
    request = Request(  # noqa: S310 - the scheme was looked at
        url, data=body.encode(), headers={"Content-Type": "application/json; charset=utf-8"}, method="POST"
    )
    opener: OpenerDirector = build_opener(_StayHere)
    try:
        with opener.open(request, timeout=SECONDS):
            return
    except HTTPError as error:
        problem = _("it answered {code} {reason}").format(code=error.code, reason=error.reason)
        error.close()
    except (OSError, HTTPException, ValueError) as error:
        problem = str(getattr(error, "reason", "")) or str(error) or type(error).__name__
    raise WebhookError(
        _("The webhook “{url}” did not take the alerts: {problem}.").format(url=url, problem=problem)
    )
