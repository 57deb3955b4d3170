-- Customers who started at least 180 days ago, with a second purchase no more than 180 days after the first.
WITH seen AS (
    SELECT *, EXISTS (
        FROM purchase p WHERE p.buyer = started.buyer AND p.sold_on > first_on AND p.sold_on <= first_on + 180
    ) AS again
    FROM started WHERE first_on >= $start AND first_on < $end AND first_on <= getvariable('as_of') - 180
), counted AS (
    SELECT {part} AS part, count(*) FILTER (again) AS numerator, count(*) AS denominator, numerator / denominator AS value
    FROM seen WHERE {where} GROUP BY ALL
), named AS (
    SELECT {part} AS part, known_share(amount, customer) AS share FROM order_line
    WHERE sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
)
SELECT counted.*, CASE WHEN value IS NOT NULL THEN share END AS coverage FROM counted LEFT JOIN named USING (part)
