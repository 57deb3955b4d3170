-- The horizon is the p90 of the days from creation to close of all won deals, five or more.
WITH lasted AS (
    SELECT *, closed_on - created_date AS took, getvariable('as_of') - created_date AS age,
           band(hire_date, created_date) AS tenure
    FROM deal
), horizon AS (
    SELECT CASE WHEN count(*) >= 5 THEN quantile_cont(took, 0.9) END AS days
    FROM lasted WHERE status = 'won' AND took >= 0
)
SELECT {part} AS part, count(*) FILTER (status = 'won' AND took <= days) AS numerator, count(*) AS denominator,
       numerator / denominator AS value
FROM lasted, horizon
WHERE age >= days AND (status = 'open' OR took >= 0) AND created_date >= $start AND created_date < $end AND {where}
GROUP BY ALL
