"""Pictures of the demo, drawn by code: calm scenes in the colours of each business, always the same."""

from .pictures import draw_portrait, draw_scene

__all__ = ["draw_portrait", "draw_scene"]
