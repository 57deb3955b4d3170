"""What was worked out and is kept for the next who asks: bounded, and let go at once when its data goes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Values by data version and a key; beyond `max_entries` those that nobody asked for longest go first."""

    def __init__(self, max_entries: int) -> None:
        self._most = max_entries
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, Hashable], Value] = OrderedDict()
        self._forgotten = 0

    def get(self, version: str, key: Hashable, make: Callable[[], Value]) -> Value:
        """Give the value kept under `version` and `key`, else what `make` gives, and keep that.

        What takes long is made outside the lock: two who ask at once may both make it.
        """
        place = (version, key)
        with self._lock:
            if place in self._kept:
                self._kept.move_to_end(place)
                return self._kept[place]
            forgotten = self._forgotten
        value = make()
        with self._lock:
            # Data that went while it was asked must not come back.
            if forgotten == self._forgotten:
                self._kept[place] = value
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return value

    def forget(self, version: str) -> None:
        """Let go of all that is kept of a data version."""
        with self._lock:
            self._forgotten += 1
            for place in [place for place in self._kept if place[0] == version]:
                del self._kept[place]

    def __len__(self) -> int:
        with self._lock:
            return len(self._kept)
