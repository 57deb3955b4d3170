"""Names that are nearly those of a list, or of another file: read as one where that is plain, else asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import duckdb

from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.derive.step import folded
from salesmetrics.ingest.keep import kept_by_sheet
from salesmetrics.ingest.relation import Findings, Relation, select
from salesmetrics.model.finding import Finding, Severity
from salesmetrics.model.report import Question

APART = "apart"
"""The answer that a name is one of its own."""

_MOST_ASKED = 5
_MOST_TOLD = 20
_MOST_NAMES, _MOST_KEYS = 200, 5_000
_SHORTEST = 6
_OFFERED = 3


def told(
    findings: Findings, sheets: Collection[int], table: str, column: str, found: Sequence[tuple[str, str, int]]
) -> None:
    """Say which names (written, read as, rows) were read as others: names that only differ in case, spaces and signs."""
    for written, read, rows in found[:_MOST_TOLD]:
        message = ngettext(
            "`{written}` is read as `{read}` ({n} row).", "`{written}` is read as `{read}` ({n} rows).", rows
        )
        findings.say(sheets, [message.format(written=written, read=read, n=rows)])
    if found:
        rows = sum(each[2] for each in found)
        message = ngettext(
            "{n} row names a {column} in another spelling than the rest of your files; it counts as one: {samples}.",
            "{n} rows name a {column} in another spelling than the rest of your files; they count as one: {samples}.",
            rows,
        )
        samples = tuple(f"{written} → {read}" for written, read, _rows in found[:_OFFERED])
        sentence = message.format(n=f"{rows:,}", column=column, samples=", ".join(samples))
        findings.find(
            sheets,
            Finding(
                "near_keys", Severity.INFORMATION, sentence, rows, samples=samples, table=table, column=column
            ),
        )


def ask_near(
    connection: duckdb.DuckDBPyConnection,
    mapped: Relation,
    known: Relation,
    table: str,
    column: str,
    key: str,
    findings: Findings,
) -> None:
    """Ask for the names (`written`) of `mapped` without a partner (`unmet`) that several keys, or nearly one, could be."""
    names = (
        f"SELECT written, count(*) AS n, {folded('written')} AS f FROM {mapped.name} WHERE unmet "
        "AND regexp_matches(written, '\\p{L}') GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + str(_MOST_NAMES)
    )
    keys = f"SELECT DISTINCT {key} AS k, {folded(key)} AS f FROM {known.name} WHERE {key} IS NOT NULL LIMIT {_MOST_KEYS}"
    digits = "regexp_replace({0}.f, '[^0-9]', '', 'g')"
    near = (
        f"least(length(u.f), length(k.f)) >= {_SHORTEST} AND abs(length(u.f) - length(k.f)) <= 1 "
        f"AND {digits.format('u')} = {digits.format('k')} AND levenshtein(u.f, k.f) = 1"
    )
    found = connection.execute(
        f"SELECT written, n, list(k.k ORDER BY k.k) FROM ({names}) u JOIN ({keys}) k ON u.f = k.f OR ({near}) "
        "GROUP BY 1, 2 ORDER BY 2 DESC, 1"
    ).fetchall()
    for written, rows, candidates in found[:_MOST_ASKED]:
        offered = tuple(candidates[:_OFFERED])
        message = ngettext(
            "{n} row names the {column} `{written}`, which is not in the list. Is it {candidates}?",
            "{n} rows name the {column} `{written}`, which is not in the list. Is it {candidates}?",
            rows,
        )
        text = message.format(
            n=f"{rows:,}", column=column, written=written,
            candidates=_(" or ").join(f"`{candidate}`" for candidate in offered),
        )  # fmt: skip
        says = tuple((f"{table}.{column}:{written}={name}",) for name in (*offered, written))
        findings.ask(kept_by_sheet(connection, mapped), Question(column, written, text, (*offered, APART), says))


def one_spelling(
    connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Relation], column: str, findings: Findings
) -> dict[str, Relation]:
    """Give `facts` with one spelling for each name in `column` that stands in several tables: the most frequent one.

    Spellings that one table has side by side stay apart: there somebody may tell them apart.
    """
    having = {table: relation for table, relation in facts.items() if relation.has(column)}
    if len(having) < 2:
        return dict(facts)
    each = " UNION ALL ".join(
        f"SELECT '{table}' AS t, {column} AS v, count(*) AS n FROM {relation.name} "
        f"WHERE regexp_matches({column}, '\\p{{L}}') GROUP BY {column}"
        for table, relation in having.items()
    )
    spelled = select(
        connection, f"SELECT t, v, n, {folded('v')} AS f FROM ({each})", ("t", "v", "n", "f"), keep=True
    ).name
    groups = (
        f"SELECT f, arg_max(v, (total, v)) AS read FROM (SELECT f, v, sum(n) AS total FROM {spelled} GROUP BY 1, 2) "
        "GROUP BY f HAVING count(*) > 1"
    )
    apart = f"SELECT f FROM {spelled} GROUP BY f, t HAVING count(*) > 1"
    meant = select(
        connection,
        f"SELECT DISTINCT v, read FROM {spelled} JOIN ({groups}) USING (f) WHERE v <> read AND f NOT IN ({apart})",
        ("v", "read"),
        keep=True,
    ).name
    done = dict(facts)
    for table, relation in having.items():
        rows = connection.execute(
            f"SELECT v, read, count(*) FROM {relation.name} r JOIN {meant} m ON r.{column} = m.v "
            "GROUP BY 1, 2 ORDER BY 3 DESC, 1"
        ).fetchall()
        if not rows:
            continue
        kept = ", ".join(f'r."{name}"' for name in ("sheet_no", "row", *sorted(relation.columns - {column})))
        done[table] = select(
            connection,
            f'SELECT {kept}, coalesce(m.read, r."{column}") AS "{column}" FROM {relation.name} r '
            f'LEFT JOIN {meant} m ON m.v = r."{column}"',
            relation.columns,
            keep=True,
        )
        told(findings, list(kept_by_sheet(connection, relation)), table, column, rows)
    return done


def unanswered(questions: Iterable[Question], maps: Collection[str]) -> list[Question]:
    """Give the questions that `maps` do not answer."""
    subjects = {text.partition("=")[0].strip() for text in maps}
    return [one for one in questions if not any(said[0].partition("=")[0] in subjects for said in one.says)]
