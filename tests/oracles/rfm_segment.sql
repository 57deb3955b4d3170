-- Customers with a purchase in the 365 days to the last day; none where these are fewer than twenty in all.
WITH customer_today AS (FROM standing_on($last_day))
SELECT {part} AS part, CASE WHEN (SELECT count(*) FROM customer_today WHERE purchases > 0) >= 20 THEN count(*) FILTER (purchases > 0) END AS value
FROM customer_today WHERE {where} GROUP BY ALL
