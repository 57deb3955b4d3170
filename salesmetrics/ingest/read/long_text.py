"""A text that is too long to be held: its encoding told, and its characters given, piece by piece."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from salesmetrics.ingest.progress import Watch
from salesmetrics.ingest.read.encoding import decode
from salesmetrics.ingest.read.plain import plain

LONG = 2 << 20
"""From this many bytes on a text is never held as a whole."""

CHUNK = 4 << 20
_EVIDENCE = 4 << 20
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FOREIGN_LINE = re.compile(rb"[^\r\n]{0,4000}[\x80-\xff][^\r\n]{0,4000}[\r\n]*")
_FIRST_LETTER = 32


def encoding_of(path: Path) -> str | None:
    """Tell the encoding of a text from all of it; None when it is no text.

    Valid UTF-8 is that. Else lines with foreign letters are gathered from the whole file, and judged as `decode`
    judges a short one.
    """
    with path.open("rb") as file:
        head = file.read(CHUNK)
        if head.startswith(_MARKS) or b"\0" in head:
            return _judged(head[: len(head) // 4 * 4])
        room = _EVIDENCE * CHUNK // max(path.stat().st_size, CHUNK)
        decoder = codecs.getincrementaldecoder("utf-8")()
        evidence, valid, chunk, left = list[bytes](), True, head, b""
        while chunk:
            valid = valid and _goes_on(decoder, chunk)
            # Half a character at the edge of a chunk would be evidence of nothing.
            lines, end, left = (left + chunk).rpartition(b"\n")
            left = left[-CHUNK:]
            if not lines.isascii():
                evidence.append(_foreign_lines(lines + end, room))
            chunk = file.read(CHUNK)
        evidence.append(left)
        valid = valid and _goes_on(decoder, b"", final=True)
    if not valid:
        return _judged(head[: head.rfind(b"\n") + 1][:_EVIDENCE] + b"".join(evidence))
    # A chunk may end in the midst of a character, and what is valid so far holds whole ones before that.
    return "utf-8" if _judged(head.decode(errors="ignore").encode()) else None


def _judged(sample: bytes) -> str | None:
    decoded = decode(sample)
    return decoded[1] if decoded else None


def _goes_on(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        if not (chunk.isascii() and not decoder.getstate()[0]) or final:
            decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _foreign_lines(chunk: bytes, room: int) -> bytes:
    lines, size = [], 0
    for line in _FOREIGN_LINE.finditer(chunk):
        lines.append(line[0])
        size += len(line[0])
        if size > room:
            break
    return b"".join(lines)


def chunks_of(path: Path, encoding: str, watch: Watch) -> Iterator[bytes]:
    """Give the text of a file as UTF-8, without what cannot be seen, telling `watch` of its bytes."""
    as_it_is = encoding in ("utf-8", "utf-8-sig")
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            watch.add(bytes=len(chunk))
            if as_it_is and not decoder.getstate()[0] and _is_plain(chunk):
                yield chunk
            else:
                yield plain(decoder.decode(chunk)).encode()
        yield plain(decoder.decode(b"", final=True)).encode()


def _is_plain(chunk: bytes) -> bool:
    if not chunk.isascii() or b"\x7f" in chunk:
        return False
    controls = np.count_nonzero(np.frombuffer(chunk, np.uint8) < _FIRST_LETTER)
    return int(controls) == sum(map(chunk.count, (b"\n", b"\r", b"\t")))
