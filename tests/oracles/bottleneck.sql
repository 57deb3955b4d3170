SELECT {part} AS part, sum(days) AS numerator, sum(sum(days)) OVER () AS denominator,
       numerator / nullif(denominator, 0) AS value,
       CASE WHEN count(*) >= 5 THEN quantile_cont(days, 0.9) END AS p90
FROM (SELECT *, band(hire_date, closed_on) AS tenure FROM stay)
WHERE closed_on >= $start AND closed_on < $end AND days >= 0 AND {where} GROUP BY ALL
