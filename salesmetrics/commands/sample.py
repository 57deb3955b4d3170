"""`sample`: write the sample company to a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

import sample_data
from salesmetrics.errors import FileError

HELP = "write the sample company's files to a folder"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("directory", metavar="DIR", help="where to write; made if it is not there")


def run(given: argparse.Namespace) -> None:
    """Write the files and name them."""
    try:
        written = sample_data.copy_to(Path(given.directory))
    except OSError as error:
        raise FileError(
            f"{given.directory}: cannot be written to ({error.strerror}); name another folder."
        ) from error
    print("\n".join(str(path) for path in written))
