"""What a version was made of where files met stored rows: layer on layer, so that it can be made again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from salesmetrics import ingest
from salesmetrics.ingest import Reading
from salesmetrics.model.report import Report
from salesmetrics.workspace.merging import Way, merge_of, merged, own_sheets

LAYERS = "layers.json"
"""The file in a version's folder that holds them; a version that was read in one go has none."""


@dataclass(frozen=True)
class Layer:
    """One upload: the places of its `files` among those of the version, and how they met what was there.

    `beside` are places of earlier files that are read with them for what they know: names, regions, costs.
    """

    files: tuple[int, ...]
    maps: tuple[str, ...]
    read_on: date
    beside: tuple[int, ...] = ()
    way: Way = Way.REPLACE
    doubles: bool = False


def write_layers(folder: Path, layers: Sequence[Layer]) -> None:
    """Write the layers of the version in `folder`."""
    found = [{**asdict(layer), "read_on": layer.read_on.isoformat()} for layer in layers]
    (folder / LAYERS).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def read_layers(folder: Path) -> tuple[Layer, ...]:
    """Read the layers of the version in `folder`; none where it was read in one go."""
    path = folder / LAYERS
    if not path.exists():
        return ()
    return tuple(
        Layer(
            tuple(one["files"]), tuple(one["maps"]), date.fromisoformat(one["read_on"]), tuple(one["beside"]),
            Way(one["way"]), one["doubles"],
        )
        for one in json.loads(path.read_text(encoding="utf-8"))
    )  # fmt: skip


def speaking(maps: Sequence[str], names: Collection[str]) -> tuple[str, ...]:
    """Give those of `maps` that name one of these files.

    >>> speaking(["orders.amount=a.csv:Net", "orders=b.csv", "orders.region=Area"], ["a.csv", "c.csv"])
    ('orders.amount=a.csv:Net',)
    """
    meant = [(text, text.partition("=")[2]) for text in maps]
    return tuple(
        text
        for text, right in meant
        if any(right == name or right.startswith((f"{name}:", f"{name}/")) for name in names)
    )


def renamed(maps: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Give `maps` with files called by their new names (`names`: old -> new).

    >>> renamed(["orders.amount=a.csv:Net", "orders=b.csv"], {"a.csv": "a (2).csv"})
    ('orders.amount=a (2).csv:Net', 'orders=b.csv')
    """
    found = []
    for text in maps:
        left, _equals, right = text.partition("=")
        old = next((name for name in names if speaking([text], [name])), None)
        found.append(f"{left}={names[old]}{right[len(old) :]}" if old else text)
    return tuple(found)


def with_maps(layers: Sequence[Layer], names: Sequence[str], maps: Sequence[str]) -> tuple[Layer, ...]:
    """Give layers of which each is read as `maps` say, as far as they speak of its files (`names`, by place).

    A map that names no file speaks of the layers that it was said of, and of the first where it is new.
    """
    known = {text for layer in layers for text in layer.maps}

    def of(layer: Layer, place: int) -> tuple[str, ...]:
        mine = speaking(maps, [names[one] for one in (*layer.files, *layer.beside)])
        others = set(speaking(maps, names))
        said = {text for text in maps if text in layer.maps or (place == 0 and text not in known)}
        return tuple(text for text in maps if text in mine or text in said - others)

    return tuple(replace(layer, maps=of(layer, place)) for place, layer in enumerate(layers))


def joined(layers: Sequence[Layer], dropped: Collection[int], added: Layer) -> tuple[Layer, ...]:
    """Give layers without the files at the places `dropped` and with those of `added` read from the first one on.

    Places count the files that stay, then those that are added. A layer without files goes.
    """
    places = sorted({place for layer in layers for place in layer.files} - set(dropped))
    now = {before: place for place, before in enumerate(places)}
    kept = [
        replace(
            layer,
            files=tuple(now[one] for one in layer.files if one in now),
            beside=(*(now[one] for one in layer.beside if one in now), *added.files),
            maps=tuple(dict.fromkeys((*(one for one in layer.maps if one not in added.maps), *added.maps))),
        )
        for layer in layers
    ]
    first, *rest = kept
    whole = replace(first, files=(*first.files, *added.files), beside=(), read_on=added.read_on)
    return (whole, *(layer for layer in rest if layer.files))


def replay(layers: Sequence[Layer], paths: Sequence[Path], into: Path) -> Reading:
    """Make the data of all layers from their files, at the end in `into`; raises as `ingest.read` does."""
    with tempfile.TemporaryDirectory(prefix="layers-", dir=into.parent) as scratch:
        made: Reading | None = None
        for number, layer in enumerate(layers):
            last = number == len(layers) - 1
            target = into if last else Path(scratch) / f"{number}"
            files = [paths[place] for place in (*layer.files, *layer.beside)]
            where = target if made is None else Path(scratch) / f"{number}-read"
            reading = ingest.read(files, maps=layer.maps, into=where, read_on=layer.read_on)
            if made is None:
                made = reading
                continue
            names = [paths[place].name for place in layer.files]
            merge = merge_of(made.dataset, made.report, reading, names, layer.way, layer.doubles)
            made = Reading(merged(merge, target, layer.read_on), both(made.report, reading.report, names))
    if made is None:
        raise ValueError("a version has at least one layer")
    return made


def both(before: Report, now: Report, files: Sequence[str]) -> Report:
    """Give one report of what was stored and of the new `files`; of those read beside them nothing is new."""
    return Report.worst_first([*own_sheets(now, files), *before.sheets])
