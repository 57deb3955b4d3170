"""Files for data that is there already: weighed against it first, and stored once somebody decided how."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from salesmetrics import ingest
from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest import Reading
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.report import Report
from salesmetrics.model.tables import PARTS, TABLES
from salesmetrics.workspace import catalogue
from salesmetrics.workspace.building import Progress, Recipe, stored, uploaded
from salesmetrics.workspace.changes import TableChanges, changes, key_of
from salesmetrics.workspace.disk import share
from salesmetrics.workspace.layers import Layer, both, read_layers, renamed, speaking, write_layers
from salesmetrics.workspace.merging import Merge, Way, merge_of, merged, own_sheets, previewed, tables_in
from salesmetrics.workspace.texts import file_name
from salesmetrics.workspace.values import Version
from salesmetrics.workspace.versions import Versions, there, untold

_Read = Callable[[Sequence[Path], Path], Reading]


@dataclass(frozen=True, eq=False)
class SecondUpload:
    """Files that were read beside the version `base` and wait for a decision; nothing of them is stored.

    Readings lie in `folder`, which is the caller's to remove. `alone` is what the files give by themselves.
    """

    workspace: str
    base: Version
    stored: Dataset
    report: Report
    paths: tuple[Path, ...]
    names: tuple[str, ...]
    maps: tuple[str, ...]
    folder: Path
    alone: Reading
    layers: tuple[Layer, ...]
    originals: tuple[Path, ...]
    readings: dict[Way, Reading] = field(default_factory=dict)
    previews: dict[Way, tuple[TableChanges, ...]] = field(default_factory=dict)

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables that the new files hold."""
        return tables_in(self.alone.report.sheets)

    @cached_property
    def meets(self) -> frozenset[str]:
        """The tables that the new files hold and stored files hold too: only of these is there anything to decide."""
        return self.tables & tables_in(self.report.sheets)

    @cached_property
    def same_names(self) -> tuple[str, ...]:
        """The names under which files are stored already."""
        return tuple(name for name in self.names if name in {path.name for path in self.originals})

    @cached_property
    def beside(self) -> tuple[int, ...]:
        """The places of stored files that the new ones are read with: those of other tables, for what they know."""
        met = {
            name
            for path in self.originals
            for name in [path.name]
            for sheet in own_sheets(self.report, [name])
            if sheet.table in self.tables and (sheet.role in TABLES or sheet.role in PARTS)
        }
        return tuple(
            place
            for place, path in enumerate(self.originals)
            if path.name not in met and path.name not in self.names
        )

    @cached_property
    def maps_of_others(self) -> tuple[str, ...]:
        """What was said before of the files that the new ones are read with."""
        return speaking(self.base.maps, [self.originals[place].name for place in self.beside])

    @cached_property
    def names_beside(self) -> tuple[str, ...]:
        """What the files are called beside the stored ones: two files of one version have two names."""
        taken = {path.name for path in self.originals}
        found = []
        for name in self.names:
            stem, dot, ending = name.rpartition(".") if "." in name.strip(".") else (name, "", "")
            tries = (name, *(f"{stem} ({number}){dot}{ending}" for number in range(2, len(taken) + 2)))
            found.append(next(one for one in tries if one not in taken))
            taken.add(found[-1])
        return tuple(found)

    @cached_property
    def maps_beside(self) -> tuple[str, ...]:
        """What was said of the new files, under the names they have beside the stored ones."""
        return renamed(self.maps, dict(zip((path.name for path in self.paths), self.names_beside, strict=True)))

    @property
    def keyless(self) -> tuple[str, ...]:
        """The tables met by the new files that have no key: their rows can be added, not updated."""
        return tuple(name for name in TABLES if name in self.meets and not self._key(name))

    def ways(self) -> tuple[Way, ...]:
        """Give the ways in which these files can be stored."""
        update = [Way.UPDATE] if any(self._key(name) for name in self.meets) else []
        later = {place for layer in self.layers[1:] for place in layer.files}
        # Layers that stay are laid on what was read before them: nothing can be read together with them.
        free = all(self.originals[place].name in self.names for place in later)
        return (*update, Way.APPEND, *([Way.TOGETHER] if free else []), Way.REPLACE)

    def _key(self, table: str) -> tuple[str, ...]:
        return key_of(table, self.stored, self.alone.dataset)


