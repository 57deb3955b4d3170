"""Unpack archives (ZIP, GZIP) into numbered files of a temporary folder, counting every byte as it comes out."""

from __future__ import annotations

import gzip
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from salesmetrics.errors import FileError
from salesmetrics.i18n import _
from salesmetrics.ingest.read.bounds import (
    MOST_DIRECTORY,
    MOST_MEMBERS,
    MOST_RATIO,
    MOST_UNPACKED,
    RATIO_FROM,
)
from salesmetrics.ingest.read.encoding import decode
from salesmetrics.ingest.read.plain import plain_line

_PIECE = 1 << 16
_TAIL = 1 << 17
_ENCRYPTED, _UTF8_NAME = 0x1, 0x800
_NOT_DATA = re.compile(r"(?:read.?me|licen[cs]e|notice|changelog)[^/]*\.txt", re.IGNORECASE)
_WORKBOOKS = frozenset({"xl/workbook.xml", "xl/workbook.bin"})


@dataclass(frozen=True)
class Member:
    """A file of an archive: where its bytes lie for now, and what to call it, as "june.zip/north.csv"."""

    path: Path
    label: str


class Meter:
    """Counts what comes out of a file of `packed` bytes; raises FileError once it is more than a table's worth."""

    def __init__(self, file: str, packed: int, most: int) -> None:
        self._file, self._packed, self._most, self._out = file, max(packed, 1), most, 0

    def add(self, size: int) -> None:
        """Count `size` more bytes."""
        self._out += size
        ratio = self._out > RATIO_FROM and self._out > MOST_RATIO * self._packed
        if ratio or self._out > self._most:
            message = _("{file} unpacks to far more than it should ({size} MB and on); export it again in parts.")
            raise FileError(message.format(file=self._file, size=self._out >> 20))


def is_workbook(path: Path, file: str) -> bool:
    """Tell whether the ZIP at `path` is a workbook; raises FileError when it is damaged."""
    with opened_zip(path, file) as archive:
        names = {name.replace("\\", "/").lower() for name in archive.namelist()}
        return "content.xml" in names or ("[content_types].xml" in names and bool(names & _WORKBOOKS))


@contextmanager
def opened_zip(path: Path, file: str) -> Iterator[zipfile.ZipFile]:
    """Open the ZIP at `path`; raises FileError when it is damaged, locked, or packed in a way that is not read."""
    try:
        _check_directory(path, file)
        with zipfile.ZipFile(path) as archive:
            if any(each.flag_bits & _ENCRYPTED for each in archive.infolist()):
                message = _("{file} is protected with a password; save a copy without the password and read that.")
                raise FileError(message.format(file=file))
            yield archive
    except NotImplementedError as error:
        message = _("{file} is packed in a way that is not read; pack it again as an ordinary ZIP.")
        raise FileError(message.format(file=file)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        message = _("{file} is damaged or no spreadsheet; open it, save it as XLSX or CSV, and read that.")
        raise FileError(message.format(file=file)) from error


def _check_directory(path: Path, file: str) -> None:
    """Raise FileError when the list of contents alone would fill the memory."""
    size = path.stat().st_size
    with path.open("rb") as opened:
        opened.seek(max(0, size - _TAIL))
        tail = opened.read()
    end = tail.rfind(b"PK\x05\x06")
    told = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    large = tail.rfind(b"PK\x06\x06")
    if large >= 0:
        told = max(told if told != 0xFFFFFFFF else 0, int.from_bytes(tail[large + 40 : large + 48], "little"))
    if told > MOST_DIRECTORY:
        raise _too_many(file)


def _too_many(file: str) -> FileError:
    message = _("{file} holds more than {most} files; pack fewer at a time.")
    return FileError(message.format(file=file, most=MOST_MEMBERS))


def unpacked_pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, meter: Meter) -> Iterator[bytes]:
    """Give the bytes of one file of an archive piece by piece, counted, whatever size the archive claims."""
    # The claimed size would end the reading where a forged entry wants it to, so it is left out of the reading.
    unbound = copy(info)
    unbound.file_size, unbound.CRC = 1 << 62, None  # type: ignore[assignment]
    checksum = 0
    with archive.open(unbound) as source:
        while piece := source.read(_PIECE):
            meter.add(len(piece))
            checksum = zlib.crc32(piece, checksum)
            yield piece
    if checksum != info.CRC:
        raise zipfile.BadZipFile(info.filename)


