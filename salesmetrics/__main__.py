"""The command line: `python -m salesmetrics COMMAND ...`."""

from salesmetrics.commands import main

if __name__ == "__main__":
    raise SystemExit(main())
