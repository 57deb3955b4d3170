SELECT {part} AS part, count(*) FILTER (qualified_on <= day + 90) AS numerator, count(*) AS denominator,
       numerator / denominator AS value
FROM prospect
WHERE day + 90 <= getvariable('as_of') AND (qualified_on IS NULL OR qualified_on >= day)
  AND day >= $start AND day < $end AND {where} GROUP BY ALL
