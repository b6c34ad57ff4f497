"""Time that staff have taken: training, repairs, stocktaking. Placed before any booking."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from horarium.kit.zones import instant_of, zone
from horarium.modules.availability.models import Allocation, Block
from horarium.modules.availability.rules.solver import Claim

from ..plan import BusinessPlan, minutes
from .choosing import Chooser
from .money import instant
from .tables import Table

Plan = tuple[int, str, str, tuple[str, ...], str]
"""Days from today, from, until, positions of resources by key, reason."""

BLOCKS: Final[dict[str, tuple[Plan, ...]]] = {
    "spa": (
        (-38, "10:00", "13:00", ("camila", "javiera", "francisca"), "Capacitación en aceites"),
        (-12, "15:00", "18:00", ("lenga",), "Reparación de la ducha"),
        (0, "17:00", "18:00", ("canelo",), "Entrega de productos"),
        (2, "16:00", "17:30", ("matias",), "Médico"),
        (6, "11:00", "13:00", ("coihue",), "Mantención del aire"),
        (13, "10:00", "14:00", ("alerce",), "Cambio del agua de la tina"),
    ),
    "studio": (
        (-45, "08:00", "14:00", ("grafit",), "Покраска циклорамы"),
        (-9, "10:00", "12:00", ("sever",), "Мытьё окон"),
        (0, "20:00", "21:30", ("yantar",), "Проверка камина"),
        (3, "09:00", "13:00", ("grafit",), "Покраска циклорамы"),
        (4, "12:00", "18:00", ("light-2",), "Комплект в ремонте"),
        (9, "14:00", "17:00", ("oranzhereya",), "Съёмка для нашего сайта"),
    ),
    "salon": (
        (-26, "10:00", "13:00", ("ines", "beatriz", "leonor"), "Colour training"),
        (-5, "16:00", "17:00", ("duarte",), "Interview"),
        (0, "16:00", "17:00", ("miguel",), "Stocktaking"),
        (1, "10:00", "11:00", ("tomas",), "Late start"),
        (4, "12:00", "13:30", ("rui",), "Chair repair"),
        (10, "15:00", "19:00", ("beatriz",), "Photo shoot"),
    ),
    "hotel": (
        (-71, "12:00", "16:00", ("forest-104",), "Замена душевой двери"),
        (-8, "10:00", "15:00", ("smoke-sauna",), "Чистка дымохода"),
        (0, "17:00", "19:00", ("stepan",), "Заготовка веников"),
        (2, "12:00", "16:00", ("pine-sauna",), "Замена купели"),
        (5, "09:00", "11:00", ("lake-207", "lake-208"), "Проверка балконов"),
        (11, "09:00", "20:00", ("house-2",), "Чистка печи"),
    ),
    "tours": (
        (-52, "09:00", "13:00", ("madalena", "keiko", "pilar"), "First aid course"),
        (-6, "14:00", "16:00", ("artur",), "Garage"),
        (0, "18:00", "19:00", ("pilar",), "Interview"),
        (2, "10:00", "12:00", ("mestre-lino", "workshop"), "Kiln repair"),
        (7, "07:30", "08:15", ("bus-1",), "Washing"),
        (13, "14:00", "18:00", ("keiko",), "Tasting with a new tavern"),
    ),
    "venue": (
        (-33, "10:00", "14:00", ("gran",), "Revisión de la bóveda"),
        (-4, "10:00", "12:00", ("ensayo",), "Cambio de parches"),
        (0, "16:00", "17:30", ("terraza",), "Entrega de bebidas"),
        (1, "10:00", "13:00", ("piano",), "Afinación"),
        (5, "09:00", "12:00", ("roja",), "Pulido del suelo"),
        (12, "15:00", "20:00", ("amparo",), "Grabación fuera"),
    ),
    "rental": (
        (-19, "09:00", "13:00", ("city-4", "city-5", "city-6"), "Puesta a punto"),
        (-3, "15:00", "18:00", ("ebike-3",), "Cambio de batería"),
        (0, "18:00", "19:30", ("ferran",), "Reunión con salvamento"),
        (1, "09:00", "14:00", ("double-6",), "Reparación del casco"),
        (6, "09:00", "20:00", ("single-1", "single-2"), "Escuela de verano"),
        (10, "12:00", "15:00", ("kids-3",), "Frenos"),
    ),
}


def write_blocks(plan: BusinessPlan, business_id: int, chooser: Chooser) -> None:
    blocks, allocations = Table(Block), Table(Allocation)
    keys = [one.key for one in plan.resources]
    resources = sorted(chooser.catalog.resources.values(), key=lambda one: one.position)
    tz = zone(plan.time_zone)
    for days, begins, finishes, names, reason in BLOCKS[plan.slug]:
        day = chooser.today + timedelta(days=days)
        starts = instant_of(day, minutes(begins), tz)
        ends = instant_of(day, minutes(finishes), tz)
        key = blocks.add(
            business_id=business_id,
            starts_at=starts,
            ends_at=ends,
            reason=reason,
            created_at=min(instant(int(starts.timestamp()) - 8 * 86400), chooser.now),
        )
        for name in names:
            resource_id = resources[keys.index(name)].id
            first, last = int(starts.timestamp()), int(ends.timestamp())
            chooser.occupancy.take([Claim(resource_id=resource_id, need_id=0, starts=first, ends=last)])
            allocations.add(
                business_id=business_id,
                resource_id=resource_id,
                during=f"[{starts.isoformat()},{ends.isoformat()})",
                state="taken",
                owner_kind="block",
                owner_id=key,
            )
    blocks.write()
    allocations.write()
