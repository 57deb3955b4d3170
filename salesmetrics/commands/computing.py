"""`compute`: numbers, as a table for people, JSON or CSV for programs."""

from __future__ import annotations

import argparse
import json
import math
from typing import Any

import pandas as pd

import salesmetrics.ingest
from salesmetrics.commands.request import add_files, add_request, metrics_of, query_of, settings_of
from salesmetrics.metrics import CATALOGUE, Unit
from salesmetrics.metrics.models import MODELS
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import Result, compute

HELP = "compute metrics"
_PARTS = ("value", "reason", "n", "numerator", "denominator")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_files(parser)
    add_request(parser)
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table", help="how to print")


def run(given: argparse.Namespace) -> None:
    """Read the files, compute and print."""
    data = salesmetrics.ingest.read(given.files, maps=given.maps).dataset
    results = _answers(given, data)
    frame = pd.concat([_flat(result.frame) for result in results], ignore_index=True)
    if given.format == "json":
        told = [as_json(result) for result in results]
        rows = [row for one in told for row in one["results"]]
        print(json.dumps({**told[0], "results": rows}, ensure_ascii=False, indent=1))
    elif given.format == "csv":
        print(frame.to_csv(index=False), end="")
    else:
        print(_with_currency(frame, settings_of(given).currency).to_string(index=False, na_rep=""))


def _answers(given: argparse.Namespace, data: Dataset) -> list[Result]:
    """Give what metrics answer, in one request, and then each model by itself."""
    asked = metrics_of(given)
    if not any(name in MODELS for name in asked):
        return [compute(data, query_of(given, data))]
    # Models bring packages that take a moment to import.
    from salesmetrics.query.model_answers import MODEL_ANSWERS, model_answer

    models = [name for name in asked if name in MODEL_ANSWERS]
    metrics = tuple(name for name in asked if name not in models)
    found = [compute(data, query_of(given, data, metrics))] if metrics else []
    return found + [
        model_answer(data, name, query_of(given, data, (MODEL_ANSWERS[name].metric,))) for name in models
    ]


def as_json(result: Result) -> dict[str, Any]:
    """Give a result as the one JSON object that scripts depend on."""
    query = result.query
    rows = []
    for row in result.frame.to_dict("records"):
        rows.append(
            {
                "metric": row["metric"],
                "period_start": row["period_start"].date().isoformat(),
                "period_end": row["period_end"].date().isoformat(),
                **{name: _plain(row[name]) for name in result.dimensions},
                **{name: _plain(row[name]) for name in _PARTS},
                "warnings": list(row["warnings"]),
                "details": row["details"],
                "compare": {
                    str(compare): {
                        **{name: _plain(row[f"{compare}_{name}"]) for name in (*_PARTS, "change", "growth")},
                        "period_start": row[f"{compare}_start"].date().isoformat(),
                        "period_end": row[f"{compare}_end"].date().isoformat(),
                    }
                    for compare in query.compare
                },
            }
        )
    return {
        "as_of": result.as_of.isoformat(),
        "period": {"start": result.period.start.isoformat(), "end": result.period.end.isoformat()},
        "filters": {item.dimension: list(item.values) for item in query.where},
        "results": rows,
    }


def _plain(value: Any) -> Any:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if hasattr(value, "item") else value


def _with_currency(shown: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Put the currency, where one is set, beside the values that are money."""
    if not currency:
        return shown
    money = [currency if _unit(metric) is Unit.MONEY else "" for metric in shown["metric"]]
    marked = shown.copy()
    marked.insert(list(shown.columns).index("value") + 1, "currency", money)
    return marked


def _unit(metric: str) -> Unit:
    return CATALOGUE[metric].unit if metric in CATALOGUE else MODELS[metric].unit


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Make a frame of plain cells; a count that is whole prints without a fraction."""
    shown = frame.copy()
    for name in shown.columns:
        if pd.api.types.is_datetime64_any_dtype(shown[name]):
            shown[name] = shown[name].dt.strftime("%Y-%m-%d")
    shown["warnings"] = shown["warnings"].map(" ".join)
    shown["details"] = shown["details"].map(
        lambda details: " ".join(
            f"{name}={value if isinstance(value, str) else format(value, 'g')}"
            for name, value in details.items()
            if value is not None
        )
    )
    return shown
