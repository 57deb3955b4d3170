-- Promoters less detractors in points, over all answers on the scale from 0 to 10.
SELECT {part} AS part, count(*) FILTER (good AND score >= 9) - count(*) FILTER (good AND score <= 6) AS numerator,
       nullif(count(*) FILTER (good), 0) AS denominator, 100.0 * numerator / denominator AS value,
       count(*) FILTER (good) / count(*) AS coverage
FROM (SELECT *, fits AND low = 0 AND high = 10 AS good FROM answer)
WHERE kind = 'nps' AND date >= $start AND date < $end AND {where} GROUP BY ALL
