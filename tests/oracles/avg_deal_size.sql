SELECT {part} AS part, sum(amount) AS numerator, count(amount) AS denominator,
       numerator / nullif(denominator, 0) AS value, count(amount) / nullif(count(*), 0) AS coverage
FROM closed_deal WHERE status = 'won' AND closed_on >= $start AND closed_on < $end AND {where} GROUP BY ALL
