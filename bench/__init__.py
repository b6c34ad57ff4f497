"""Measurements beside their floors: what the product needs against what the machine could do at best.

Run with `make bench`. Every figure is measured in the same run as its floor: a bare django-ninja request with one
query, or with one insert into a table with the same exclusion constraint, on the same server with as many
processes and threads. Only the ratios travel between machines.
"""
