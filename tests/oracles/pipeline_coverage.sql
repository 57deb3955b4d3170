-- Open deals by the day on which they should close, against what is left of the reps' quotas for the days inside.
WITH share AS (
    SELECT q.scope_id AS rep_id, coalesce(r.name, q.scope_id) AS rep, CAST(NULL AS VARCHAR) AS tenure,
           greatest(q.period_start, $start) AS from_day, least(q.period_end + 1, $end) AS to_day,
           q.amount * (to_day - from_day) / (q.period_end + 1 - q.period_start) AS quota
    FROM quotas q LEFT JOIN reps r ON r.rep_id = q.scope_id
    WHERE q.scope = 'rep' AND q.period_start < $end AND q.period_end >= $start
), still AS (
    SELECT {part} AS part, sum(quota - coalesce(
               (SELECT sum(amount) FROM ledger l
                WHERE l.rep_id = share.rep_id AND l.day >= from_day AND l.day < to_day), 0)) AS amount
    FROM share WHERE {where} GROUP BY ALL
), due AS (
    SELECT {part} AS part, coalesce(sum(amount), 0) AS amount, count(amount) / count(*) AS coverage
    FROM (SELECT d.*, o.close_date, CAST(NULL AS VARCHAR) AS tenure FROM deal d JOIN opportunities o USING (opportunity_id))
    WHERE status = 'open' AND close_date >= $start AND close_date < $end AND {where} GROUP BY ALL
)
SELECT part, CASE WHEN s.amount > 0 THEN coalesce(d.amount, 0) / s.amount END AS value, coverage
FROM still s LEFT JOIN due d USING (part)
