SELECT {part} AS part, sum(amount - cost) AS numerator,
       count(DISTINCT customer) FILTER (cost IS NOT NULL) AS denominator, numerator / nullif(denominator, 0) AS value,
       CASE WHEN value IS NOT NULL
            THEN sum(abs(amount)) FILTER (cost IS NOT NULL) / nullif(sum(abs(amount)), 0) END AS coverage
FROM life
WHERE first_on >= $start AND first_on < $end AND first_on + to_months(12) <= getvariable('as_of')
      AND day < first_on + to_months(12) AND {where}
GROUP BY ALL
