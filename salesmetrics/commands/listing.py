"""`records`: the rows behind a number."""

from __future__ import annotations

import argparse

import salesmetrics.ingest
from salesmetrics.commands.request import add_files, add_request, query_of
from salesmetrics.query import records

HELP = "list the rows behind a number"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_files(parser)
    add_request(parser)
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table", help="how to print")


def run(given: argparse.Namespace) -> None:
    """Read the files and print the rows."""
    data = salesmetrics.ingest.read(given.files, maps=given.maps).dataset
    rows = records(data, query_of(given, data))
    if given.format == "json":
        print(rows.to_json(orient="records", date_format="iso", force_ascii=False, indent=1))
    elif given.format == "csv":
        print(rows.to_csv(index=False), end="")
    else:
        print(rows.to_string(index=False, na_rep=""))
