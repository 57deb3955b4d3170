-- Spearman's rho of hours in a quarter and the change of attainment to the next, ranks within each quarter.
WITH quarter AS (
    SELECT CAST(q AS DATE) AS q, CAST(q + INTERVAL 3 MONTH AS DATE) AS until
    FROM generate_series(DATE '2017-01-01', DATE '2030-01-01', INTERVAL 3 MONTH) AS g(q)
), asked AS (
    SELECT * FROM quotas o WHERE scope = 'rep' AND NOT EXISTS (
        SELECT * FROM quotas i WHERE i.scope = 'rep' AND i.scope_id = o.scope_id
        AND coalesce(i.measure, 'revenue') = coalesce(o.measure, 'revenue') AND i.period_start >= o.period_start
        AND i.period_end <= o.period_end AND i.period_end - i.period_start < o.period_end - o.period_start)
), part AS (
    SELECT a.scope_id AS rep_id, q.q, q.until, greatest(a.period_start, q.q) AS from_day,
           least(a.period_end + 1, q.until) AS to_day,
           a.amount * (to_day - from_day) / (a.period_end + 1 - a.period_start) AS quota
    FROM asked a JOIN quarter q ON a.period_start < q.until AND a.period_end >= q.q
), met AS (
    SELECT *, (SELECT coalesce(sum(amount), 0) FROM ledger l
               WHERE l.rep_id = part.rep_id AND l.day >= from_day AND l.day < to_day) AS sold
    FROM part
), reached AS (
    SELECT rep_id, q, until, sum(sold) / sum(quota) AS attainment
    FROM met WHERE until <= getvariable('as_of') + 1 GROUP BY ALL HAVING sum(quota) > 0
), changed AS (
    SELECT b.rep_id, b.q, a.attainment - b.attainment AS change, coalesce(p.rep, b.rep_id) AS rep,
           coalesce(p.region, '(unknown)') AS region, band(p.hire_date, greatest(b.q, p.hire_date)) AS tenure,
           (SELECT coalesce(sum(hours), 0) FROM training t
            WHERE t.rep_id = b.rep_id AND t.date >= b.q AND t.date < b.until AND t.date <= getvariable('as_of') AND t.hours > 0) AS hours
    FROM reached b JOIN reached a ON a.rep_id = b.rep_id AND a.q = b.until LEFT JOIN person p ON p.rep_id = b.rep_id
), ranked AS (
    SELECT {part} AS part, q,
           rank() OVER (PARTITION BY {part}, q ORDER BY hours) + (count(*) OVER (PARTITION BY {part}, q, hours) - 1) / 2 AS x,
           rank() OVER (PARTITION BY {part}, q ORDER BY round(change, 9)) + (count(*) OVER (PARTITION BY {part}, q, round(change, 9)) - 1) / 2 AS y
    FROM changed WHERE q >= $start AND q < $end AND {where}
), centred AS (
    SELECT part, x - avg(x) OVER (PARTITION BY part, q) AS x, y - avg(y) OVER (PARTITION BY part, q) AS y FROM ranked
)
SELECT part, CASE WHEN count(*) >= 8 THEN sum(x * y) / nullif(sqrt(sum(x * x) * sum(y * y)), 0) END AS value
FROM centred GROUP BY part
