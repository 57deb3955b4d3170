-- Of the leads handed over 14 days ago or more, those that nobody took up within 14 days.
SELECT {part} AS part, count(*) FILTER (age >= 20160 AND (NOT taken OR wait > 20160)) AS numerator,
       nullif(count(*) FILTER (age >= 20160), 0) AS denominator, numerator / denominator AS value
FROM handed_lead WHERE handed_on >= $start AND handed_on < $end AND {where} GROUP BY ALL
