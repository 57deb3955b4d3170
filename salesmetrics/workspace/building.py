"""The making of a version: written aside, through to the disk, then swapped in whole."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from salesmetrics import ingest
from salesmetrics.errors import WorkspaceError
from salesmetrics.i18n import _
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.tables import TABLES as DECLARED
from salesmetrics.workspace.disk import move_in, remove_tree, share, sync_folder, sync_tree
from salesmetrics.workspace.folders import Folders
from salesmetrics.workspace.manifest import FILES, REPORT, TABLES, fact_of, write_manifest
from salesmetrics.workspace.texts import file_name
from salesmetrics.workspace.values import FileFact, Step

Progress = Callable[[Step], None]


@dataclass(frozen=True)
class Original:
    """A file to make a version from: where it lies, what people call it, and how it gets into the version.

    `give_back`, where there is one, undoes `bring`; both take a source and a target.
    """

    path: Path
    name: str
    bring: Callable[[Path, Path], object]
    give_back: Callable[[Path, Path], object] | None = None


@dataclass(frozen=True)
class Recipe:
    """What a version is made from: the files, how a person says they are read, and the day of reading."""

    originals: Sequence[Original]
    maps: Sequence[str]
    read_on: date
    read: Callable[[Sequence[Path], Path], ingest.Reading] | None = None
    """Makes the tables of the files, in the folder it is given, where it is more than reading all in one go."""


@dataclass(frozen=True)
class Built:
    """A version that lies whole in its place, and is listed nowhere yet."""

    id: str
    dataset: Dataset
    files: tuple[FileFact, ...]
    manifest: str


def uploaded(path: Path, name: str, incoming: Path) -> Original:
    """Give a file to make a version from: an upload moves in, any other file stays and is copied."""
    if incoming in path.resolve().parents:
        return Original(path, file_name(name), move_in, move_in)
    return Original(path, file_name(name), shutil.copyfile)


def stored(folder: Path) -> list[Original]:
    """Give the original files of a version that lies in `folder`; another made from them shares them."""
    places = sorted((folder / FILES).iterdir(), key=lambda place: int(place.name))
    return [Original(path, path.name, share) for place in places for path in place.iterdir()]


@cache
def declared_shape() -> str:
    """Name the tables and columns that this release stores: what was stored in another shape is read again."""
    shape = [[name, *(f"{column.name} {column.type}" for column in DECLARED[name].columns)] for name in DECLARED]
    return hashlib.sha256(json.dumps(sorted(shape)).encode()).hexdigest()[:16]


@contextmanager
def build(folders: Folders, recipe: Recipe, listed: Callable[[], set[str]], told: Progress) -> Iterator[Built]:
    """Make a version and put it in its place; when the caller's block fails to have it `listed`, nothing is left.

    Raises SalesMetricsError as `ingest.read` does, and WorkspaceError when the disk takes no more.
    """
    with folders.writing() as version_id:
        aside, place = folders.aside / version_id, folders.versions / version_id
        brought: list[tuple[Original, Path]] = []
        try:
            built = _written(aside, recipe, brought, told)
            aside.rename(place)
            sync_folder(folders.versions)
            yield built
        except BaseException as error:
            # A commit can fail to be heard and yet have happened: then the version stays.
            if version_id not in listed():
                _undo(place if place.exists() else aside, brought)
            if isinstance(error, OSError):
                raise _refused(error) from error
            raise


def _undo(folder: Path, brought: Sequence[tuple[Original, Path]]) -> None:
    for original, inside in brought:
        if original.give_back:
            with suppress(OSError):
                original.give_back(folder / inside, original.path)
    remove_tree(folder)


def _written(aside: Path, recipe: Recipe, brought: list[tuple[Original, Path]], told: Progress) -> Built:
    for number, original in enumerate(recipe.originals):
        # A folder each: two files may have one name.
        inside = Path(FILES, str(number), original.name)
        (aside / inside).parent.mkdir(parents=True)
        original.bring(original.path, aside / inside)
        brought.append((original, inside))
    told(Step.READING)
    paths = [aside / inside for _original, inside in brought]
    if recipe.read:
        reading = recipe.read(paths, aside / TABLES)
    else:
        reading = ingest.read(paths, maps=recipe.maps, into=aside / TABLES, read_on=recipe.read_on)
    told(Step.STORING)
    report = json.dumps(reading.report.to_json(), ensure_ascii=False)
    # Text of a file may hold what is no character, half of a pair: kept, since the report is read back here only.
    (aside / REPORT).write_text(report, encoding="utf-8", errors="surrogatepass")
    sync_tree(aside)
    # Two workspaces may hold the same files; what is kept ready for one must not vanish with the other.
    dataset = replace(reading.dataset, version=f"{reading.dataset.version}_{aside.name[:16]}")
    files = tuple(fact_of(path, path.name) for path in paths)
    manifest = write_manifest(aside, dataset)
    sync_folder(aside)
    return Built(aside.name, dataset, files, manifest)


def _refused(error: OSError) -> WorkspaceError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return WorkspaceError(_("There is no room left to store these files; delete what is not needed any more."))
    return WorkspaceError(_("These files cannot be stored; upload them again."))
