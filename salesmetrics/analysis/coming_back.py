"""What share has come back after so many days, when some have not had as many yet (Kaplan and Meier 1958)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Comeback:
    """The share that is back by each of `days`, on which it rises; `at_risk` were seen so long and not back before.

    `customers` are those looked at, `back` those of them who came back, `longest` the most days anyone was seen.
    """

    days: tuple[int, ...]
    shares: tuple[float, ...]
    at_risk: tuple[int, ...]
    customers: int
    back: int
    longest: int

    @classmethod
    def of(cls, counts: Iterable[tuple[int, bool, int]]) -> Comeback | None:
        """Bring together `counts`: days, whether so many customers came back after them or were seen no longer.

        At a tie those who came back do so before the others are lost from sight. None without any customer.

        >>> Comeback.of([(10, True, 1), (20, False, 1), (30, True, 1), (40, False, 1)]).shares
        (0.25, 0.625)
        """
        came: dict[int, int] = {}
        seen: dict[int, int] = {}
        for day, back, count in counts:
            seen[day] = seen.get(day, 0) + count
            if back:
                came[day] = came.get(day, 0) + count
        customers = left = sum(seen.values())
        if not customers:
            return None
        waiting = 1.0
        shares, at_risk = [], []
        for day in sorted(seen):
            if day in came:
                waiting *= 1 - came[day] / left
                shares.append(1 - waiting)
                at_risk.append(left)
            left -= seen[day]
        return cls(tuple(sorted(came)), tuple(shares), tuple(at_risk), customers, sum(came.values()), max(seen))

    def share_after(self, days: int) -> float | None:
        """Give the share that is back within so many days; None where nobody was seen for as long.

        >>> came = Comeback.of([(10, True, 1), (20, False, 1), (30, True, 1), (40, False, 1)])
        >>> came.share_after(25), came.share_after(41)
        (0.25, None)
        """
        if days > self.longest:
            return None
        reached = [share for day, share in zip(self.days, self.shares, strict=True) if day <= days]
        return reached[-1] if reached else 0.0
