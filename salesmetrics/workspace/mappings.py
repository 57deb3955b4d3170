"""Mappings that a person confirmed, remembered for the headers they were confirmed for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from salesmetrics.ingest.fold import fold


def header_key(header: Sequence[str]) -> str:
    """Name a set of headers, whatever their order, case, spaces and punctuation.

    >>> header_key(["Order Date", "Amount"]) == header_key(["amount", "order_date"])
    True
    >>> header_key(["Order Date", "Amount"]) == header_key(["Order Date", "Net"])
    False
    """
    # A header of signs alone, such as "#", folds to nothing: it counts as it stands.
    folded = sorted(fold(one) or one.strip() for one in header)
    return hashlib.sha256(json.dumps(folded).encode()).hexdigest()