@contextmanager
def unpacked_zip(path: Path, file: str, offered: frozenset[str]) -> Iterator[Iterator[Member]]:
    """Give the tables of the ZIP at `path`, one after another; each is removed when the next one comes.

    Only files with an `offered` ending are taken, as from a folder. Raises FileError for a bomb, a link, an
    archive in the archive that is locked, or one that holds nothing to read.
    """
    with opened_zip(path, file) as archive, tempfile.TemporaryDirectory(prefix="salesmetrics-unpacked-") as folder:
        wanted = [
            (info, name) for info in archive.infolist() if (name := _name(info)) and _is_offered(name, offered)
        ]
        if not wanted:
            message = _("{file} holds no CSV or Excel file and is no spreadsheet; pack the tables and read that.")
            raise FileError(message.format(file=file))
        if len(wanted) > MOST_MEMBERS:
            raise _too_many(file)
        for info, name in wanted:
            if stat.S_ISLNK(info.external_attr >> 16):
                message = _("{file} holds {name}, which only points to another file; pack the file itself.")
                raise FileError(message.format(file=file, name=name))
        yield _members(archive, wanted, file, Path(folder), path.stat().st_size)


def _members(
    archive: zipfile.ZipFile, wanted: list[tuple[zipfile.ZipInfo, str]], file: str, folder: Path, packed: int
) -> Iterator[Member]:
    meter = Meter(file, packed, MOST_UNPACKED)
    for number, (info, name) in enumerate(wanted):
        # A number is all that names it on the disk: no path of the archive's leads anywhere.
        place = folder / str(number)
        with place.open("wb") as target:
            for piece in unpacked_pieces(archive, info, meter):
                target.write(piece)
        yield Member(place, f"{file}/{name}")
        place.unlink()


@contextmanager
def unpacked_gzip(path: Path, file: str) -> Iterator[Member]:
    """Give the one file that the GZIP at `path` holds; raises FileError for a bomb or a damaged file."""
    with tempfile.TemporaryDirectory(prefix="salesmetrics-unpacked-") as folder:
        place = Path(folder, "0")
        try:
            with gzip.open(path) as source, place.open("wb") as target:
                meter = Meter(file, path.stat().st_size, MOST_UNPACKED)
                while piece := source.read(_PIECE):
                    meter.add(len(piece))
                    target.write(piece)
        except (OSError, EOFError, zlib.error) as error:
            message = _("{file} is a damaged archive; pack it again.")
            raise FileError(message.format(file=file)) from error
        yield Member(place, file)


def _name(info: zipfile.ZipInfo) -> str:
    """Give the name of an archive's file as it is shown: no way up, no root, no drive; empty for a folder."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME and not name.isascii():
        # Python takes names that do not say it for cp437; those of a Chinese system are not.
        found = decode(name.encode("cp437", "replace"))
        name = found[0] if found else name
    if name.endswith(("/", "\\")):
        return ""
    parts = re.split(r"[/\\]", plain_line(name))
    return "/".join(part for part in parts if part.strip(" .") and not re.fullmatch(r"[A-Za-z]:", part))


def _is_offered(name: str, offered: frozenset[str]) -> bool:
    parts = name.split("/")
    hidden = any(part[0] in ".~" or part == "__MACOSX" for part in parts)
    return not hidden and Path(parts[-1]).suffix.lower() in offered and not _NOT_DATA.fullmatch(parts[-1])
