"""What ends an attempt to read a file in the plain lane."""

from __future__ import annotations


class NotPlainError(Exception):
    """Something in a file is not written plainly: it is to be read in the usual way."""
