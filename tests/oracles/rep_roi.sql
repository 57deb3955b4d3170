-- Profit of lines with a cost, and salary by the day, of reps whose salary and hire date are both known.
SELECT part, coalesce(sum(profit), 0) AS numerator, coalesce(sum(pay), 0) AS denominator,
       numerator / nullif(denominator, 0) AS value, sum(used) / nullif(sum(every), 0) AS coverage
FROM (
    SELECT {part} AS part, sum(amount - cost) FILTER (paid) AS profit, 0 AS pay,
           coalesce(sum(abs(amount)) FILTER (paid), 0) AS used, sum(abs(amount)) AS every
    FROM (SELECT l.*, l.cost IS NOT NULL AND l.hire_date IS NOT NULL AND p.salary IS NOT NULL AS paid
          FROM ledger l LEFT JOIN person p ON p.rep_id = l.rep_id)
    WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
    UNION ALL
    SELECT {part} AS part, 0, sum(CAST(salary AS DOUBLE) / 365), 0, 0
    FROM employed WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
) GROUP BY ALL
