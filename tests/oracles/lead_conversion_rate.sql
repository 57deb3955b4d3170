SELECT {part} AS part, count(*) FILTER (converted_on <= day + 90) AS numerator, count(*) AS denominator,
       numerator / denominator AS value
FROM prospect
WHERE day + 90 <= getvariable('as_of') AND (converted_on IS NULL OR converted_on >= day)
  AND day >= $start AND day < $end AND {where} GROUP BY ALL
