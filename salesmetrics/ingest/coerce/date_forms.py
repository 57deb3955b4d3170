"""The forms in which dates are written, told from a signature: every digit as 9, month names as # or @."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import duckdb

from salesmetrics.ingest.coerce.coerced import literal
from salesmetrics.ingest.coerce.month_names import replacements
from salesmetrics.ingest.coerce.zones import AFTER_TIME

_LONG = "january|february|march|april|june|july|august|september|october|november|december"
_SHORT = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_WEEKDAY = "mon|tue|wed|thu|fri|sat|sun"

# What is made plain before a cell is read: code, the cells that need it, what is replaced, by what. Only what a
# column needs gets into its expression, so that the usual column costs nothing.
_PLAIN: tuple[tuple[str, str, str, str], ...] = (
    ("chinese", "[年月]", r"\s*([年月日号])\s*", r"\1"),
    ("chinese_day", "号", "号", "日"),
    ("chinese_time", r"日[^\s]", "日", "日 "),
    ("chinese_week", "星期|周[一二三四五六日天]", r"\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?\s*", " "),
    ("chinese_morning", "上午|凌晨|早上", r"\s*(?:上午|凌晨|早上)\s*", " am "),
    ("chinese_evening", "下午|晚上|中午", r"\s*(?:下午|晚上|中午)\s*", " pm "),
    ("weekday", f"(?i)^(?:{_WEEKDAY})", rf"(?i)^(?:{_WEEKDAY})[a-z]*\.?,?\s+", ""),
    ("ordinal", r"(?i)\d(?:st|nd|rd|th)\b", r"(?i)(\d)(?:st|nd|rd|th)\b", r"\1"),
    ("september", r"(?i)\bsept\b", r"(?i)\bsept\b", "Sep"),
    ("dotted_month", rf"(?i)\b(?:{_SHORT})\.", rf"(?i)\b({_SHORT})\.", r"\1"),
    ("iso_time", r"(?i)\dT\d", r"(?i)(\d)T(\d)", r"\1 \2"),
    ("compact_time", r"(?i)\b\d{8}[T ]\d{4}", r"(?i)\b(\d{8})[T ](\d{2})(\d{2})(\d{2})?", r"\1 \2:\3:\4"),
    ("bare_minutes", r"\b\d{8} \d\d:\d\d:(?:\D|$)", r"\b(\d{8} \d\d:\d\d):(\D|$)", r"\1\2"),
    ("year_last", r"(?i)[a-z] +\d{1,2} \d\d:\d\d:\d\d .*\d{4}$",
     r"(?i)^([a-z]{3} +\d{1,2}) (\d\d:\d\d:\d\d) (.*?)\s*(\d{4})$", r"\1 \4 \2 \3"),
    ("comma_time", r",\s*\d{1,2}:\d", r",\s*(\d{1,2}:\d)", r" \1"),
    ("zone", AFTER_TIME, AFTER_TIME, r"\1"),
    ("long_fraction", r":\d{2}\.\d{7}", r"(:\d{2}\.\d{6})\d+", r"\1"),
    ("noon", r"(?i)\d(?:[ap]m|\s*[ap]\.m)", r"(?i)(\d)\s*([ap])\.?m\.?$", r"\1 \2m"),
    ("week", r"(?i)W\d|周",
     r"(?i)^(?:(\d{4})[- ]?W(\d{1,2})(?:-?([1-7]))?|W(\d{1,2})[- /]?(\d{4})|(\d{4})年?第(\d{1,2})周)$",
     r"\1\5\6-W\2\4\7-\3"),
    ("blanks", r"\s\s|[\t\n\r]", r"\s+", " "),
)  # fmt: skip
_WIDE = "０１２３４５６７８９／－．：，　", "0123456789/-.:, "


@dataclass(frozen=True)
class Form:
    """One way to write a date: its parts as formats, the order of day and month open where `ordered`."""

    patterns: tuple[str, ...] = ()
    ordered: bool = False
    serial: bool = False
    epoch: int = 0
    week: bool = False
    month_only: bool = False
    separator: str = ""

    @property
    def short_year(self) -> bool:
        """Whether the year has two digits."""
        return any("%y" in pattern for pattern in self.patterns)

    def formats(self, order: str) -> list[str]:
        """The formats that read this form, with day, month and year in `order` where the form leaves that open."""
        if not self.ordered:
            return list(self.patterns)
        [pattern] = self.patterns
        year = "%y" if "%y" in pattern else "%Y"
        time = pattern.split(year, 1)[1]
        if order == "ymd" and year == "%Y":
            return []
        parts = {"d": "%d", "m": "%m", "y": year}
        return [self.separator.join(parts[part] for part in order) + time]


_DIGITAL = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?: \d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?|[\d.,]+"
_MANY_WORDS = 500


@dataclass(frozen=True)
class Prepared:
    """A column in plain characters: the SQL `text`, which of the rules were needed, whether only digits are left.

    `zoned` is SQL for the text before its time zone was taken off.
    """

    text: str
    codes: tuple[str, ...] = ()
    digital: bool = False
    zoned: str = ""


def prepared(connection: duckdb.DuckDBPyConnection, relation: str, cell: str, filled_if: str) -> Prepared:
    """Make a column's cells plain; a column of digits and separators, the usual one, is left as it is."""
    [(others, wide)] = connection.execute(
        f"SELECT count(*) FILTER (NOT regexp_full_match({cell}, {literal(_DIGITAL)})), "
        f"count(*) FILTER (regexp_matches({cell}, '[{_WIDE[0]}]')) FROM {relation} WHERE {filled_if}"
    ).fetchall()
    if not others and not wide:
        return Prepared(cell, digital=True)
    text, codes, zoned = cell, [], ""
    if wide:
        text = f"translate({text}, {literal(_WIDE[0])}, {literal(_WIDE[1])})"
        codes.append("wide")
    words = [
        word
        for (word,) in connection.execute(
            f"SELECT DISTINCT unnest(regexp_extract_all({text}, '\\p{{L}}+')) FROM {relation} WHERE {filled_if} "
            f"LIMIT {_MANY_WORDS}"
        ).fetchall()
    ]
    for old, new in replacements(words):
        text = f"regexp_replace({text}, {literal(old)}, {literal(new)}, 'g')"
        codes.append("months")
    needed = ", ".join(
        f"count(*) FILTER (regexp_matches(x, {literal(pattern)}))" for _code, pattern, _old, _new in _PLAIN
    )
    [counts] = connection.execute(
        f"SELECT {needed} FROM (SELECT {text} AS x FROM {relation} WHERE {filled_if})"
    ).fetchall()
    for (code, _pattern, old, new), count in zip(_PLAIN, counts, strict=True):
        if count or _follows(code, codes):
            zoned = text if code == "zone" else zoned
            text = f"regexp_replace({text}, {literal(old)}, {literal(new)}, 'g')"
            codes.append(code)
    return Prepared(f"trim({text})" if codes else text, tuple(codes), zoned=zoned)


