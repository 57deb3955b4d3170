"""Turn a file's bytes into text: the encoding is told by the bytes of the whole file, never by its name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from itertools import islice

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(sorted(set(range(32)) - {*b"\t\n\v\f\r\x1a\x1b"}))
_SCORED = 200_000
_ENOUGH = 0.7
_MOSTLY = 0.9
_SHORT = 2_000
"""Bytes below which a few stray controls make no share that tells anything."""
_BAD = "\ufffd"
_TYPOGRAPHIC = frozenset("£€¥°§©®™«»–—‘’“”„‚…•·º¹²³½¼¾±×\u00a0ªµ¢¿¡")
_IN_A_WORD = frozenset("’·‘")
_OPENING = frozenset("„‚")
_ACCENTED = re.compile(r"[À-ÖØ-öø-ÿŒœŠšŽžŸƒ]+")
_ORDINARY_UTF16 = re.compile(r"[\t\n\r -~\u00a0-\u00ff\u2010-\u2026\u20ac\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def decode(data: bytes) -> tuple[str, str] | None:
    """Give the text of `data` and the name of its encoding; None when it is not text.

    A byte order mark decides, then valid UTF-8; otherwise the Chinese and Western encodings are each tried on
    the whole file, and the one whose characters are ordinary in its script is taken.

    >>> decode("地区,销售额".encode("gb18030"))
    ('地区,销售额', 'gb18030')
    >>> decode("Café;12".encode("cp1252"))
    ('Café;12', 'cp1252')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            return (text, encoding) if text.count(_BAD) <= len(text) // 100 else None
    if b"\0" in data:
        return _utf16(data)
    if _is_binary(data):
        return None
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _best(data)


def _is_binary(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls * 200 > max(len(data), _SHORT)


def _utf16(data: bytes) -> tuple[str, str] | None:
    # Both orders give characters for almost any bytes: only in the right one are they letters and digits.
    tried = []
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, errors="replace")
        sample = _sample(text)
        ordinary = len(_ORDINARY_UTF16.findall(sample)) / max(len(sample), 1)
        tried.append((ordinary, text.count(_BAD) * 1000 <= len(text), text, encoding))
    ordinary, sound, text, encoding = max(tried, key=lambda each: each[0])
    if sound and ordinary >= _MOSTLY:
        return text, encoding
    if data.count(0) * 1000 <= max(len(data), _SHORT):
        return decode(data.replace(b"\0", b""))
    return None


def _sample(text: str) -> str:
    """Give the beginning, the middle and the end of a long text, which tell its script as well as all of it."""
    third = _SCORED // 3
    if len(text) <= _SCORED:
        return text
    middle = len(text) // 2
    return text[:third] + text[middle : middle + third] + text[-third:]


def _best(data: bytes) -> tuple[str, str] | None:
    tried = []
    for encoding, ordinary in _CANDIDATES:
        text = data.decode(encoding, errors="replace")
        bad = text.count(_BAD)
        score = ordinary(text)
        # One damaged character in a long file is no reason to refuse it, a stream of them is.
        if score >= _ENOUGH and bad * 1000 <= max(_foreign(text), 1000):
            tried.append((bad == 0, score, text, encoding))
    if tried:
        _strict, _score, text, encoding = max(tried, key=lambda each: each[:2])
        return text, encoding
    guess = from_bytes(data).best()
    return (str(guess), guess.encoding) if guess is not None and guess.percent_chaos < 20 else None


def _foreign(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _foreign_characters(text: str) -> str:
    return "".join(run[0] for run in islice(_FOREIGN.finditer(text), _SCORED))[:_SCORED]


def _ordinary_utf8(text: str) -> float:
    foreign = _foreign_characters(text)
    return 1 - foreign.count(_BAD) / max(len(foreign), 1)


def _ordinary_chinese(codec: str, first: int, last: int) -> Callable[[str], float]:
    """Score text by the share of its foreign characters that stand in the codec's everyday rows.

    Accented letters in words with plain letters are ordinary too: GB18030 can write every name there is.
    """

    def score(text: str) -> float:
        foreign = _foreign_characters(text)
        counts = {character: foreign.count(character) for character in set(foreign)}
        usual = 0.0
        for character, number in counts.items():
            coded = character.encode(codec, "ignore")
            if len(coded) == 2 and (first <= int.from_bytes(coded, "big") <= last or character in _CJK_MARKS):
                usual += number
        if any(_ACCENTED.fullmatch(character) for character in counts):
            usual += sum(
                _letters(run[0], text[max(run.start() - 1, 0) : run.start()], text[run.end() : run.end() + 1])
                for run in islice(_ACCENTED.finditer(text), _SCORED)
            )
        return usual / max(len(foreign), 1)

    return score


_CJK_MARKS = frozenset("，。、；：？！（）【】《》“”‘’—…·￥％－／　＋＝①②③℃") | set(
    map(chr, range(0xFF10, 0xFF5B))
)


def _ordinary_latin(text: str) -> float:
    """Score text by the share of its accented letters in words with plain letters, and of its usual signs."""
    seen = usual = 0.0
    for run in islice(_FOREIGN.finditer(text), _SCORED):
        before, after = text[max(run.start() - 1, 0) : run.start()], text[run.end() : run.end() + 1]
        seen += len(run[0])
        if _ACCENTED.fullmatch(run[0]):
            usual += _letters(run[0], before, after)
        else:
            # A sign between two letters is the letter of another encoding ("K”ln").
            inside = before.isalpha() and after.isalpha()
            fitting = _IN_A_WORD if inside else _TYPOGRAPHIC - _OPENING if before.isalpha() else _TYPOGRAPHIC
            usual += sum(sign in fitting for sign in run[0])
    return usual / max(seen, 1)


def _letters(run: str, before: str, after: str) -> float:
    # Two accented letters in a row are rare in a word, three are some other script.
    if len(run) > 2 or not (before.isalpha() or after.isalpha()):
        return 0
    if run[0].isupper() and before.islower():
        return 0
    if run[-1].islower() and before.isupper() and after.isupper():
        return 0
    return len(run) * (0.8 if set(run) & _RARE else 1)


_RARE = frozenset("ÐÞðþÝýÿƒ")

_CANDIDATES: tuple[tuple[str, Callable[[str], float]], ...] = (
    ("utf-8", _ordinary_utf8),
    ("gb18030", _ordinary_chinese("gb2312", 0xB0A1, 0xD7F9)),
    ("big5", _ordinary_chinese("big5", 0xA440, 0xC67E)),
    ("cp1252", _ordinary_latin),
    ("cp850", _ordinary_latin),
    ("cp437", _ordinary_latin),
)
