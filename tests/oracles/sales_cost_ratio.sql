WITH cost AS (
    SELECT {part} AS part, sum(amount) AS spent, bool_or(by_month AND cuts_months($start, $end)) AS cut
    FROM booking WHERE day >= $start AND day < $end AND kind = 'sales' AND {where} GROUP BY ALL
), sold AS (
    SELECT {part} AS part, sum(amount) AS revenue
    FROM ledger WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
)
SELECT part, spent AS numerator, revenue AS denominator,
       CASE WHEN spend_covers($start) AND NOT cut AND revenue > 0 THEN spent / revenue END AS value
FROM cost FULL JOIN sold USING (part)