def _follows(code: str, codes: list[str]) -> bool:
    """Tell whether one rule may make another needed that no cell needed before."""
    return {
        "chinese_time": "chinese",
        "bare_minutes": "compact_time",
        "zone": "year_last" if "year_last" in codes else "compact_time",
    }.get(code) in codes


def signature(text: str, *, digital: bool = False) -> str:
    """SQL for the form of a cell: digits as 9, month names as @ (long) and # (short), am and pm as &, else `?`.

    Where cells are `digital` there is nothing to look for but digits.
    """
    if digital:
        return f"CASE WHEN length({text}) > 40 THEN '?' ELSE translate({text}, '012345678', '999999999') END"
    reduced = text
    for old, new in ((f"(?i)(?:{_LONG})", "@"), (f"(?i)(?:{_SHORT})", "#"), (r"(?i)\b[ap]m\b", "&")):
        reduced = f"regexp_replace({reduced}, {literal(old)}, {literal(new)})"
    # Cells without letters, nearly all, are spared the search for names.
    reduced = f"CASE WHEN regexp_matches({text}, '[A-Za-z]') THEN {reduced} ELSE {text} END"
    odd = r"[^0-9@#&W年月日 ,./:''-]"
    return (
        f"CASE WHEN regexp_matches({reduced}, '{odd}') OR length({text}) > 40 THEN '?' "
        f"ELSE translate({reduced}, '012345678', '999999999') END"
    )


