-- Above the capacity, or else the upper fence of the loads of five and more; and answering later than the median rep, or
-- leaving more leads unanswered than all of them together. Where nothing is known of answers, the load alone counts.
WITH team AS (
    SELECT * FROM desk($last_day) WHERE {where}
), usual AS (
    SELECT CASE WHEN count(*) >= 5 THEN 2.5 * quantile_cont(load, 0.75) - 1.5 * quantile_cont(load, 0.25) END AS fence,
           median(wait) AS wait, sum(lost) / nullif(sum(old), 0) AS rate, bool_or(old > 0 OR wait IS NOT NULL) AS told
    FROM team
)
SELECT {part} AS part,
       count(*) FILTER (load > coalesce(CAST(capacity AS DOUBLE), fence)
                        AND (NOT told OR coalesce(team.wait > usual.wait, false) OR coalesce(lost / nullif(old, 0) > rate, false))) AS value
FROM team, usual GROUP BY ALL
