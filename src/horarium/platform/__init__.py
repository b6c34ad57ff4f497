"""Machinery that knows Django and nothing of the business."""
