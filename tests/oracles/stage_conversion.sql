SELECT {part} AS part, count(*) FILTER (advanced) AS numerator, count(*) FILTER (advanced OR lost_here) AS denominator,
       numerator / nullif(denominator, 0) AS value
FROM (SELECT *, band(hire_date, reached_on) AS tenure FROM reached_stage)
WHERE reached_on >= $start AND reached_on < $end AND {where} GROUP BY ALL
