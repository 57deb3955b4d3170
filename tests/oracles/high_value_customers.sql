-- Largest first, customers before whom less than 80 % of the year's gross profit is reached (revenue without any cost).
WITH ranked AS (
    SELECT *, sum(worth) OVER (ORDER BY worth DESC, customer) AS running, sum(worth) OVER () AS whole
    FROM (
        SELECT *, sum(costed) OVER () = 0 AS without_costs, CASE WHEN sum(costed) OVER () > 0 THEN profit ELSE amount END AS worth
        FROM standing_on($last_day)
    ) WHERE worth > 0
), flagged AS (SELECT customer FROM ranked WHERE (running - worth) / whole < 0.8)
SELECT {part} AS part, count(*) FILTER (customer IN (FROM flagged)) AS value,
       CASE WHEN (SELECT sum(costed) FROM standing_on($last_day)) > 0 THEN sum(costed) / nullif(sum(volume), 0) END AS coverage
FROM standing_on($last_day) WHERE {where} GROUP BY ALL
