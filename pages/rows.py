"""Which rows make this number, and do they add up to it?"""

from ui import datasets, rows_page, shell

rows_page.draw(datasets.current(), shell.selection())
