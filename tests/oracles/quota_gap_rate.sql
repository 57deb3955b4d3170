-- What each rep fell short by, over the quotas of all; ended quotas as in quota_miss_rate.
WITH ended AS (
    SELECT q.scope_id AS rep_id, q.amount AS quota, coalesce(p.rep, q.scope_id) AS rep,
           coalesce(p.region, '(unknown)') AS region,
           CASE WHEN p.hire_date > q.period_start THEN '0-3m' ELSE band(p.hire_date, q.period_start) END AS tenure,
           (SELECT coalesce(sum(l.amount), 0) FROM ledger l
            WHERE l.rep_id = q.scope_id AND l.day BETWEEN q.period_start AND q.period_end) AS actual
    FROM quotas q LEFT JOIN person p ON p.rep_id = q.scope_id
    WHERE q.scope = 'rep' AND q.period_start >= $start AND q.period_end < $end AND q.period_end <= getvariable('as_of')
), by_rep AS (
    SELECT {part} AS part, rep_id, sum(actual) AS actual, sum(quota) AS quota
    FROM ended WHERE {where} GROUP BY ALL HAVING sum(quota) > 0
)
SELECT part, sum(greatest(quota - actual, 0)) AS numerator, sum(quota) AS denominator, numerator / denominator AS value
FROM by_rep GROUP BY ALL
