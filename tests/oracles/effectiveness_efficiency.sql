-- The mean percentile among reps of the median answer and cycle (the lower the better), contacts a working day and revenue
-- a contact; where at least two of them are known, and a quota or a profit to judge by.
WITH answer AS (
    SELECT rep, median(wait_us / minutes(60)) AS took FROM prospect
    WHERE wait_us >= 0 AND day >= $start AND day < $end AND {where} GROUP BY ALL
), win AS (
    SELECT rep, median(closed_on - started) AS took FROM closed_deal
    WHERE status = 'won' AND closed_on >= started AND closed_on >= $start AND closed_on < $end AND {where} GROUP BY ALL
), made AS (
    SELECT rep, count(*) AS contacts FROM contact WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
), worked AS (
    SELECT rep, count(*) FILTER (isodow(day) <= 5) AS days FROM employed
    WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
), sold AS (
    SELECT rep, sum(amount) AS revenue, sum(amount - cost) AS profit FROM ledger
    WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
), quota AS (
    SELECT rep FROM (SELECT q.*, coalesce(p.rep, q.scope_id) AS rep, p.region,
                            CASE WHEN p.hire_date > q.period_start THEN '0-3m' ELSE band(p.hire_date, q.period_start) END AS tenure
                     FROM quotas q LEFT JOIN person p ON p.rep_id = q.scope_id)
    WHERE period_start < $end AND period_end >= $start AND {where} GROUP BY ALL HAVING sum(amount) > 0
), all_reps AS (
    SELECT rep FROM answer UNION SELECT rep FROM win UNION SELECT rep FROM made UNION SELECT rep FROM worked
    UNION SELECT rep FROM sold
), figure AS (
    SELECT r.rep, a.took AS answer, w.took AS cycle, q.rep IS NOT NULL OR s.profit IS NOT NULL AS judged,
           CASE WHEN (SELECT count(*) FROM made) > 0 THEN coalesce(m.contacts, 0) / nullif(d.days, 0) END AS busy,
           coalesce(s.revenue, 0) / nullif(m.contacts, 0) AS worth
    FROM all_reps r LEFT JOIN answer a USING (rep) LEFT JOIN win w USING (rep) LEFT JOIN made m USING (rep)
    LEFT JOIN worked d USING (rep) LEFT JOIN sold s USING (rep) LEFT JOIN quota q USING (rep)
    WHERE r.rep <> '(unknown)'
), sign AS (
    UNPIVOT (SELECT rep, judged, -CAST(answer AS DOUBLE) AS answer, -CAST(cycle AS DOUBLE) AS cycle,
                    CAST(busy AS DOUBLE) AS busy, CAST(worth AS DOUBLE) AS worth FROM figure)
    ON answer, cycle, busy, worth INTO NAME sign VALUE figure
), placed AS (
    SELECT a.rep, a.judged, a.sign,
           100 * (count(*) FILTER (b.figure < a.figure) + 0.5 * count(*) FILTER (b.figure = a.figure)) / count(*) AS percentile
    FROM sign a JOIN sign b USING (sign) GROUP BY ALL
)
SELECT rep AS part, avg(percentile) AS value FROM placed WHERE judged GROUP BY rep HAVING count(*) >= 2
