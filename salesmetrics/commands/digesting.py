"""`digest`: what changed in the last whole week or month, why, what is at risk and what to do, as a file to send."""

from __future__ import annotations

import argparse
from pathlib import Path

import salesmetrics.ingest
from salesmetrics.commands.digest_page import html, markdown
from salesmetrics.commands.request import add_files, add_settings, settings_of
from salesmetrics.errors import FileError, QueryError
from salesmetrics.i18n import _
from salesmetrics.model.calendar import Grain
from salesmetrics.query.digest import digest
from salesmetrics.query.request import MetricQuery

HELP = "write what changed in the last whole week or month, why, and what to do next"

_WRITERS = {".html": html, ".htm": html, ".md": markdown}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_files(parser)
    add_settings(parser)
    parser.add_argument("--rep", metavar="NAME", help="for one rep; for the whole team without it")
    parser.add_argument("--period", choices=("week", "month"), default="week", help="the last whole one is told")
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="OUT", help="where to write: .html or .md"
    )


def run(given: argparse.Namespace) -> None:
    """Read the files and write the digest."""
    # The words' home imports the drawing library, which takes a second that other commands need not spend.
    from salesmetrics.charts.digest_words import document
    from salesmetrics.charts.money import use_currency

    writer = _WRITERS.get(given.output.suffix.lower())
    if writer is None:
        raise QueryError(_("A digest is written as .html or .md, not as “{name}”.").format(name=given.output.name))
    settings = settings_of(given)
    data = salesmetrics.ingest.read(given.files, maps=given.maps).dataset
    query = MetricQuery((), params=settings.params, conventions=settings.conventions)
    found = digest(data, query, Grain(given.period), given.rep)
    use_currency(settings.currency)
    try:
        given.output.write_text(writer(document(found)), encoding="utf-8")
    except OSError as error:
        raise FileError(
            _("The digest cannot be written to “{path}”: {problem}.").format(
                path=given.output, problem=error.strerror or error
            )
        ) from None
    print(given.output)
