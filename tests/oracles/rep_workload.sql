SELECT {part} AS part, sum(load) AS numerator, count(*) AS denominator, numerator / denominator AS value
FROM desk($last_day) WHERE {where} GROUP BY ALL
