"""`metrics`: the catalogue, whole or one entry."""

from __future__ import annotations

import argparse
import json
from typing import Any

from salesmetrics.errors import QueryError, nearest
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.query.resolve import dimensions_of

HELP = "list the metrics, or explain one"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", nargs="?", metavar="ID", help="one metric")
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(given: argparse.Namespace) -> None:
    """Print the catalogue."""
    if given.id is not None and given.id not in CATALOGUE:
        raise QueryError(
            f"There is no metric “{given.id}”."
            + (nearest(given.id, CATALOGUE) or " `python -m salesmetrics metrics` lists them.")
        )
    chosen = [CATALOGUE[given.id]] if given.id else list(CATALOGUE.values())
    if given.json:
        entries = [entry(metric) for metric in chosen]
        print(json.dumps(entries[0] if given.id else entries, ensure_ascii=False, indent=1))
    elif given.id:
        print("\n".join(f"{name:12} {_words(value)}" for name, value in entry(chosen[0]).items() if value))
    else:
        width = max(len(metric.id) for metric in chosen)
        print("\n".join(f"{metric.id:{width}}  {metric.title} · {metric.title_zh}" for metric in chosen))


def entry(metric: Metric) -> dict[str, Any]:
    """Give what the catalogue knows of a metric."""
    measures = metric.made_of(metric.settings({}))
    return {
        "id": metric.id,
        "title": metric.title,
        "title_zh": metric.title_zh,
        "unit": str(metric.unit),
        "better": str(metric.better),
        "tells": metric.tells,
        "formula": metric.formula_text,
        "placed_by": metric.placed_by,
        "inputs": sorted({name for measure in measures for name in measure.inputs}),
        "dimensions": list(dimensions_of(metric, measures)),
        "parameters": {
            parameter.name: {
                "default": parameter.default,
                "options": list(parameter.options),
                "meaning": parameter.meaning,
            }
            for parameter in metric.parameters
        },
        "members": list(metric.members),
        "traps": metric.traps,
        "source": metric.source,
    }


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} = {about['default']} ({about['meaning']})" for name, about in value.items())
    return ", ".join(value) if isinstance(value, list) else str(value)
