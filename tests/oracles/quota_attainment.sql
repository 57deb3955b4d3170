-- What reps with a quota sold in its days, over the part of the quota that falls into the period.
WITH share AS (
    SELECT q.scope_id AS rep_id, q.period_end, greatest(q.period_start, $start) AS from_day,
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
SELECT {part} AS part, sum(actual) AS numerator, sum(quota) AS denominator, numerator / nullif(denominator, 0) AS value
FROM met WHERE {where} GROUP BY ALL
