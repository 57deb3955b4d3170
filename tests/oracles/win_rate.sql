SELECT {part} AS part, count(*) FILTER (status = 'won') AS numerator, count(*) AS denominator,
       numerator / nullif(denominator, 0) AS value
FROM closed_deal WHERE closed_on >= $start AND closed_on < $end AND {where} GROUP BY ALL
