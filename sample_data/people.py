"""The sales team: who works where and since when, how much a rep manages at a tenure, who looks after whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sample_data.chance import Dice
from sample_data.seasons import WARM_UP, months_between

REGIONS = ("East", "West", "North", "South", "Central")
REGION_SHARE = (0.24, 0.22, 0.18, 0.20, 0.16)
"""Each region's part of the leads and of the customers there were at the start."""

RAMP = ((3, 0.22), (6, 0.48), (12, 0.78), (24, 1.0), (60, 1.25), (10_000, 1.5))
"""Below so many months of tenure, a rep manages this much of what a second-year rep does."""

_STARTED_WITH = (8, 7, 6, 7, 6)
_LEFT = (5, 4, 3, 4, 3)
_HIRED = (6, 6, 5, 5, 4)
_NAMES = (
    "Ada Brandt", "Ben Okafor", "Carla Ruiz", "Dmitri Volkov", "Elif Demir", "Farid Haddad", "Grace Kim",
    "Hugo Martens", "Ines Costa", "Jonas Weber", "Kavya Rao", "Liam Byrne", "Maya Cohen", "Nils Larsen",
    "Olga Petrova", "Pablo Soto", "Quinn Harper", "Rosa Conti", "Samir Aziz", "Tara Walsh", "Uma Nair",
    "Viktor Novak", "Wen Li", "Ximena Vega", "Yusuf Kaya", "Zoë Laurent", "Anton Fischer", "Bianca Moretti",
    "Chen Wei", "Dana Levy", "Emil Sørensen", "Fatima Zahra", "George Papas", "Hana Sato", "Ivan Horvat",
    "Julia Schmidt", "Karim Nasser", "Lena Vogel", "Marco Bianchi", "Nadia Rahman", "Oscar Lind",
    "Priya Shah", "Rafael Lima", "Sofia Rossi", "Tomás Silva", "Ursula Meyer", "Vera Popov", "Walter Braun",
    "Xavier Dupont", "Yara Hassan", "Zane Cooper", "Alice Morgan", "Bruno Keller", "Clara Jensen",
    "David Mensah", "Eva Lindqvist", "Felix Wagner", "Gina Park", "Henry Adeyemi", "Iris Tan",
)  # fmt: skip
_MANAGERS = (
    "Judith Stone", "Kofi Mensah", "Laura Pinto", "Martin Hale", "Noor Khan",
    "Owen Price", "Paula Reyes", "Robert Lang", "Sara Holm", "Tim Becker",
)  # fmt: skip


@dataclass(frozen=True)
class Rep:
    """One rep; `talent` is what this rep manages against another of the same tenure."""

    rep_id: str
    name: str
    region: str
    team: str
    manager: str
    hired: date
    left: date | None
    salary: int
    capacity: int
    talent: float

    def works(self, day: date) -> bool:
        """Tell whether the rep is employed on `day`."""
        return self.hired <= day and (self.left is None or day <= self.left)

    def strength(self, day: date) -> float:
        """Give how much the rep manages on `day` against a second-year rep; 0 when not employed."""
        return ramp(self.hired, day) * self.talent if self.works(day) else 0.0


def ramp(hired: date, day: date) -> float:
    """Give how much of a second-year rep's work somebody hired on `hired` manages on `day`.

    >>> ramp(date(2024, 1, 1), date(2024, 2, 1)) < ramp(date(2022, 1, 1), date(2024, 2, 1))
    True
    """
    tenure = months_between(hired, day)
    return next(strength for below, strength in RAMP if tenure < below)


def hire(dice: Dice) -> list[Rep]:
    """Make the sixty reps of three years, in the order in which they were hired."""
    spans = [
        (hired, left, region)
        for region, started, leavers, hires in zip(REGIONS, _STARTED_WITH, _LEFT, _HIRED, strict=True)
        for hired, left in _region_spans(started, leavers, hires, dice)
    ]
    spans.sort(key=lambda span: (span[0], span[2]))
    return [_rep(number, hired, left, region, dice) for number, (hired, left, region) in enumerate(spans)]


def _region_spans(started: int, leavers: int, hires: int, dice: Dice) -> list[tuple[date, date | None]]:
    years = [dice.pick((0.5, 1.5, 3.5, 7.0), (1, 2, 4, 3)) * dice.between(0.6, 1.4) for _ in range(started)]
    roster = [WARM_UP - timedelta(days=int(365 * past)) for past in years]
    roster += [date(2023, 1, 9) + timedelta(days=dice.whole(0, 980)) for _ in range(hires - leavers)]
    left: dict[int, date] = {}
    for day in sorted(date(2023, 3, 1) + timedelta(days=dice.whole(0, 900)) for _ in range(leavers)):
        settled = [i for i, hired in enumerate(roster) if i not in left and (day - hired).days > 200]
        left[dice.pick(settled)] = day
        roster.append(day + timedelta(days=dice.whole(15, 60)))
    return [(hired, left.get(i)) for i, hired in enumerate(roster)]


def _rep(number: int, hired: date, left: date | None, region: str, dice: Dice) -> Rep:
    inside = dice.happens(0.4)
    return Rep(
        rep_id=f"R{number + 1:02d}",
        name=_NAMES[number],
        region=region,
        team=f"{region} {'Inside' if inside else 'Field'}",
        manager=_MANAGERS[2 * REGIONS.index(region) + inside],
        hired=hired,
        left=left,
        salary=500 * round(dice.about(52_000 if inside else 61_000, 0.10) / 500),
        capacity=5 * round(dice.between(25, 50) / 5),
        talent=dice.about(1.0, 0.10),
    )


class Team:
    """The reps, and who of them looks after what on a day."""

    def __init__(self, reps: list[Rep], dice: Dice) -> None:
        self.reps = reps
        self._dice = dice
        self._affinity: dict[tuple[int, str], float] = {}

    def working(self, region: str, day: date) -> list[Rep]:
        """List the reps employed in `region` on `day`."""
        return [rep for rep in self.reps if rep.region == region and rep.works(day)]

    def assign(self, region: str, day: date) -> Rep:
        """Choose a rep for new work in `region`: the stronger, the more often."""
        reps = self.working(region, day)
        return self._dice.pick(reps, [rep.strength(day) for rep in reps])

    def hand_over(self, rep: Rep, day: date) -> Rep:
        """Give `rep` while employed on `day`, afterwards a colleague of the region."""
        return rep if rep.works(day) else self.assign(rep.region, day)

    def owner(self, customer: int, region: str, day: date) -> Rep:
        """Give the rep who looks after an account on `day`.

        Rendezvous hashing by strength: accounts stay with a rep while they can, and each rep's part of them
        follows what the rep manages at that tenure.
        """

        def pull(rep: Rep) -> float:
            key = (customer, rep.rep_id)
            if key not in self._affinity:
                self._affinity[key] = self._dice.share()
            return float(self._affinity[key] ** (1 / rep.strength(day)))

        return max(self.working(region, day), key=pull)
