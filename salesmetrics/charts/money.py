"""The currency of all amounts, as people write it: chosen once for a reader, like the language."""

from __future__ import annotations

from contextvars import ContextVar
from functools import lru_cache

from babel import Locale
from babel.numbers import get_currency_precision, get_currency_symbol

from salesmetrics.i18n import current_language

_SPACE = "\u00a0"
_currency: ContextVar[str] = ContextVar("currency", default="")


def use_currency(code: str) -> None:
    """Choose the currency (ISO 4217, empty for none) of amounts written from here on, in this thread or session."""
    _currency.set(code)


def current_currency() -> str:
    """Give the currency chosen last in this thread or session; empty where none is."""
    return _currency.get()


@lru_cache(maxsize=64)
def _symbol(code: str, language: str) -> str:
    return get_currency_symbol(code, language) if code else ""


@lru_cache(maxsize=64)
def _around(code: str, language: str) -> tuple[str, str]:
    symbol = _symbol(code, language)
    if not symbol:
        return "", ""
    pattern = Locale.parse(language).currency_formats["standard"].pattern
    if not pattern.startswith("¤"):
        return "", _SPACE + symbol
    # "CHF12" runs together where "€12" does not.
    return symbol + (_SPACE if symbol[-1].isalpha() else ""), ""


def currency_symbol() -> str:
    """Give the symbol of the chosen currency in the reader's language; empty where none is chosen.

    >>> use_currency("CNY"); currency_symbol(); use_currency("")
    'CN¥'
    """
    return _symbol(_currency.get(), current_language()[:2])


def decimals() -> int:
    """Give how many decimals an amount in full has: those of the currency, two where none is chosen."""
    code = _currency.get()
    return get_currency_precision(code) if code else 2


def in_currency(amount: str) -> str:
    """Put the chosen currency's symbol on a written amount without a sign, where the language has it.

    >>> use_currency("EUR"); in_currency("2.33 M"); use_currency("")
    '€2.33 M'
    """
    before, after = _around(_currency.get(), current_language()[:2])
    return f"{before}{amount}{after}"
