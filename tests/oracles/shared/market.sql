-- Market sizes of which none is about what another is about: the finest stay, less of region and product before fewer days
-- before the earlier start. What we sold finds its cell. Reads market_size, and what ledger.sql made before.
CREATE OR REPLACE TEMP TABLE market_cell AS
WITH stated AS (
    SELECT *, row_number() OVER () AS no, period_end - period_start + 1 AS days,
           CASE WHEN region IS NOT NULL THEN 2 ELSE 0 END + CASE WHEN product IS NOT NULL THEN 1 ELSE 0 END AS names
    FROM market_size WHERE amount IS NOT NULL AND period_end >= period_start
), latest AS (
    SELECT * FROM stated
    QUALIFY row_number() OVER (PARTITION BY period_start, period_end, region, product ORDER BY no DESC) = 1
)
SELECT m.no, m.period_start AS from_day, m.period_end + 1 AS to_day, m.days, m.amount, m.region AS of_region,
       m.product AS of_product, coalesce(m.region, '(unknown)') AS region, coalesce(m.product, '(unknown)') AS product
FROM latest m
WHERE NOT EXISTS (
    SELECT * FROM latest o
    WHERE o.period_start <= m.period_end AND m.period_start <= o.period_end
      AND (o.region = m.region OR o.region IS NULL OR m.region IS NULL)
      AND (o.product = m.product OR o.product IS NULL OR m.product IS NULL)
      AND CASE WHEN o.names <> m.names THEN o.names > m.names
               WHEN o.days <> m.days THEN o.days < m.days
               ELSE o.period_start < m.period_start END
);

CREATE OR REPLACE TEMP TABLE market_sale AS
SELECT l.day, l.amount, c.no IS NOT NULL AS inside, CASE WHEN c.no IS NULL THEN l.region ELSE c.region END AS region,
       CASE WHEN c.no IS NULL THEN l.product ELSE c.product END AS product
FROM ledger l
LEFT JOIN market_cell c ON l.day >= c.from_day AND l.day < c.to_day
    AND (c.of_region IS NULL OR c.of_region = l.region) AND (c.of_product IS NULL OR c.of_product = l.product);

-- The market in some days, each cell by the share of its days.
CREATE OR REPLACE MACRO market_between(first_day, day_after) AS TABLE
SELECT no, region, product, amount * (least(to_day, day_after) - greatest(from_day, first_day)) / days AS amount,
       least(to_day, day_after) - greatest(from_day, first_day) AS days_inside
FROM market_cell WHERE from_day < day_after AND to_day > first_day;
