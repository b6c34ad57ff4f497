"""Businesses of each kind to look at: their catalogue, pictures, and a year of bookings around the present day."""

from .filling import DemoBusiness, fill_demo, is_demo_filled

__all__ = ["DemoBusiness", "fill_demo", "is_demo_filled"]
