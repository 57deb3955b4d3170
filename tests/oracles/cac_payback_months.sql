WITH cost AS (
    SELECT {part} AS part, sum(amount) AS spent, bool_or(by_month AND cuts_months($start, $end)) AS cut
    FROM booking WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
), cohort AS (
    SELECT {part} AS part, * FROM life WHERE first_on >= $start AND first_on < $end AND {where}
), reach AS (
    SELECT part, max(first_on) AS youngest,
           coalesce(sum(abs(amount)) FILTER (cost IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS coverage
    FROM cohort GROUP BY part
), month AS (
    SELECT part, m.n FROM reach, generate_series(1, 60) AS m(n)
    WHERE youngest + to_months(CAST(m.n AS INTEGER)) <= getvariable('as_of')
), earned AS (
    SELECT m.part, m.n, coalesce(sum(c.amount - c.cost), 0) AS profit
    FROM month m JOIN cohort c ON c.part = m.part AND c.day < c.first_on + to_months(CAST(m.n AS INTEGER))
    GROUP BY ALL
)
SELECT r.part,
       CASE WHEN spend_covers($start) AND NOT any_value(c.cut) THEN min(e.n) FILTER (e.profit >= c.spent) END AS value,
       CASE WHEN value IS NOT NULL THEN min(r.coverage) END AS coverage
FROM reach r LEFT JOIN cost c ON c.part = r.part LEFT JOIN earned e ON e.part = r.part
GROUP BY r.part
