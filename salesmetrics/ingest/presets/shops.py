"""Exports of shops and payments whose headers mislead: totals of an order repeated on its lines, a price that is a total.

Sources: the help pages of Shopify (orders CSV), Amazon Seller Central (all orders report), Stripe (payments) and
the order export of WooCommerce as generally known.
"""

from __future__ import annotations

from salesmetrics.i18n import noop as _
from salesmetrics.ingest.presets.preset import Preset

SHOPS: tuple[Preset, ...] = (
    Preset(
        "Shopify", _("orders"), "orders",
        (("Lineitem quantity", "Lineitem price", "Name"), ("Financial Status", "Lineitem name", "Lineitem price")),
        {
            "order_id": ("Name",), "order_date": ("Created at",), "customer_id": ("Email",),
            "customer_name": ("Billing Name",), "status": ("Financial Status",), "currency": ("Currency",),
            "quantity": ("Lineitem quantity",), "product": ("Lineitem name",), "product_id": ("Lineitem sku",),
            "unit_price": ("Lineitem price",), "discount": ("Lineitem discount",), "channel": ("Source",),
            "rep_name": ("Employee",), "region": ("Location",),
        },
        # These are of the whole order and stand on its first line only.
        ("Subtotal", "Total", "Shipping", "Taxes", "Discount Amount", "Discount Code", "Refunded Amount", "Paid at",
         "Fulfilled at", "Fulfillment Status", "Lineitem compare at price", "Lineitem fulfillment status", "Vendor",
         "Id", "Outstanding Balance", "Shipping Name", "Billing Company", "Shipping Company", "Billing City",
         "Shipping City", "Billing Country", "Shipping Country", "Cancelled at", "Payment Method", "Tags", "Notes",
         "Payment Reference", "Receipt Number", "Device ID"),
    ),
    Preset(
        "WooCommerce", _("orders"), "orders",
        (("Order Number", "Item Cost", "Order Total Amount"), ("Order Number", "Order Subtotal Amount", "Item Name")),
        {
            "order_id": ("Order Number",), "order_date": ("Order Date",), "status": ("Order Status",),
            "customer_id": ("Customer User ID", "Email (Billing)"), "customer_name": ("Company (Billing)",),
            "product": ("Item Name",), "product_id": ("SKU",), "quantity": ("Quantity", "Quantity (- Refund)"),
            "unit_price": ("Item Cost",),
        },
        # Totals and discounts of the order stand on each of its lines.
        ("Order Total Amount", "Order Subtotal Amount", "Order Total Tax Amount", "Order Shipping Amount",
         "Order Refund Amount", "Cart Discount Amount", "Discount Amount", "Discount Amount Tax", "Item #",
         "City (Billing)", "City (Shipping)", "Coupon Code", "Customer Note", "Shipping Method Title",
         "Payment Method Title", "First Name (Billing)", "Last Name (Billing)"),
    ),
    Preset(
        "Seller Central", _("orders"), "orders",
        (("amazon-order-id", "purchase-date", "item-price"),),
        {
            "order_id": ("amazon-order-id",), "order_date": ("purchase-date",), "status": ("order-status",),
            "channel": ("sales-channel",), "product": ("product-name",), "product_id": ("sku", "asin"),
            "quantity": ("quantity",), "currency": ("currency",), "amount": ("item-price",),
        },
        # The price of an item is that of all its pieces, before promotions, which are counted apart.
        ("merchant-order-id", "last-updated-date", "order-channel", "fulfillment-channel", "item-status", "item-tax",
         "shipping-price", "shipping-tax", "item-promotion-discount", "ship-promotion-discount", "ship-city",
         "ship-state", "ship-country", "ship-postal-code", "ship-service-level", "promotion-ids"),
    ),
    Preset(
        "Stripe", _("payments"), "orders",
        (("id", "Created (UTC)", "Amount", "Amount Refunded"), ("id", "Created date (UTC)", "Amount", "Seller Message")),
        {
            "order_id": ("id",), "order_date": ("Created date (UTC)", "Created (UTC)"), "amount": ("Amount",),
            "currency": ("Currency",), "status": ("Status",), "customer_id": ("Customer ID", "Customer Email"),
        },
        ("Converted Amount", "Converted Amount Refunded", "Converted Currency", "Amount Refunded", "Fee",
         "Taxes On Fee", "Tax", "Mode", "Invoice ID", "Description", "Customer Description", "Seller Message",
         "Statement Descriptor", "Card ID", "Transfer", "Transfer Date (UTC)", "Refunded date (UTC)"),
    ),
)  # fmt: skip
"""What shops export."""
