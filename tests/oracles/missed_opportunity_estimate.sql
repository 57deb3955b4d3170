WITH asked AS (
    SELECT {part} AS part, *,
           CASE WHEN wait_us < 0 THEN NULL WHEN wait_us <= minutes(60) THEN 0 WHEN wait_us <= minutes(4 * 60) THEN 1
                WHEN wait_us <= minutes(24 * 60) THEN 2 WHEN wait_us <= minutes(72 * 60) THEN 3
                WHEN wait_us IS NOT NULL THEN 4 END AS bucket,
           day + 90 <= getvariable('as_of') AND coalesce(converted_on >= day, TRUE) AS mature,
           coalesce(converted_on <= day + 90, FALSE) AS converted
    FROM prospect WHERE day >= $start AND day < $end AND {where}
), never AS (
    SELECT part, count(*) FILTER (answered_at IS NULL AND age_us > minutes(72 * 60))
           * count(*) FILTER (bucket IS NOT NULL AND mature AND converted)
           / nullif(count(*) FILTER (bucket IS NOT NULL AND mature), 0) AS customers
    FROM asked GROUP BY part
), judged AS (
    SELECT part, bucket, count(*) AS asked, count(*) FILTER (mature AND converted) / count(*) FILTER (mature) AS rate
    FROM asked WHERE bucket IS NOT NULL GROUP BY part, bucket HAVING count(*) FILTER (mature) >= 30
), late AS (
    SELECT l.part, sum(l.asked * greatest(s.rate - l.rate, 0)) AS customers
    FROM judged l JOIN judged s ON s.part = l.part AND s.bucket = 0 WHERE l.bucket > 0 GROUP BY l.part
), worth AS (
    SELECT {part} AS part, CAST(sum(amount) AS DOUBLE) / count(DISTINCT buyer) FILTER (kind = 'sale') AS each
    FROM (SELECT l.* EXCLUDE (buyer), o.buyer, o.first_on, o.lead_source FROM order_line l JOIN origin o ON o.buyer = l.customer)
    WHERE sold_on = first_on AND sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
)
SELECT n.part, (n.customers + coalesce(l.customers, 0)) * w.each AS value
FROM never n JOIN worth w ON w.part = n.part LEFT JOIN late l ON l.part = n.part
