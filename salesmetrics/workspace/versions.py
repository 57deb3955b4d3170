"""The versions of workspaces: made, opened, put on, gone back to, removed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from salesmetrics.errors import WorkspaceError
from salesmetrics.i18n import _
from salesmetrics.ingest import Reading
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.report import Report
from salesmetrics.workspace import catalogue
from salesmetrics.workspace.building import (
    Built,
    Progress,
    Recipe,
    build,
    declared_shape,
    stored,
    uploaded,
)
from salesmetrics.workspace.disk import remove_tree
from salesmetrics.workspace.folders import Folders
from salesmetrics.workspace.layers import Layer, joined, read_layers, replay, with_maps, write_layers
from salesmetrics.workspace.manifest import REPORT, fact_of, read_manifest, verify
from salesmetrics.workspace.metadata import Database
from salesmetrics.workspace.report_store import report_from_json
from salesmetrics.workspace.values import Step, Version, Workspace

SAMPLE = "sample"
"""The id of the workspace that everybody may open and nobody may change."""


def untold(_step: Step) -> None:
    """Tell nobody how far a version is."""


class Versions:
    """What a store does with versions; see `Store`."""

    def __init__(self, folders: Folders, database: Database, now: Callable[[], datetime]) -> None:
        self._folders, self._database, self._now = folders, database, now

    def dataset(self, version: Version) -> Dataset:
        """Give a version's data without reading its files again, once every file is there in its size.

        Raises WorkspaceError when the version is gone or not whole.
        """
        folder = self._folders.versions / version.id
        return read_manifest(folder, version).dataset(folder)

    def report(self, version: Version) -> Report:
        """Give what reading made of a version's files; raises WorkspaceError when it is gone or not whole."""
        folder = self._folders.versions / version.id
        read_manifest(folder, version)
        return report_from_json(json.loads((folder / REPORT).read_text(encoding="utf-8", errors="surrogatepass")))

    def verify(self, version: Version) -> None:
        """See that every file of a version has its checksum; raises WorkspaceError for the first that has not."""
        verify(self._folders.versions / version.id, version)

    def known_contents(self) -> set[str]:
        """Give the `version` of every Dataset that is still stored: what is kept in memory for others can go."""
        with self._database.reading() as connection:
            return catalogue.contents(connection)

    def add_version(
        self,
        workspace_id: str,
        owner: str,
        paths: Sequence[Path],
        maps: Sequence[str] = (),
        read_on: date | None = None,
        progress: Progress = untold,
        names: Sequence[str] = (),
        add: bool = False,
    ) -> Version:
        """Read files into a new version and put it on; `names` are what people call them, else their own.

        With `add` the files of the version that is on stay, but those of the same names, and what was said of
        them. Files in the incoming folder move into the version, others are copied. When reading fails
        (SalesMetricsError as `ingest.read` raises) they lie where they lay, and the version that was on stays on.
        """
        called = names or [path.name for path in paths]
        pairs = zip(paths, called, strict=True)
        originals = [uploaded(path, name, self._folders.incoming) for path, name in pairs]
        recipe = Recipe(originals, maps, read_on or self._now().date())
        if add:
            with self._database.reading() as connection:
                known = there(catalogue.by_id(connection, workspace_id, owner))
            recipe = self._beside(known.current, recipe) if known.current else recipe
        return self._added(workspace_id, owner, recipe, progress)

    def _beside(self, version: Version, recipe: Recipe) -> Recipe:
        """Give how files are read together with those of a version, but those of the same names."""
        folder = self._folders.versions / version.id
        read_manifest(folder, version)
        new = {original.name for original in recipe.originals}
        old = stored(folder)
        kept = [original for original in old if original.name not in new]
        originals = [*kept, *recipe.originals]
        said = (*(one for one in version.maps if one not in recipe.maps), *recipe.maps)
        whole = Recipe(originals, said, recipe.read_on)
        layers = read_layers(folder)
        if not layers:
            return whole
        dropped = {place for place, original in enumerate(old) if original.name in new}
        places = tuple(range(len(kept), len(originals)))
        return layered(whole, joined(layers, dropped, Layer(places, tuple(recipe.maps), recipe.read_on)))

    def read_again(
        self, workspace_id: str, owner: str, version_id: str, maps: Sequence[str], progress: Progress = untold
    ) -> Version:
        """Make a new version from the files of another, read as `maps` say, and put it on."""
        with self._database.reading() as connection:
            version = catalogue.version_of(connection, workspace_id, version_id)
        return self._added(workspace_id, owner, self._recipe_of(version, maps), progress)

    def refreshed(self, workspace: Workspace) -> Workspace:
        """Give a workspace whose current version has the tables and columns of this release.

        What another release stored is read again from its files, as it was read then; else nothing is done.
        """
        old = workspace.current
        if old is None or old.shape == declared_shape():
            return workspace
        # Whoever else opens it waits and finds it done.
        with self._folders.alone("refresh"):
            with self._database.reading() as connection:
                listed = catalogue.contents(connection)
            if old.content in listed:
                with build(self._folders, self._recipe_of(old, old.maps), self._listed, untold) as built:
                    new = _version(built, old.number, old.created_at, old.maps)
                    with self._database.writing() as connection:
                        catalogue.replace_version(connection, workspace.id, old, new)
                self._remove([old.id])
        with self._database.reading() as connection:
            return there(catalogue.again(connection, workspace.id))

    def _recipe_of(self, version: Version, maps: Sequence[str]) -> Recipe:
        folder = self._folders.versions / version.id
        read_manifest(folder, version)
        originals, layers = stored(folder), read_layers(folder)
        recipe = Recipe(originals, maps, version.read_on)
        return layered(recipe, with_maps(layers, [one.name for one in originals], maps)) if layers else recipe

    def _added(
        self, workspace_id: str, owner: str, recipe: Recipe, progress: Progress, onto: Version | None = None
    ) -> Version:
        """Make a version and put it on; `onto` is the one that has to be on until then, where that matters."""

        def held(connection: Connection) -> Row[Any]:
            row = catalogue.hold(connection, workspace_id, owner)
            if onto and row.current != onto.id:
                message = _("Another version was put on meanwhile; drop the files again to see what they change.")
                raise WorkspaceError(message)
            return row

        with self._database.writing() as connection:
            held(connection)
        with (
            build(self._folders, recipe, self._listed, progress) as built,
            self._database.writing() as connection,
        ):
            # Held again: it may have been deleted while its files were read.
            number = held(connection).last_number + 1
            version = _version(built, number, self._now(), recipe.maps)
            catalogue.add_version(connection, workspace_id, version)
            catalogue.add_owner(connection, workspace_id, owner, self._now())
        progress(Step.DONE)
        return version

    def go_back(self, workspace_id: str, owner: str, version_id: str) -> None:
        """Put another version of a workspace on; none is lost."""
        with self._database.writing() as connection:
            catalogue.hold(connection, workspace_id, owner)
            catalogue.version_of(connection, workspace_id, version_id)
            catalogue.change(connection, workspace_id, current=version_id)

    def delete_version(self, workspace_id: str, owner: str, version_id: str) -> None:
        """Remove a version that is not on, for good; raises WorkspaceError for the one that is."""
        with self._database.writing() as connection:
            row = catalogue.hold(connection, workspace_id, owner)
            version = catalogue.version_of(connection, workspace_id, version_id)
            if row.current == version_id:
                message = _("Version {number} is the one that is on; put another on before you delete it.")
                raise WorkspaceError(message.format(number=version.number))
            catalogue.remove_version(connection, version_id)
        self._remove([version_id])

    def _remove(self, version_ids: Sequence[str]) -> None:
        # The database first: killed here, what is left is listed nowhere and the next sweep takes it.
        self._database.forget_deleted()
        for version_id in version_ids:
            remove_tree(self._folders.versions / version_id)

    def _is_whole(self, version: Version) -> bool:
        try:
            read_manifest(self._folders.versions / version.id, version)
        except WorkspaceError:
            return False
        return True

    def _listed(self) -> set[str]:
        with self._database.reading() as connection:
            return catalogue.version_ids(connection)

    def sample(self) -> Workspace | None:
        """Give the sample workspace, once `ensure_sample` has built it."""
        with self._database.reading() as connection:
            return catalogue.sample(connection)

    def ensure_sample(self, paths: Sequence[Path], read_on: date, name: str = "Sample company") -> Workspace:
        """Give the sample workspace, built from `paths` where it is missing, damaged or made from other files.

        One process builds, whoever else asks waits for it.
        """
        wanted = {fact_of(path, path.name) for path in paths}, read_on, declared_shape()
        with self._folders.alone(SAMPLE):
            known = self.sample()
            on = known.current if known else None
            if known and on and (set(on.files), on.read_on, on.shape) == wanted and self._is_whole(on):
                return known
            originals = [uploaded(path, path.name, self._folders.incoming) for path in paths]
            recipe = Recipe(originals, (), read_on)
            with (
                build(self._folders, recipe, self._listed, untold) as built,
                self._database.writing() as connection,
            ):
                if known is None:
                    catalogue.add(connection, SAMPLE, name, None, self._now(), is_sample=True)
                number = known.versions[0].number + 1 if known and known.versions else 1
                catalogue.add_version(connection, SAMPLE, _version(built, number, self._now(), ()))
                # The one before stays for whoever is looking at it this moment.
                outdated = [version.id for version in known.versions[1:]] if known else []
                for version_id in outdated:
                    catalogue.remove_version(connection, version_id)
            self._remove(outdated)
            return there(self.sample())


def layered(recipe: Recipe, layers: Sequence[Layer]) -> Recipe:
    """Give a recipe whose files are read layer on layer."""

    def read(paths: Sequence[Path], into: Path) -> Reading:
        write_layers(into.parent, layers)
        return replay(layers, paths, into)

    return replace(recipe, read=read) if len(layers) > 1 else recipe


def _version(built: Built, number: int, created_at: datetime, maps: Sequence[str]) -> Version:
    return Version(
        id=built.id,
        number=number,
        created_at=created_at,
        read_on=built.dataset.read_on,
        files=built.files,
        maps=tuple(maps),
        rows={table: facts.rows for table, facts in built.dataset.tables.items()},
        content=built.dataset.version,
        manifest=built.manifest,
        shape=declared_shape(),
    )


def there(found: Workspace | None) -> Workspace:
    """Give a workspace that was found; raises WorkspaceError when there was none."""
    if found is None:
        raise catalogue.not_yours()
    return found