@lru_cache(maxsize=4096)
def form_of(signature: str) -> Form | None:
    """Tell how cells with `signature` are read as dates; None when they are none.

    >>> form_of("9999-99-99 99:99").patterns
    ('%Y-%m-%d %H:%M',)
    >>> form_of("99/9/99").formats("dmy")
    ['%d/%m/%y']
    """
    if re.fullmatch(r"(9{5}|99,999)(\.9+)?", signature):
        return Form(serial=True)
    if re.fullmatch(r"9{10}(\.9+)?|9{13}(\.90?)?", signature):
        return Form(epoch=1 if len(signature.split(".")[0]) == 10 else 1000)
    if re.fullmatch(r"9{4}-W9{1,2}-9?", signature):
        return Form(week=True)
    clock = _clock(signature)
    if clock is None:
        return None
    day, time = clock
    ordered = re.fullmatch(r"9{1,2}( ?[-/. ] ?)9{1,2}\1(9{4}|9{2})", day)
    if ordered:
        separator, year = ordered[1], "%Y" if len(ordered[2]) == 4 else "%y"
        return Form((f"%d{separator}%m{separator}{year}{time}",), ordered=True, separator=separator)
    for pattern, formats, month_only in _FORMS:
        match = re.fullmatch(pattern, day)
        if match:
            parts = match.groupdict()
            year = "%Y" if len(parts.get("y") or "9999") == 4 else "%y"
            month = "%B" if parts.get("b") == "@" else "%b"
            written = formats.format(y=year, b=month, s=parts.get("s") or "", t=parts.get("t") or "")
            return Form((written + time,), month_only=month_only and not time)
    return None


def _clock(signature: str) -> tuple[str, str] | None:
    """Split a signature into its date part and the format of its time part."""
    match = re.fullmatch(r"(.+?)(?: (& )?(9{1,2}:99(:99)?(\.9{1,6})?)( &)?)?", signature)
    if match is None or match[3] is None:
        return signature, ""
    day, before, _time, seconds, fraction, after = match.groups()
    if fraction and not seconds:
        return None
    hour = "%I" if before or after else "%H"
    time = f"{hour}:%M" + (":%S" if seconds else "") + (".%f" if fraction else "")
    return day, f" {'%p ' if before else ''}{time}{' %p' if after else ''}"


_YEAR = "(?P<y>9{4}|99)"
_NAME = "(?P<b>[#@])"
_FORMS: tuple[tuple[str, str, bool], ...] = (
    (r"9{4}(?P<s> ?[-/. ] ?)9{1,2}(?P=s)9{1,2}", "%Y{s}%m{s}%d", False),
    (rf"{_YEAR}年9{{1,2}}月9{{1,2}}日", "{y}年%m月%d日", False),
    (rf"{_YEAR}年9{{1,2}}月9{{1,2}}", "{y}年%m月%d", False),
    (rf"{_YEAR}年9{{1,2}}月", "{y}年%m月", True),
    (r"9{8}", "%Y%m%d", False),
    (r"9{14}", "%Y%m%d%H%M%S", False),
    (r"9{12}", "%Y%m%d%H%M", False),
    (r"9{6}", "%Y%m", True),
    (r"9{4}(?P<s>[-/])9{1,2}", "%Y{s}%m", True),
    (r"9{1,2}(?P<s>[-/])9{4}", "%m{s}%Y", True),
    (rf"9{{1,2}}(?P<s>\. |[-/ .]?){_NAME}(?P<t>[-/ .,]{{0,2}}){_YEAR}", "%d{s}{b}{t}{y}", False),
    (rf"{_NAME}(?P<s>[-/ ])9{{1,2}}(?P<t>, ?|[-/ ]){_YEAR}", "{b}{s}%d{t}{y}", False),
    (rf"9{{4}}(?P<s>[-/ ]){_NAME}(?P=s)9{{1,2}}", "%Y{s}{b}{s}%d", False),
    (rf"{_NAME}(?P<s>[-/ ,]{{0,2}}){_YEAR}", "{b}{s}{y}", True),
    (rf"{_NAME}(?P<s> ?')(?P<y>99)", "{b}{s}{y}", True),
    (rf"9{{4}}(?P<s>[-/ ]){_NAME}", "%Y{s}{b}", True),
)  # fmt: skip
