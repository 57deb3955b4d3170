WITH cost AS (
    SELECT {part} AS part, sum(amount) AS spent, bool_or(by_month AND cuts_months($start, $end)) AS cut,
           bool_and(lead_source = '(unallocated)') AS sourceless
    FROM booking WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
), won AS (
    SELECT {part} AS part, coalesce(sum(amount - cost), 0) AS profit,
           coalesce(sum(abs(amount)) FILTER (cost IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS coverage
    FROM life WHERE first_on >= $start AND first_on < $end AND datediff('day', first_on, day) <= 90 AND {where}
    GROUP BY ALL
)
SELECT part, coalesce(profit, 0) - spent AS numerator, spent AS denominator,
       CASE WHEN spend_covers($start) AND NOT cut AND spent > 0 AND NOT (sourceless AND profit IS NULL)
                 AND counted_end($end) - 1 + 90 <= getvariable('as_of')
            THEN (coalesce(profit, 0) - spent) / spent END AS value,
       CASE WHEN value IS NOT NULL THEN won.coverage END AS coverage
FROM cost FULL JOIN won USING (part)
