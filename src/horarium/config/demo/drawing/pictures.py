"""The pictures by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from . import halls, lakes, nature, salon_scenes, shores, stages, towns
from .canvas import Canvas, Color, color_of
from .portrait import STYLES, portrait

Scene = Callable[[Canvas, Color], None]

SCENES: Final[dict[str, Scene]] = {
    "forest": nature.forest,
    "massage": nature.dunes,
    "hands": partial(nature.dunes, turn=-0.27),
    "stones": nature.stones,
    "couple": partial(nature.stones, piles=(450.0, 790.0)),
    "leaves": nature.leaves,
    "water": nature.water,
    "clay": nature.clay,
    "moon": nature.moon,
    "cabin-dusk": partial(nature.cabin, light=0.55),
    "cabin-night": partial(nature.cabin, light=0.05),
    "cabin-amber": partial(nature.cabin, light=0.32),
    "cabin-morning": partial(nature.cabin, light=0.85),
    "cabin-double": partial(nature.cabin, light=0.3, tables=2),
    "portrait": partial(halls.sitting, style="long"),
    "portrait-business": partial(halls.sitting, style="beard"),
    "hall-north": halls.north,
    "hall-amber": halls.amber,
    "hall-graphite": halls.graphite,
    "hall-green": halls.green,
    "salon": salon_scenes.mirrors,
    "scissors": salon_scenes.scissors,
    "comb": salon_scenes.comb,
    "bubbles": salon_scenes.bubbles,
    "veil": salon_scenes.veil,
    "pole": salon_scenes.stripes,
    "razor": salon_scenes.razor,
    "wind": partial(salon_scenes.strands, turns=1.15, height=70, turn=0.54, sheen=0.35),
    "strands": partial(salon_scenes.strands, turns=0.35, height=40, turn=0.52),
    "waves": partial(salon_scenes.strands, turns=1.8, height=44, turn=0.56, sheen=0.75),
    "gloss": partial(salon_scenes.strands, turns=0.7, height=90, turn=0.42),
    "silk": partial(salon_scenes.strands, turns=0.22, height=110, turn=0.5, sheen=0.3),
    "lake-dusk": lakes.lake,
    "lake-house": lakes.house,
    "room-forest": partial(lakes.room, view="forest"),
    "room-lake": partial(lakes.room, view="lake"),
    "room-family": partial(lakes.room, view="roof", beds=2),
    "sauna": lakes.sauna,
    "honey": lakes.jar,
    "berries": lakes.berries,
    "wool": partial(nature.dunes, turn=0.46),
    "old-town": towns.old_town,
    "lamp": towns.lamp,
    "palace": towns.palace,
    "cliffs": towns.cliffs,
    "tiles": towns.tiles,
    "minibus": towns.minibus,
    "map": towns.town_map,
    "stage": stages.stage,
    "hall-red": stages.red_hall,
    "terrace": stages.terrace,
    "rehearsal": stages.rehearsal,
    "flamenco": stages.flamenco,
    "drums": stages.drums,
    "record": stages.record,
    "shirt": stages.shirt,
    "cup": stages.cup,
    "bay": shores.bay,
    "bicycle": shores.bicycle,
    "ebike": partial(shores.bicycle, is_electric=True),
    "bicycle-small": partial(shores.bicycle, size=0.72),
    "kayak": shores.kayak,
    "kayak-double": partial(shores.kayak, seats=2),
    "sun": shores.sun,
    "waves-deep": shores.deep_waves,
}


def draw_scene(name: str, color: str) -> bytes:
    """A picture of 1200 × 800 in the colours around `color`."""
    canvas = Canvas(1200, 800, seed=name)
    SCENES[name](canvas, color_of(color))
    return canvas.finish()


def draw_portrait(style: str, color: str, *, seed: str) -> bytes:
    """A square portrait in one of the `STYLES`; the same seed gives the same picture."""
    if style not in STYLES:
        raise ValueError(f"no such portrait: {style}")
    canvas = Canvas(800, 800, seed=seed)
    portrait(canvas, color_of(color), style=style)
    return canvas.finish(vignette=0.12, grain=0.03)
