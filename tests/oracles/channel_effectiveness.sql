SELECT channel AS part, coalesce(sum(spent), 0) AS denominator, coalesce(sum(profit), 0) - denominator AS numerator,
       numerator / nullif(denominator, 0) AS value, min(coverage) AS coverage
FROM (
    SELECT channel, sum(amount - cost) AS profit, 0 AS spent,
           coalesce(sum(abs(amount)) FILTER (cost IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS coverage
    FROM ledger WHERE day >= $start AND day < $end GROUP BY ALL
    UNION ALL
    SELECT channel, 0, sum(amount), NULL FROM spend
    WHERE date >= $start AND date < $end AND date <= getvariable('as_of') GROUP BY ALL
)
WHERE channel IS NOT NULL AND channel <> '(unknown)' GROUP BY ALL
