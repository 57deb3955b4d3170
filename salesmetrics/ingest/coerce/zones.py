"""Time zones as they stand beside times: `Z`, `+08:00`, `GMT+8`, `PST`, `(China Standard Time)`, in minutes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

_HOURS: Mapping[str, float] = MappingProxyType(
    {
        "z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
        "cet": 1, "cest": 2, "eet": 2, "eest": 3, "jst": 9, "hkt": 8, "sgt": 8, "aest": 10, "aedt": 11,
        "china standard time": 8, "中国标准时间": 8, "北京时间": 8, "台北标准时间": 8, "taipei standard time": 8,
        "hong kong standard time": 8, "singapore standard time": 8, "japan standard time": 9,
        "korean standard time": 9, "india standard time": 5.5, "coordinated universal time": 0,
        "greenwich mean time": 0, "british summer time": 1, "central european standard time": 1,
        "central european summer time": 2, "eastern standard time": -5, "eastern daylight time": -4,
        "central standard time": -6, "central daylight time": -5, "mountain standard time": -7,
        "mountain daylight time": -6, "pacific standard time": -8, "pacific daylight time": -7,
    }
)  # fmt: skip
"""Zones by name; CST, IST and BST are several places' and no names here."""

_ABBREVIATED = "|".join(
    sorted((name for name in _HOURS if name.isascii() and " " not in name), key=len, reverse=True)
)
_LONG = "|".join(sorted((name for name in _HOURS if " " in name or not name.isascii()), key=len, reverse=True))
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]\.?m\.?)?"
_OFFSET = r"(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?"
_ZONE = rf"(?:(?:{_OFFSET}|{_ABBREVIATED})(?:\s*\([^()]*\))?|\(?(?:{_LONG})\)?)"

AFTER_TIME = rf"(?i)({_TIME})\s*({_ZONE})$"
"""Pattern of a time with a zone behind it: the time, and the zone."""


def minutes(zone: str) -> int | None:
    """Give how far from UTC a zone is, in minutes; None where it is none.

    >>> minutes("Z"), minutes("+0530"), minutes("GMT+8"), minutes("(China Standard Time)"), minutes("-05:00")
    (0, 330, 480, 480, -300)
    """
    text = zone.strip().lower()
    offset = re.match(r"(?:utc|gmt)?\s?([+-])(\d{1,2}):?(\d{2})?", text)
    if offset:
        size = int(offset[2]) * 60 + int(offset[3] or 0)
        return -size if offset[1] == "-" else size
    hours = _HOURS.get(text.strip("()")) if "(" not in text[1:] else _HOURS.get(text.split("(")[0].strip())
    return None if hours is None else round(hours * 60)


def named(offsets: Iterable[int]) -> str:
    """Write offsets from UTC as people read them.

    >>> named([0, 480, -300, 330])
    'UTC, UTC+8, UTC-5, UTC+5:30'
    """
    written = []
    for offset in offsets:
        hours, rest = divmod(abs(offset), 60)
        sign = "-" if offset < 0 else "+"
        written.append("UTC" + (f"{sign}{hours}" + (f":{rest:02}" if rest else "") if offset else ""))
    return ", ".join(written)
