-- A product survives in an order while fewer lines of its amount came back than were sold; a line without a customer is nobody's.
WITH lines AS (
    SELECT *, count(*) FILTER (kind = 'sale') OVER same AS sold, count(*) FILTER (kind = 'return') OVER same AS back
    FROM order_line WINDOW same AS (PARTITION BY order_key, product, abs(amount))
), chosen AS (
    SELECT *, {part} AS part FROM lines WHERE sold_on >= $start AND sold_on < $end AND {where}
), each_buyer AS (
    SELECT part, buyer, count(DISTINCT nullif(product, '(unknown)')) FILTER (sold > back AND customer IS NOT NULL) AS products
    FROM chosen WHERE kind = 'sale' AND buyer IS NOT NULL GROUP BY ALL
), counted AS (
    SELECT part, count(*) FILTER (products >= 2) AS numerator, count(*) AS denominator FROM each_buyer GROUP BY ALL
), identified AS (
    SELECT part, coalesce(sum(abs(amount)) FILTER (customer IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS coverage
    FROM chosen GROUP BY ALL
)
SELECT counted.part AS part, numerator, denominator, numerator / nullif(denominator, 0) AS value, coverage
FROM counted JOIN identified ON counted.part IS NOT DISTINCT FROM identified.part
