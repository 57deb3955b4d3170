"""What a deal's export says in its stage, its flags and its several dates: status, close date, probability."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from salesmetrics.i18n import _
from salesmetrics.ingest.derive.options import deal_status, option_of
from salesmetrics.ingest.derive.step import Step, quote


def status_of_deal(columns: Collection[str], statuses: Sequence[str], stages: Sequence[str]) -> Step:
    """Tell open, won and lost from the status column, else from won and closed flags, else from the stage.

    `statuses` and `stages` are the distinct values of those columns. A status that is none of the known words is
    null (the row is set aside); a stage that is neither won nor lost is open, and the report shows which is which.
    """
    if "status" in columns:
        return Step(
            {"status": _cases("status", [(word, option_of("opportunities.status", word)) for word in statuses])},
            (_told(_("Status"), [(word, option_of("opportunities.status", word)) for word in statuses]),),
        )
    if "is_won" in columns:
        closed = "coalesce(is_closed, false)" if "is_closed" in columns else "false"
        lost = f"WHEN {closed} THEN 'lost'" if "is_closed" in columns else ""
        said = _("A deal is won where the file says so, lost where it is closed and not won, else open.")
        if "stage" in columns:
            by_stage = _cases("stage", [(word, deal_status(word)) for word in stages])
            expression = f"CASE WHEN is_won THEN 'won' {lost} WHEN is_won IS NULL THEN {by_stage} ELSE 'open' END"
            if "is_closed" not in columns:
                expression = f"CASE WHEN is_won THEN 'won' ELSE {by_stage} END"
            return Step({"status": expression}, (said,))
        return Step({"status": f"CASE WHEN is_won THEN 'won' {lost} ELSE 'open' END"}, (said,))
    if "stage" in columns:
        told = [(word, deal_status(word)) for word in stages]
        return Step({"status": f"coalesce({_cases('stage', told)}, 'open')"}, (_told(_("Stage"), told),))
    lost_when = "WHEN lost_date IS NOT NULL THEN 'lost'" if "lost_date" in columns else ""
    said = _("A deal is won or lost when it has a date for it, else open.")
    return Step({"status": f"CASE WHEN won_date IS NOT NULL THEN 'won' {lost_when} ELSE 'open' END"}, (said,))


def close_of_deal(columns: Collection[str]) -> Step:
    """Tell one close date from several: when it was won, lost or closed; when it is hoped to close while open."""
    actual = [c for c in ("closed_date", "won_date", "lost_date") if c in columns]
    expected = [c for c in ("expected_close_date",) if c in columns]
    if not actual and not expected:
        return Step()
    own = ["close_date"] if "close_date" in columns else []
    if actual:
        won = [c for c in ("won_date", "closed_date") if c in columns]
        lost = [c for c in ("lost_date", "closed_date") if c in columns]
        expression = (
            f"CASE status WHEN 'won' THEN coalesce(NULL, {', '.join(won + own or ['NULL'])}) "
            f"WHEN 'lost' THEN coalesce(NULL, {', '.join(lost + own or ['NULL'])}) "
            f"ELSE coalesce(NULL, {', '.join(expected + own or ['NULL'])}) END"
        )
    else:
        expression = (
            f"CASE WHEN status = 'open' THEN coalesce({', '.join(expected + own)}) ELSE {(own or ['NULL'])[0]} END"
        )
    names = ", ".join(actual + expected + own)
    return Step(
        {"close_date": expression}, (_("Close date is taken from {names}, by status.").format(names=names),)
    )


def _cases(column: str, words: Sequence[tuple[str, str | None]]) -> str:
    known = [(word, option) for word, option in words if option]
    if not known:
        return "CAST(NULL AS VARCHAR)"
    branches = " ".join(f"WHEN {quote(word)} THEN {quote(option)}" for word, option in known)
    return f"CASE {column} {branches} END"


def _told(what: str, words: Sequence[tuple[str, str | None]]) -> str:
    told = ", ".join(f"{word} = {option}" for word, option in words[:20] if option)
    return _("{what} tells won, lost and open: {told}.").format(what=what, told=told)
