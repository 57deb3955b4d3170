"""Reviews: when people meet over their numbers, what they decide there, and whether it takes place and gets done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from salesmetrics.errors import QueryError
from salesmetrics.i18n import _
from salesmetrics.model.calendar import add_months

GRACE = 3
"""Days after its day within which a review is still on time."""

MONTHLY, QUARTERLY = "monthly", "quarterly"
EVERY: Mapping[str, int] = {MONTHLY: 1, QUARTERLY: 3}
"""How many months lie between two reviews."""

CHECKLIST = (
    "competitor_research", "market_research", "promotion_paths", "order_automation", "sharing_sessions",
    "online_reviews", "engagement_tools",
)  # fmt: skip
"""What no number measures and a review should still ask about."""


@dataclass(frozen=True)
class Action:
    """What somebody is to do, by when, and whether it is done."""

    what: str
    owner: str = ""
    due: date | None = None
    done: bool = False

    def overdue(self, as_of: date) -> bool:
        """Tell whether it should have been done before the end of a day."""
        return not self.done and self.due is not None and self.due < as_of


@dataclass(frozen=True)
class Review:
    """A review: planned for a day, held on one (None: not yet), what was noted and decided, and its actions.

    `open` and `done` count actions that a file tells of without saying what they are.
    """

    scheduled_on: date
    held_on: date | None = None
    period: str = ""
    notes: str = ""
    decisions: str = ""
    actions: tuple[Action, ...] = ()
    open: int = 0
    done: int = 0

    @property
    def all_open(self) -> int:
        """How many of its actions are open."""
        return self.open + sum(not one.done for one in self.actions)

    @property
    def all_done(self) -> int:
        """How many of its actions are done."""
        return self.done + sum(one.done for one in self.actions)

    def to_json(self) -> dict[str, Any]:
        """Write it as plain JSON."""
        return {
            **vars(self),
            "scheduled_on": self.scheduled_on.isoformat(),
            "held_on": self.held_on.isoformat() if self.held_on else None,
            "actions": [{**vars(one), "due": one.due.isoformat() if one.due else None} for one in self.actions],
        }

    @staticmethod
    def from_json(body: Mapping[str, Any]) -> Review:
        """Read what `to_json` wrote; raises QueryError where it is something else."""
        try:
            return Review(
                date.fromisoformat(body["scheduled_on"]),
                _day(body["held_on"]),
                str(body["period"]),
                str(body["notes"]),
                str(body["decisions"]),
                tuple(
                    Action(str(one["what"]), str(one["owner"]), _day(one["due"]), bool(one["done"]))
                    for one in body["actions"]
                ),
                int(body["open"]),
                int(body["done"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise QueryError(_unreadable()) from error


@dataclass(frozen=True)
class Tick:
    """What people say to one question of the checklist."""

    done: bool = False
    note: str = ""


@dataclass(frozen=True)
class ReviewBook:
    """All that is kept of reviews: how often, those planned and held, and the checklist by question."""

    every: str = MONTHLY
    reviews: tuple[Review, ...] = ()
    checklist: Mapping[str, Tick] = field(default_factory=dict)

    def find(self, scheduled_on: date) -> Review | None:
        """Give the review planned for a day; None where there is none."""
        return next((one for one in self.reviews if one.scheduled_on == scheduled_on), None)

    def beside(self, files: Sequence[Review]) -> tuple[Review, ...]:
        """Give all reviews by their day: those kept here, and those of files that none kept here stands for."""
        every = {one.scheduled_on: one for one in (*files, *self.reviews)}
        return tuple(every[day] for day in sorted(every))

    def put(self, new: Review) -> ReviewBook:
        """Keep a review, in the place of the one planned for its day."""
        others = [one for one in self.reviews if one.scheduled_on != new.scheduled_on]
        return replace(self, reviews=tuple(sorted([*others, new], key=lambda one: one.scheduled_on)))

    def to_json(self) -> dict[str, Any]:
        """Write it as plain JSON."""
        return {
            "form": 1,
            "every": self.every,
            "reviews": [one.to_json() for one in self.reviews],
            "checklist": {name: dict(vars(one)) for name, one in self.checklist.items()},
        }

    @staticmethod
    def from_json(body: Mapping[str, Any]) -> ReviewBook:
        """Read what `to_json` wrote; raises QueryError where it is something else."""
        try:
            every = str(body.get("every", MONTHLY))
            return ReviewBook(
                every if every in EVERY else MONTHLY,
                tuple(Review.from_json(one) for one in body.get("reviews", ())),
                {
                    str(name): Tick(bool(one["done"]), str(one["note"]))
                    for name, one in body.get("checklist", {}).items()
                },
            )
        except (AttributeError, KeyError, TypeError) as error:
            raise QueryError(_unreadable()) from error


def _unreadable() -> str:
    return _("The stored reviews cannot be read; set them anew.")


def _day(text: Any) -> date | None:
    return None if text is None else date.fromisoformat(text)


@dataclass(frozen=True)
class Rate:
    """How many of how many; `share` is None where there is nothing to count."""

    numerator: int
    denominator: int

    @property
    def share(self) -> float | None:
        """The part, 0 to 1."""
        return self.numerator / self.denominator if self.denominator else None


def due(review: Review, as_of: date) -> bool:
    """Tell whether a review and its days of grace are over at the end of a day."""
    return review.scheduled_on <= as_of - timedelta(days=GRACE)


def on_time(review: Review) -> bool:
    """Tell whether a review was held on its day, before it, or at most 3 days after it."""
    return review.held_on is not None and review.held_on <= review.scheduled_on + timedelta(days=GRACE)


def review_on_time_rate(reviews: Sequence[Review], as_of: date) -> Rate:
    """Count the reviews held at most 3 days after their day among those that were due by `as_of`.

    Source: METRICS.md, section 11.

    >>> days = [date(2025, month, 28) for month in (1, 2, 3, 4)]
    >>> held = [date(2025, 1, 28), date(2025, 3, 3), None, date(2025, 4, 20)]
    >>> review_on_time_rate([Review(*pair) for pair in zip(days, held)], date(2025, 5, 1)).share
    0.75
    """
    due_by_then = [one for one in reviews if due(one, as_of)]
    return Rate(sum(map(on_time, due_by_then)), len(due_by_then))


def action_close_rate(reviews: Sequence[Review]) -> Rate:
    """Count the actions done among all that are open or done. Source: METRICS.md, section 11.

    >>> action_close_rate([Review(date(2025, 1, 28), open=2, done=6)]).share
    0.75
    """
    done = sum(one.all_done for one in reviews)
    return Rate(done, done + sum(one.all_open for one in reviews))


def next_review(reviews: Sequence[Review], as_of: date, every: str) -> Review:
    """Give the review to prepare: the latest one planned and not held, else one a month or quarter after the last.

    Where there was none before, it is planned for a week after `as_of`.
    """
    waiting = [one for one in reviews if one.held_on is None]
    if waiting:
        ahead = [one for one in waiting if one.scheduled_on >= as_of]
        return min(ahead, key=lambda one: one.scheduled_on) if ahead else waiting[-1]
    if not reviews:
        return Review(as_of + timedelta(days=7))
    last = max(one.scheduled_on for one in reviews)
    return Review(add_months(last, EVERY[every]))


def overdue_actions(reviews: Sequence[Review], as_of: date) -> tuple[Action, ...]:
    """Give the actions that should have been done before `as_of`, the longest overdue first."""
    late = [one for review in reviews for one in review.actions if one.overdue(as_of)]
    return tuple(sorted(late, key=lambda one: one.due or as_of))
