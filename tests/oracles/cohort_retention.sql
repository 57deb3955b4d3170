-- Customers who bought in the third month after the month in which they started, where that month is over.
WITH seen AS (
    SELECT *, EXISTS (
        FROM purchase p WHERE p.buyer = started.buyer
        AND date_trunc('month', p.sold_on) = date_trunc('month', first_on) + INTERVAL 3 MONTH
    ) AS bought
    FROM started
    WHERE first_on >= $start AND first_on < $end AND last_day(CAST(date_trunc('month', first_on) + INTERVAL 3 MONTH AS DATE)) <= getvariable('as_of')
), counted AS (
    SELECT {part} AS part, count(*) FILTER (bought) AS numerator, count(*) AS denominator, numerator / denominator AS value
    FROM seen WHERE {where} GROUP BY ALL
), named AS (
    SELECT {part} AS part, known_share(amount, customer) AS share FROM order_line
    WHERE sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
)
SELECT counted.*, CASE WHEN value IS NOT NULL THEN share END AS coverage FROM counted LEFT JOIN named USING (part)