class SecondUploads(Versions):
    """What a store does with files for a workspace that holds data; see `Store`."""

    def weigh(
        self,
        workspace_id: str,
        owner: str,
        paths: Sequence[Path],
        folder: Path,
        maps: Sequence[str] = (),
        names: Sequence[str] = (),
    ) -> SecondUpload:
        """Read files without storing them, so that what they would change can be told; `folder` takes the readings.

        Raises SalesMetricsError as `ingest.read` does, and WorkspaceError where the workspace holds no data.
        """
        with self._database.writing() as connection:
            catalogue.hold(connection, workspace_id, owner)
            known = there(catalogue.by_id(connection, workspace_id, owner))
        base = self.refreshed(known).current
        if base is None:
            raise catalogue.no_version()
        place = self._folders.versions / base.id
        dataset, report = self.dataset(base), self.report(base)
        called = [file_name(name) for name in names or [path.name for path in paths]]
        alone = ingest.read(paths, maps=maps, into=folder / "alone", read_on=self._now().date())
        return SecondUpload(
            workspace_id, base, dataset, report, tuple(paths), tuple(called), tuple(maps), folder, alone,
            read_layers(place), tuple(one.path for one in stored(place)),
        )  # fmt: skip

    def preview(self, second: SecondUpload, way: Way) -> tuple[TableChanges, ...]:
        """Tell what storing files in this way would do to each table, and store nothing; raises as `weigh` does."""
        if way not in second.previews:
            second.previews[way] = (
                previewed(self._merge(second, way))
                if way in (Way.APPEND, Way.UPDATE)
                else changes(second.stored, self._reading(second, way).dataset)
            )
        return second.previews[way]

    def settle(
        self, second: SecondUpload, owner: str, way: Way, doubles: bool = False, progress: Progress = untold
    ) -> Version:
        """Store files as they were weighed and put the new version on; the files move into it.

        With `doubles`, rows without a key that are there already are added once more. Raises WorkspaceError when
        another version was put on since, and as `add_version` does; then the files lie where they lay.
        """
        names = second.names_beside if way in (Way.APPEND, Way.UPDATE) else second.names
        incoming = self._folders.incoming
        new = [uploaded(path, name, incoming) for path, name in zip(second.paths, names, strict=True)]
        old = stored(self._folders.versions / second.base.id)
        maps = second.maps_beside if way in (Way.APPEND, Way.UPDATE) else second.maps
        said = (*(one for one in second.base.maps if one not in maps), *maps)
        day = second.alone.dataset.read_on
        if way is Way.REPLACE:
            recipe = Recipe(new, maps, day, _ready(second.alone))
        elif way is Way.TOGETHER:
            kept = [one for one in old if one.name not in second.names]
            recipe = Recipe([*kept, *new], said, day, _ready(self._reading(second, way)))
        else:
            recipe = Recipe([*old, *new], said, day, self._laid_on(second, way, doubles))
        return self._added(second.workspace, owner, recipe, progress, onto=second.base)

    def _laid_on(self, second: SecondUpload, way: Way, doubles: bool) -> _Read:
        merge = replace(self._merge(second, way), doubles=doubles)
        reading = second.readings[way]
        count = len(second.originals)
        first = Layer(tuple(range(count)), second.base.maps, second.base.read_on)
        added = Layer(
            tuple(range(count, count + len(second.paths))), (*second.maps_of_others, *second.maps_beside),
            second.alone.dataset.read_on, second.beside, way, doubles,
        )  # fmt: skip
        layers = (*(second.layers or (first,)), added)

        def read(_paths: Sequence[Path], into: Path) -> Reading:
            dataset = merged(merge, into, added.read_on)
            write_layers(into.parent, layers)
            files = [path.name for path in second.paths]
            report = _told(reading.report, files, self.preview(second, way), second.base, doubles)
            names = dict(zip(files, second.names_beside, strict=True))
            return Reading(dataset, both(second.report, _named(report, names), second.names_beside))

        return read

    def _merge(self, second: SecondUpload, way: Way) -> Merge:
        reading = self._reading(second, way)
        return merge_of(second.stored, second.report, reading, [path.name for path in second.paths], way)

    def _reading(self, second: SecondUpload, way: Way) -> Reading:
        """Give what the files are read as in this way, read once."""
        known = second.readings
        if way not in known:
            if way in (Way.APPEND, Way.UPDATE):
                known[Way.APPEND] = known[Way.UPDATE] = self._within(second)
            elif way is Way.TOGETHER:
                kept = [path for path in second.originals if path.name not in second.names]
                maps = (*(one for one in second.base.maps if one not in second.maps), *second.maps)
                known[way] = self._read(second, kept, maps, way)
            else:
                known[way] = second.alone
        return known[way]

    def _within(self, second: SecondUpload) -> Reading:
        if not second.beside:
            return second.alone
        others = [second.originals[place] for place in second.beside]
        return self._read(second, others, (*second.maps_of_others, *second.maps), Way.UPDATE)

    def _read(self, second: SecondUpload, others: Sequence[Path], maps: Sequence[str], way: Way) -> Reading:
        day = second.alone.dataset.read_on
        return ingest.read([*others, *second.paths], maps=maps, into=second.folder / way.value, read_on=day)


