-- Only quotas whose own period is over and lies in the period asked for.
WITH share AS (
    SELECT q.scope_id AS rep_id, q.period_start, q.period_end, greatest(q.period_start, $start) AS from_day,
           least(q.period_end + 1, $end) AS to_day,
           q.amount * (to_day - from_day) / (q.period_end + 1 - q.period_start) AS quota,
           coalesce(r.name, q.scope_id) AS rep, band(r.hire_date, greatest(q.period_start, coalesce(r.hire_date, q.period_start))) AS tenure
    FROM quotas q LEFT JOIN reps r ON r.rep_id = q.scope_id
    WHERE q.scope = 'rep' AND q.period_start < $end AND q.period_end >= $start
), met AS (
    SELECT *, coalesce((SELECT sum(amount) FROM ledger l
                        WHERE l.rep_id = share.rep_id AND l.day >= from_day AND l.day < to_day), 0) AS actual
    FROM share
)
, by_rep AS (
    SELECT {part} AS part, rep_id, sum(actual) AS actual, sum(quota) AS quota
    FROM met WHERE period_start >= $start AND period_end < $end AND period_end <= getvariable('as_of') AND {where} GROUP BY ALL HAVING sum(quota) > 0
)
SELECT part, count(*) FILTER (actual >= quota) AS numerator, count(*) AS denominator, numerator / nullif(denominator, 0) AS value
FROM by_rep GROUP BY ALL
