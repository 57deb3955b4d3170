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
_BAD = "\ufffd"
_TYPOGRAPHIC = frozenset("£€¥°§©®™«»–—‘’“”…•·º¹²³½¼¾±×\u00a0")
_ACCENTED = re.compile(r"[À-ÖØ-öø-ÿŒœŠšŽžŸ]+")
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
    return controls * 200 > len(data)


def _utf16(data: bytes) -> tuple[str, str] | None:
    even, odd = data[0::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    # Line ends and digits carry a zero byte on one side only; anything else with zero bytes is no text.
    if max(even, odd) * 20 > len(data) and min(even, odd) * 20 <= max(even, odd):
        text = data.decode(encoding, errors="replace")
        if text.count(_BAD) <= len(text) // 1000 and not any(ord(c) < 9 for c in text[:_SCORED]):
            return text, encoding
    if data.count(0) * 1000 <= len(data):
        return decode(data.replace(b"\0", b""))
    return None


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
    """Score text by the share of its foreign characters that stand in the codec's everyday rows."""

    def score(text: str) -> float:
        foreign = _foreign_characters(text)
        counts = {character: foreign.count(character) for character in set(foreign)}
        usual = 0
        for character, number in counts.items():
            coded = character.encode(codec, "ignore")
            if len(coded) == 2 and (first <= int.from_bytes(coded, "big") <= last or character in _CJK_MARKS):
                usual += number
        return usual / max(len(foreign), 1)

    return score


_CJK_MARKS = frozenset("，。、；：？！（）【】《》“”‘’—…·￥％－／　＋＝①②③℃") | set(
    map(chr, range(0xFF10, 0xFF5B))
)


def _ordinary_latin(text: str) -> float:
    """Score text by the share of its accented letters in words with plain letters, and of its usual signs."""
    seen = usual = 0
    for run in islice(_FOREIGN.finditer(text), _SCORED):
        seen += len(run[0])
        around = text[run.start() - 1 : run.start()] + text[run.end() : run.end() + 1]
        if _ACCENTED.fullmatch(run[0]):
            # Two accented letters in a row are rare in a word, three are some other script.
            usual += len(run[0]) if len(run[0]) <= 2 and re.search("[A-Za-z]", around) else 0
        else:
            usual += sum(sign in _TYPOGRAPHIC for sign in run[0])
    return usual / max(seen, 1)


_CANDIDATES: tuple[tuple[str, Callable[[str], float]], ...] = (
    ("utf-8", _ordinary_utf8),
    ("gb18030", _ordinary_chinese("gb2312", 0xB0A1, 0xD7F9)),
    ("big5", _ordinary_chinese("big5", 0xA440, 0xC67E)),
    ("cp1252", _ordinary_latin),
)
