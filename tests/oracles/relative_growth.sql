-- Our growth on last year less the market's, in points, over the cells known for as many days (but one) in both years. An
-- unfinished period is set against as many days; one that begins before the data does against nothing.
WITH span AS (
    SELECT $start AS now_from, least($end, getvariable('as_of') + 1) AS now_to,
           CAST($start - INTERVAL 1 YEAR AS DATE) AS then_from,
           CASE WHEN getvariable('as_of') + 1 >= $end THEN CAST($end - INTERVAL 1 YEAR AS DATE)
                ELSE least(CAST($end - INTERVAL 1 YEAR AS DATE), then_from + CAST(now_to - now_from AS INT)) END AS then_to
), cell AS (
    SELECT *, NULL AS tenure, NULL AS rep
    FROM (SELECT DISTINCT region, product FROM market_cell), span
), known AS (
    SELECT c.region, c.product, c.tenure, c.rep, now_from, now_to, then_from, then_to,
           sum(m.amount * greatest(0, least(m.to_day, now_to) - greatest(m.from_day, now_from)) / m.days) AS size,
           sum(m.amount * greatest(0, least(m.to_day, then_to) - greatest(m.from_day, then_from)) / m.days) AS size_then,
           sum(greatest(0, least(m.to_day, now_to) - greatest(m.from_day, now_from))) AS days,
           sum(greatest(0, least(m.to_day, then_to) - greatest(m.from_day, then_from))) AS days_then
    FROM cell c JOIN market_cell m ON m.region = c.region AND m.product = c.product
    GROUP BY ALL
), paired AS (
    SELECT {part} AS part, *,
           (SELECT coalesce(sum(amount), 0) FROM market_sale s WHERE s.inside AND s.region = known.region
            AND s.product = known.product AND s.day >= now_from AND s.day < now_to) AS sold,
           (SELECT coalesce(sum(amount), 0) FROM market_sale s WHERE s.inside AND s.region = known.region
            AND s.product = known.product AND s.day >= then_from AND s.day < then_to) AS sold_then
    FROM known WHERE days > 0 AND days_then > 0 AND abs(days - days_then) <= 1 AND {where}
), grown AS (
    SELECT part, sum(sold) AS sold, sum(sold_then) AS sold_then, sum(size) AS size, sum(size_then) AS size_then,
           min(then_from) >= date_trunc('month', (SELECT min(order_date) FROM orders)) AS told
    FROM paired GROUP BY part
), share AS (
    SELECT {part} AS part, coalesce(sum(abs(amount)) FILTER (inside), 0) / nullif(sum(abs(amount)), 0) AS coverage
    FROM (SELECT *, NULL AS tenure, NULL AS rep FROM market_sale)
    WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
)
SELECT g.part, CASE WHEN told AND sold_then > 0 AND size_then > 0
                    THEN 100 * ((sold - sold_then) / sold_then - (size - size_then) / size_then) END AS value,
       CASE WHEN value IS NOT NULL THEN s.coverage END AS coverage
FROM grown g LEFT JOIN share s ON s.part = g.part
