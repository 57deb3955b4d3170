-- Ended quotas as in quota_miss_rate, those of nothing left out.
WITH ended AS (
    SELECT q.scope_id AS rep_id, q.amount AS quota, coalesce(p.rep, q.scope_id) AS rep,
           coalesce(p.region, '(unknown)') AS region,
           CASE WHEN p.hire_date > q.period_start THEN '0-3m' ELSE band(p.hire_date, q.period_start) END AS tenure,
           (SELECT coalesce(sum(l.amount), 0) FROM ledger l
            WHERE l.rep_id = q.scope_id AND l.day BETWEEN q.period_start AND q.period_end) AS actual
    FROM quotas q LEFT JOIN person p ON p.rep_id = q.scope_id
    WHERE q.scope = 'rep' AND q.period_start >= $start AND q.period_end < $end AND q.period_end <= getvariable('as_of')
)
SELECT {part} AS part, sum(actual - quota) AS value FROM ended WHERE quota > 0 AND {where} GROUP BY ALL
