-- Satisfied among the customers who answered, each by the last answer of the period, the lower of two on one day.
WITH asked AS (
    SELECT {part} AS part, *,
           row_number() OVER (PARTITION BY {part}, fits, respondent ORDER BY date DESC, standing) = 1 AND fits AS speaks
    FROM answer WHERE kind = 'csat' AND date >= $start AND date < $end AND {where}
)
SELECT part, count(*) FILTER (speaks AND satisfied) AS numerator, nullif(count(*) FILTER (speaks), 0) AS denominator,
       numerator / denominator AS value, count(*) FILTER (fits) / count(*) AS coverage
FROM asked GROUP BY part
