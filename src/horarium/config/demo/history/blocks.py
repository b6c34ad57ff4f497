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
