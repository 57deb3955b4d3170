WITH cost AS (
    SELECT {part} AS part, sum(amount) AS spent, bool_or(by_month AND cuts_months($start, $end)) AS cut,
           coalesce(sum(amount) FILTER (lead_source = '(unallocated)'), 0) = sum(amount) AS sourceless
    FROM booking WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
), lived AS (
    SELECT {part} AS part, *, datediff('day', first_on, day) <= 90 AS early
    FROM life WHERE first_on >= $start AND first_on < $end AND {where}
), won AS (
    SELECT part, coalesce(sum(amount - cost) FILTER (early), 0) AS profit,
           coalesce(sum(abs(amount)) FILTER (early AND cost IS NOT NULL), 0) / nullif(sum(abs(amount)) FILTER (early), 0)
               AS coverage
    FROM lived GROUP BY ALL
)
SELECT part, coalesce(profit, 0) - spent AS numerator, spent AS denominator,
       CASE WHEN spend_covers($start) AND NOT cut AND spent > 0 AND NOT (sourceless AND profit IS NULL)
                 AND counted_end($end) - 1 + 90 <= getvariable('as_of')
            THEN (coalesce(profit, 0) - spent) / spent END AS value,
       CASE WHEN value IS NOT NULL THEN won.coverage END AS coverage
FROM cost FULL JOIN won USING (part)
