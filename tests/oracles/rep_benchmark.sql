-- The win rate of each rep who is named, drawn towards that of the other peers where it rests on fewer than 20 deals; then
-- its place among the peers, itself included: five of the same region and tenure, else of the same tenure, else all.
WITH own AS (
    SELECT rep, count(*) FILTER (status = 'won') AS k, count(*) AS n
    FROM closed_deal WHERE closed_on >= $start AND closed_on < $end AND {where} AND rep <> '(unknown)' GROUP BY ALL
), who AS (
    SELECT rep, nullif(max_by(region, day), '(unknown)') AS region, max_by(tenure, day) AS tenure
    FROM employed WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
), figure AS (
    SELECT * FROM own LEFT JOIN who USING (rep)
), pair AS (
    SELECT a.rep, b.rep AS peer, b.k, b.n,
           a.tenure = b.tenure AND a.region = b.region AS near, a.tenure = b.tenure AS as_long
    FROM figure a, figure b
), level AS (
    SELECT rep, CASE WHEN count(*) FILTER (near) >= 5 THEN 1 WHEN count(*) FILTER (as_long) >= 5 THEN 2 ELSE 3 END AS level
    FROM pair GROUP BY rep
), peers AS (
    SELECT p.rep, p.peer, p.k, p.n, sum(p.k) OVER (PARTITION BY p.rep) - p.k AS others_k,
           sum(p.n) OVER (PARTITION BY p.rep) - p.n AS others_n, count(*) OVER (PARTITION BY p.rep) AS peers
    FROM pair p JOIN level USING (rep)
    WHERE level = 3 OR (level = 2 AND as_long) OR (level = 1 AND near)
), settled AS (
    SELECT *, CASE WHEN n >= 20 OR others_n = 0 THEN k / n ELSE (k + 20 * (others_k / others_n)) / (n + 20) END AS rate
    FROM peers
)
SELECT a.rep AS part,
       100 * (count(*) FILTER (b.rate < a.rate) + 0.5 * count(*) FILTER (b.rate = a.rate)) / count(*) AS value
FROM settled a JOIN settled b ON b.rep = a.rep
WHERE a.peer = a.rep AND a.peers >= 5
GROUP BY a.rep
