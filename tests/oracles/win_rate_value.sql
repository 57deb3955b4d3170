-- Losses that nearly all carry 0 while wins do not carry no amount at all.
SELECT {part} AS part, coalesce(sum(amount) FILTER (status = 'won'), 0) AS numerator, sum(amount) AS denominator,
       numerator / nullif(denominator, 0) AS value,
       CASE WHEN count(*) FILTER (status = 'lost' AND amount = 0)
                 >= 0.95 * nullif(count(*) FILTER (status = 'lost' AND amount IS NOT NULL), 0)
             AND count(*) FILTER (status = 'won' AND amount <> 0) > 0
            THEN 0 ELSE count(amount) / nullif(count(*), 0) END AS coverage
FROM closed_deal WHERE closed_on >= $start AND closed_on < $end AND {where} GROUP BY ALL
