"""Names of months in other languages than English: German, French, Spanish, Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_OTHERS = (
    "januar jänner jän janvier janv enero ene",
    "februar feber février fevrier févr fevr fév febrero",
    "märz maerz mär mrz mars marzo",
    "avril avr abril abr",
    "mai mayo",
    "juni juin junio",
    "juli juillet juil julio",
    "août aout agosto ago",
    "septembre septiembre",
    "oktober okt octobre octubre",
    "novembre noviembre",
    "dezember dez décembre decembre déc diciembre dic",
)

MONTHS: Mapping[str, str] = MappingProxyType(
    {name: month for month, names in zip(_ENGLISH, _OTHERS, strict=True) for name in names.split()}
)
"""Month name in lower case -> the English short name."""

_CHINESE = ("十二月", "十一月", "十月", "九月", "八月", "七月", "六月", "五月", "四月", "三月", "二月", "一月")


def replacements(words: Iterable[str]) -> list[tuple[str, str]]:
    """Give what to replace (a pattern and its replacement) so that months named in `words` are English.

    >>> replacements(["mai", "enero", "monday"])
    [('(?i)enero\\\\.?', 'Jan'), ('(?i)mai\\\\.?', 'May')]
    """
    found = sorted({word.lower() for word in words} & MONTHS.keys(), key=lambda word: (-len(word), word))
    pairs = [(rf"(?i){re.escape(word)}\.?", MONTHS[word]) for word in found]
    chinese = [name for name in _CHINESE if any(name in word for word in words)]
    for name in chinese:
        number = 12 - _CHINESE.index(name)
        pairs += [(f"年{name}", f"年{number}月"), (name, _ENGLISH[number - 1])]
    if any(word.lower() == "de" for word in words):
        pairs.insert(0, (r"(?i)\s+de\s+", " "))
    if any(word.lower() == "er" for word in words):
        pairs.insert(0, (r"(?i)(\d)er\b", r"\1"))
    return pairs
