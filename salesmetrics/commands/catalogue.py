"""`metrics`: the catalogue, whole or one entry."""

from __future__ import annotations

import argparse
import json
from typing import Any

from salesmetrics.errors import QueryError, nearest
from salesmetrics.query.glossary import Entry, glossary

HELP = "list the metrics, or explain one"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", nargs="?", metavar="ID", help="one metric")
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(given: argparse.Namespace) -> None:
    """Print the catalogue."""
    if given.id is not None and given.id not in glossary():
        raise QueryError(
            f"There is no metric “{given.id}”."
            + (nearest(given.id, glossary()) or " `python -m salesmetrics metrics` lists them.")
        )
    chosen = [glossary()[given.id]] if given.id else list(glossary().values())
    if given.json:
        entries = [entry(one) for one in chosen]
        print(json.dumps(entries[0] if given.id else entries, ensure_ascii=False, indent=1))
    elif given.id:
        print("\n".join(f"{name:12} {_words(value)}" for name, value in entry(chosen[0]).items() if value))
    else:
        width = max(len(one.id) for one in chosen)
        print("\n".join(f"{one.id:{width}}  {one.title} · {one.title_zh}" for one in chosen))


def entry(one: Entry) -> dict[str, Any]:
    """Give the whole definition of a metric as scripts read it."""
    return {
        "id": one.id,
        "title": one.title,
        "title_zh": one.title_zh,
        "also_called": list(one.also),
        "unit": str(one.unit),
        "better": str(one.better),
        "tells": one.tells,
        "formula": one.formula,
        "placed_by": one.placed_by,
        "inputs": sorted(one.inputs),
        "dimensions": list(one.dimensions),
        "parameters": {
            parameter.name: {
                "default": parameter.default,
                "options": list(parameter.options),
                "words": list(parameter.words),
                "least": None if parameter.options else parameter.least,
                "most": None if parameter.options else parameter.most,
                "meaning": parameter.meaning,
            }
            for parameter in one.parameters
        },
        "members": list(one.members),
        "traps": one.traps,
        "source": one.source,
        "family": one.family.title if one.family else None,
        "page": one.page,
    }


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} = {about['default']} ({about['meaning']})" for name, about in value.items())
    return ", ".join(value) if isinstance(value, list) else str(value)
