"""Columns with a fixed choice, and the choices that a sheet makes by its name or by which columns it has."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from salesmetrics.i18n import _
from salesmetrics.ingest.derive.options import option_of
from salesmetrics.ingest.derive.step import Step, quote
from salesmetrics.ingest.fold import fold


def choice(table: str, column: str, words: Sequence[str]) -> Step:
    """Fold the `words` found in a column with a fixed choice to its options; other words become null."""
    told = [(word, option_of(f"{table}.{column}", word)) for word in words]
    known = [(word, option) for word, option in told if option]
    branches = " ".join(f"WHEN {quote(word)} THEN {quote(option)}" for word, option in known)
    expression = f"CASE {column} {branches} END" if known else "CAST(NULL AS VARCHAR)"
    changed = ", ".join(f"{word} = {option}" for word, option in known if word != option)
    said = _("{column}: {changed}.").format(column=column, changed=changed)
    return Step({column: expression}, (said,) if changed else ())


def kind_of_activity(words: Sequence[str]) -> Step:
    """Fold the words for calls, emails, meetings to one each; other kinds stay, in lower case."""
    known = [(word, option_of("activities.type", word)) for word in words]
    branches = " ".join(f"WHEN {quote(word)} THEN {quote(option)}" for word, option in known if option)
    return Step({"type": f"CASE type {branches} ELSE lower(type) END" if branches else "lower(type)"})


def quota_scope(columns: Collection[str]) -> Step:
    """Tell whose quota it is from what stands beside it: a rep, region, product or team, else the company."""
    if "scope" in columns and "scope_id" in columns:
        return Step()
    named = [column for column in ("rep", "team", "region", "product") if column in columns]
    if "scope" in columns:
        own = ", ".join(named) or "NULL"
        return Step({"scope_id": f"coalesce({own}, CASE WHEN scope = 'company' THEN 'company' END)"})
    if not named:
        if "scope_id" in columns:
            return Step({"scope": "'rep'"}, (_("The quotas are read as quotas of reps."),))
        return Step({"scope": "'company'", "scope_id": "'company'"}, (_("The quotas are for the whole company."),))
    branches = " ".join(f"WHEN {column} IS NOT NULL THEN '{column}'" for column in named)
    said = _("Each quota is for the {named} it names.").format(named=_(" or ").join(named))
    return Step(
        {"scope": f"CASE {branches} ELSE 'company' END", "scope_id": f"coalesce({', '.join(named)}, 'company')"},
        (said,),
    )


def spend_kind(columns: Collection[str], sheet_name: str) -> Step:
    """Tell sales spend by the sheet's name where no column tells; all else is marketing."""
    if "kind" in columns:
        return Step()
    name = fold(sheet_name)
    if any(word in name for word in ("salesexpense", "salesspend", "salescost", "销售费用", "差旅")):
        return Step({"kind": "'sales'"}, (_("The sheet's name says that this is sales spend."),))
    return Step({"kind": "'marketing'"}, (_("No column tells the kind of spend: it is read as marketing."),))


def feedback_kind(columns: Collection[str], sheet_name: str) -> Step:
    """Tell NPS from satisfaction scores by the header of the score or by the sheet's name."""
    added: dict[str, str] = {}
    if "score" not in columns:
        added["score"] = "nps_score" if "nps_score" in columns else "csat_score"
    if "kind" not in columns:
        nps = "nps_score" in columns or ("nps" in fold(sheet_name) and "csat_score" not in columns)
        added["kind"] = "'nps'" if nps else "'csat'"
        kind = _("NPS") if nps else _("satisfaction")
        return Step(added, (_("The scores are read as {kind} scores.").format(kind=kind),))
    return Step(added)
