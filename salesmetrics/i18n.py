"""What users read, in their language: every string that a person sees goes through `_` (gettext).

English is written in the code. A translation lives in `salesmetrics/locale/<language>/LC_MESSAGES`.
"""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

_DOMAIN = "salesmetrics"
_LOCALE = Path(__file__).parent / "locale"
_language: ContextVar[str] = ContextVar("language", default="en")


@lru_cache(maxsize=16)
def _translations(language: str) -> gettext.NullTranslations:
    return gettext.translation(_DOMAIN, _LOCALE, languages=[language], fallback=True)


def current_language() -> str:
    """Give the language chosen last in this thread or session, such as `en` or `zh`."""
    return _language.get()


def use_language(language: str) -> None:
    """Choose the language of what `_` returns from here on, in this thread or session."""
    _language.set(language)


def _(message: str) -> str:
    """Give `message` in the reader's language.

    >>> _("Revenue")
    'Revenue'
    """
    return _translations(_language.get()).gettext(message)


def noop(message: str) -> str:
    """Mark `message` for translation where it is declared; it is translated with `_` where it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """Give the singular or plural message for `count` in the reader's language.

    >>> ngettext("{n} row", "{n} rows", 2).format(n=2)
    '2 rows'
    """
    return _translations(_language.get()).ngettext(one, many, count)
