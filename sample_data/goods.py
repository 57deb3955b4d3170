"""What the sample company sells: furniture and equipment for offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sample_data.chance import Dice
from sample_data.seasons import FIRST, LAST

_CATALOGUE = """
Seating|Task chairs|Alto Task Chair|289|9;Seating|Task chairs|Alto Mesh Chair|349|8
Seating|Task chairs|Brio Chair|199|9
Seating|Executive chairs|Regent Chair|690|3;Seating|Executive chairs|Regent Leather Chair|990|2
Seating|Guest chairs|Nook Guest Chair|149|6;Seating|Lounge|Cove Sofa|1490|2
Desks|Fixed desks|Plank Desk 140|320|6;Desks|Fixed desks|Plank Desk 180|390|6
Desks|Standing desks|Rise Desk 140|640|8;Desks|Standing desks|Rise Desk 180|740|7
Desks|Standing desks|Rise Duo Bench|1390|4|2024-04-15;Desks|Fixed desks|Corner Desk|460|3
Storage|Cabinets|Filing Cabinet 2|210|5;Storage|Cabinets|Filing Cabinet 4|330|4;Storage|Lockers|Locker Row 6|720|3
Storage|Shelving|Ladder Shelf|170|5;Storage|Cabinets|Mobile Pedestal|160|7
Meeting|Tables|Forum Table 6|880|4;Meeting|Tables|Forum Table 12|1780|3;Meeting|Tables|Standing Table|420|4
Meeting|Boards|Glass Board|260|5;Meeting|Boards|Mobile Whiteboard|340|4
Meeting|Booths|Focus Pod One|3200|5|2023-09-04;Meeting|Booths|Focus Pod Four|5600|5|2025-02-03
Lighting|Desk lamps|Beam Desk Lamp|79|8;Lighting|Desk lamps|Beam Desk Lamp Pro|129|6
Lighting|Floor lamps|Halo Floor Lamp|240|4;Lighting|Ceiling|Halo Pendant|310|3
Acoustics|Screens|Hush Desk Screen|120|7;Acoustics|Screens|Hush Floor Screen|380|4
Acoustics|Panels|Hush Wall Panel Set|290|5|2023-05-08;Acoustics|Panels|Hush Ceiling Baffles|450|3|2025-06-16
Accessories|Arms and stands|Monitor Arm|99|10;Accessories|Arms and stands|Dual Monitor Arm|169|7
Accessories|Power|Desk Power Strip|49|9;Accessories|Power|Cable Tray|29|9
Accessories|Comfort|Footrest|39|6;Accessories|Comfort|Standing Mat|69|7;Accessories|Comfort|Laptop Stand|45|8
"""


@dataclass(frozen=True)
class Product:
    """One product; `popularity` is how often it is chosen against the others."""

    product_id: str
    name: str
    category: str
    subcategory: str
    list_price: float
    unit_cost: float
    popularity: float
    launched: date | None

    def price(self, day: date) -> float:
        """Give the list price on `day`: 3 % less for each year before the last."""
        return round(self.list_price * 0.97 ** (LAST.year - day.year), 2)

    def cost(self, day: date) -> float:
        """Give the cost of one unit on `day`: 4 % less for each year before the last."""
        return round(self.unit_cost * 0.96 ** (LAST.year - day.year), 2)


def catalogue(dice: Dice) -> list[Product]:
    """Make the forty products, five of them launched in the time that the files cover."""
    rows = [entry.split("|") for line in _CATALOGUE.split("\n") for entry in line.split(";") if entry]
    return [
        Product(
            product_id=f"P{number:02d}",
            name=row[2],
            category=row[0],
            subcategory=row[1],
            list_price=float(row[3]),
            unit_cost=round(float(row[3]) * dice.between(0.50, 0.68), 2),
            popularity=float(row[4]),
            launched=date.fromisoformat(row[5]) if len(row) > 5 else None,
        )
        for number, row in enumerate(rows, start=1)
    ]


def choose(products: list[Product], day: date, money: float, dice: Dice) -> Product:
    """Choose a product on sale on `day` that somebody with `money` to spend would buy."""
    on_sale = [product for product in products if (product.launched or FIRST) <= max(day, FIRST)]
    fitting = [product for product in on_sale if product.list_price <= money]
    if not fitting:
        fitting = sorted(on_sale, key=lambda product: product.list_price)[:5]
    # Larger budgets lean to larger items: nobody fills a floor with cable trays.
    return dice.pick(fitting, [product.popularity * product.list_price**0.25 for product in fitting])
