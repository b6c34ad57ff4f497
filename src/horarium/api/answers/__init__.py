"""From the product's values to JSON: plain functions, because answers are too many for schemas at run time."""
