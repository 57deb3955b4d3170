-- Kaplan-Meier: who is still in the stage waits on to the day `as_of`; leaving precedes a wait of equal length.
WITH timed AS (
    SELECT {part} AS part, days, left_on IS NOT NULL AS is_over
    FROM (SELECT *, band(hire_date, entered_on) AS tenure FROM stay)
    WHERE entered_on >= $start AND entered_on < $end AND days >= 0 AND {where}
), step AS (
    SELECT part, days, count(*) FILTER (is_over) AS leavers,
           sum(count(*)) OVER (PARTITION BY part ORDER BY days DESC) AS there
    FROM timed GROUP BY part, days
), survival AS (
    SELECT part, days, product(1 - leavers / there) OVER (PARTITION BY part ORDER BY days) AS still FROM step
), half AS (
    SELECT part, min(days) FILTER (still <= 0.5 + 1e-9) AS value FROM survival GROUP BY ALL
)
SELECT part, value, CASE WHEN count(*) FILTER (is_over) >= 5 THEN quantile_cont(days, 0.9) FILTER (is_over) END AS p90
FROM half JOIN timed USING (part) GROUP BY ALL
