"""The commands of the command line, one file each; scripts depend on their names, options and JSON."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from salesmetrics.commands import alerting, catalogue, checking, computing, digesting, listing, sample
from salesmetrics.errors import SalesMetricsError, nearest

COMMANDS = {
    "check": checking,
    "metrics": catalogue,
    "compute": computing,
    "records": listing,
    "alerts": alerting,
    "digest": digesting,
    "sample": sample,
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line, with the nearest right command or option, and leave with 2."""
        raise _UsageError(message)


class _UsageError(SalesMetricsError):
    """The words of a call do not fit."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives 0 for an answer, 2 for an error said in one line on standard error."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _Parser(prog="python -m salesmetrics", description="Sales metrics from the files that a team has.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        module.arguments(commands.add_parser(name, help=module.HELP, description=module.HELP))
    try:
        if words and not words[0].startswith("-") and words[0] not in COMMANDS:
            raise _UsageError(
                f"There is no command “{words[0]}”."
                + (nearest(words[0], COMMANDS) or f" There are {', '.join(COMMANDS)}.")
            )
        given = parser.parse_args(words)
        COMMANDS[given.command].run(given)
        sys.stdout.flush()
    except SalesMetricsError as error:
        print(f"salesmetrics: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of a pipe has seen enough; Python must not complain when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
