"""What sales data is: canonical tables, dimensions, the calendar, tenure and the relations derived from them."""
