-- Customers who have let 1.5 of their usual gaps pass; with less than three of their own leaning on the median of all.
-- Not a number where nobody ever bought a second time, so that nothing is usual.
WITH judged AS (
    SELECT *, CASE WHEN gaps >= 3 THEN days_since >= 1.5 * own_gap
                   ELSE days_since * (gaps + 2) >= 1.5 * (gaps * coalesce(own_gap, 0) + 2 * usual_gap) END AS flagged
    FROM standing_on($last_day)
)
SELECT {part} AS part,
       CASE WHEN count(last_on) > 0 AND count(flagged) = 0 THEN CAST('nan' AS DOUBLE) ELSE count(*) FILTER (flagged) END AS value
FROM judged WHERE {where} GROUP BY ALL
