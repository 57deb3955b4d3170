"""Why a number changed, in plain words: every figure is computed, and no cause is claimed that was not measured."""

from __future__ import annotations

from dataclasses import dataclass

from salesmetrics.analysis.decomposition import Step
from salesmetrics.analysis.segment_changes import Apart, Part
from salesmetrics.charts.values import change, compact
from salesmetrics.charts.why_names import amount, by, days, in_sentence, step_title, step_unit, title_of
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics.metric import Better
from salesmetrics.query.why import Branching, Focus, Why

FEW = 20
"""A ratio of fewer cases than this may be chance, which is said."""

_NEARLY_ALL, _MORE_THAN_ALL, _MOST = 0.9, 1.1, 0.5


@dataclass(frozen=True)
class Standing:
    """A part whose ratio pulls that of all down (or up, where less is better), with the cut that it belongs to."""

    dimension: str
    part: Apart


def sentences(found: Why) -> list[str]:
    """Say how the number moved, where that stands out, and which factor moved there; in this order."""
    said = [_moved(found)]
    if found.focus is not None and found.change:
        said.append(_where(found, found.focus))
        if found.ratio:
            said.append(_own_ratio(found, found.focus))
        said += _factors(found)
    elif found.trees and found.change:
        said += [_factor(found, max(found.trees, key=_size_along), there=False)]
    return [one for one in said if one]


def _up_down(difference: float, up: str, down: str) -> str:
    return up if difference > 0 else down


def _growth(difference: float, before: float) -> str:
    return change(difference, difference / before, "money") if before > 0 else ""


def _moved(found: Why) -> str:
    named = {
        "measure": title_of(found.metric), "before": amount(found, found.before.value),
        "after": amount(found, found.after.value), "then": days(found.base), "now": days(found.period),
    }  # fmt: skip
    if not found.change:
        return _("{measure} was {after} in {now}, as in {then}.").format(**named)
    size = by(found, found.change).lstrip("+−±")
    growth = "" if found.ratio else _growth(found.change, found.before.value)
    named["size"] = f"{growth.lstrip('+−±')} ({by(found, found.change)})" if growth else size
    return _up_down(
        found.change,
        _("{measure} rose by {size}, from {before} in {then} to {after} in {now}."),
        _("{measure} fell by {size}, from {before} in {then} to {after} in {now}."),
    ).format(**named)


def _size(found: Why, part: Part) -> str:
    """Write what a part added, and of a sum its own growth beside it."""
    growth = "" if found.ratio else _growth(part.by, part.before)
    return f"{by(found, part.by)}, {growth}" if growth else by(found, part.by)


def _where(found: Why, focus: Focus) -> str:
    part, share = focus.part, focus.part.by / found.change
    rest = found.change - part.by
    named = {
        "part": in_sentence(focus.dimension, part.name), "size": _size(found, part), "rest": by(found, rest),
    }  # fmt: skip
    named["Part"] = named["part"][:1].upper() + named["part"][1:]
    if share < 0:
        return _("{Part} went the other way ({size}), while all others together added {rest}.").format(**named)
    if share > _MORE_THAN_ALL:
        return _("{Part} alone did more than all of that ({size}); all others together added {rest}.").format(
            **named
        )
    if share >= _NEARLY_ALL:
        return _("Nearly all of it is in {part} ({size}).").format(**named)
    if share >= _MOST:
        return _("Most of it is in {part} ({size}).").format(**named)
    return _("It stands out most in {part} ({size}).").format(**named)


def _own_ratio(found: Why, focus: Focus) -> str:
    part = focus.part
    if part.before != part.before or part.after != part.after:
        return ""
    said = _up_down(
        part.after - part.before,
        _("There it rose from {before} to {after}."),
        _("There it fell from {before} to {after}."),
    ).format(before=amount(found, part.before), after=amount(found, part.after))
    counted = min(part.size * found.before.bottom, part.size * found.after.bottom)
    if found.metric.unit == "percent" and 0 < counted < FEW:
        n = round(counted)
        few = ngettext(
            "That rests on about {n} case and may be chance.",
            "That rests on about {n} cases and may be chance.",
            n,
        )
        said += " " + few.format(n=n)
    return said


def _factors(found: Why) -> list[str]:
    """Name the factor that moved most in the part, as each tree tells it; the tree that tells most first."""
    return [_factor(found, tree, there=not place) for place, tree in enumerate(telling(found))]


def telling(found: Why) -> list[Branching]:
    """Give the trees of the part that stands out, the one whose largest factor brought most of its change first."""
    inside = found.focus.inside if found.focus else ()
    return sorted((tree for tree in inside if tree.found.largest is not None), key=lambda tree: -_size_along(tree))


def _size_along(tree: Branching) -> float:
    largest = tree.found.largest
    return 0.0 if largest is None else largest.by * (1 if tree.found.change > 0 else -1)


def _factor(found: Why, tree: Branching, *, there: bool) -> str:
    step = tree.found.largest
    if step is None:
        return ""
    name = step_title(tree.tree, step.name)
    title = _(tree.tree.title)
    named = {
        "name": name[:1].lower() + name[1:], "size": by(found, step.by), "moved": _from_to(tree, step),
        "tree": title[:1].lower() + title[1:],
    }  # fmt: skip
    if there:
        return _("What moved most there, by {tree}: {name} {moved} ({size}).").format(**named)
    return _("By {tree} it is {name}, which {moved} ({size}).").format(**named)


def _from_to(tree: Branching, step: Step) -> str:
    unit = step_unit(tree.tree, step.name)
    before, after = compact(step.before, unit), compact(step.after, unit)
    if step.before != step.before or step.after != step.after:
        return _("went from {before} to {after}").format(before=before, after=after)
    return _up_down(
        step.after - step.before, _("rose from {before} to {after}"), _("fell from {before} to {after}")
    ).format(before=before, after=after)


def standings(found: Why, most: int = 3) -> list[Standing]:
    """Give the parts that keep a share of cases from being better, of each cut the strongest, the strongest first.

    Only for shares of which one counts cases: a price that differs between products says nothing.
    """
    sign = {Better.HIGHER: -1, Better.LOWER: 1}.get(found.metric.better)
    if sign is None:
        return []
    strongest = []
    for cut in found.cuts:
        worse = [one for one in cut.apart if one.pull * sign > 0]
        if worse:
            strongest.append(Standing(cut.dimension, worse[0]))
    strongest.sort(key=lambda one: -abs(one.part.pull))
    return strongest[:most]


def standing_sentence(found: Why, standing: Standing) -> str:
    """Say how far a part differs from all others now, and what the number of all would be without it."""
    name = in_sentence(standing.dimension, standing.part.name)
    return _(
        "{Part}: {ratio} ({top} of {bottom}), all others {others}. Without it the whole would be {others}, not {whole}."
    ).format(
        Part=name[:1].upper() + name[1:], ratio=amount(found, standing.part.ratio),
        top=compact(standing.part.top, "count"), bottom=compact(standing.part.bottom, "count"),
        others=amount(found, standing.part.others), whole=amount(found, found.after.value),
    )  # fmt: skip