def _ready(reading: Reading) -> _Read:
    """Give what puts tables that were read already into their place; they stay where they lie, too."""

    def read(_paths: Sequence[Path], into: Path) -> Reading:
        into.mkdir(parents=True, exist_ok=True)
        for table in reading.dataset.tables:
            share(reading.dataset.folder / f"{table}.parquet", into / f"{table}.parquet")
        return Reading(replace(reading.dataset, folder=into), reading.report)

    return read


def _told(
    report: Report, files: Sequence[str], met: Sequence[TableChanges], base: Version, doubles: bool
) -> Report:
    """Say of each new sheet what became of its table's rows."""
    own = {id(sheet) for sheet in own_sheets(report, files)}
    by_table = {one.table: one for one in met}
    return Report(
        tuple(
            replace(sheet, notes=(*sheet.notes, *_sentences(by_table[sheet.table], base, doubles)))
            if id(sheet) in own and sheet.table in by_table
            else sheet
            for sheet in report.sheets
        )
    )


def _named(report: Report, names: Mapping[str, str]) -> Report:
    """Call files by the names under which they are stored."""

    def called(file: str) -> str:
        name, slash, inside = file.partition("/")
        return f"{names.get(name, name)}{slash}{inside}"

    return Report(
        tuple(
            replace(
                sheet,
                file=called(sheet.file),
                set_aside=tuple(replace(one, file=called(one.file)) for one in sheet.set_aside),
            )
            for sheet in report.sheets
        )
    )


def _sentences(met: TableChanges, base: Version, doubles: bool) -> list[str]:
    table = met.table.replace("_", " ")
    said = [
        _("Laid on version {number}: of {table}, {new} rows are new, {changed} changed, {known} were there already.")
        .format(number=base.number, table=table, new=f"{met.new:,}", changed=f"{met.changed:,}",
                known=f"{met.duplicate:,}")
    ]  # fmt: skip
    if doubles and met.duplicate and not met.key:
        said.append(_("Those that were there already are added once more, as asked."))
    if met.left_out:
        message = ngettext(
            "{n} row of {table} is left out: its key is there with other values.",
            "{n} rows of {table} are left out: their keys are there with other values.",
            met.left_out,
        )
        said.append(message.format(n=f"{met.left_out:,}", table=table))
    return said
