"""What the form of an offering has for its mode only: slots have lengths, stays have nights, sessions have places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from horarium.kit.errors import InvalidInput
from horarium.modules.catalog.models import Mode, Offering
from horarium.modules.catalog.rules import duration_range
from horarium.web.backoffice.entered import Entered, clock_of, minute_of, refusal_text

UNITS: Final = {"minutes": 1, "hours": 60, "days": 1440}
MODES: Final[dict[str, tuple[str | Promise, str | Promise, str]]] = {
    Mode.SLOT: (
        gettext_lazy("Time slots"),
        gettext_lazy("A start and a length: a massage, an hour of a hall, a haircut."),
        "clock",
    ),
    Mode.STAY: (
        gettext_lazy("Nights"),
        gettext_lazy("Arrival and departure: a room, a cabin, a flat."),
        "bed-double",
    ),
    Mode.SESSION: (
        gettext_lazy("Dated sessions"),
        gettext_lazy("Places on a date that you set: a tour, a class, an event."),
        "ticket",
    ),
}
_USUAL: Final = {"hotel": Mode.STAY, "tours": Mode.SESSION, "events": Mode.SESSION}


def usual_mode(business_type: str) -> str:
    return _USUAL.get(business_type, Mode.SLOT)


def mode_of(entered: Entered) -> str:
    mode = entered.text("mode")
    return mode if mode in MODES else Mode.SLOT


def blank_mode(mode: str) -> dict[str, Any]:
    if mode == Mode.STAY:
        return {"check_in": "15:00", "check_out": "12:00", "party_max": 2, "included_guests": 2}
    if mode == Mode.SESSION:
        return {"duration": 60, "capacity": 10, "party_max": 10, "starts_kind": "grid"}
    return {"duration_kind": "fixed", "duration": 60, "starts_kind": "grid", "repeats_up_to": 1}


def typed_mode(offering: Offering) -> dict[str, Any]:
    if offering.mode == Mode.STAY:
        return {
            "check_in": clock_of(offering.check_in_minute),
            "check_out": clock_of(offering.check_out_minute),
            "included_guests": offering.included_guests,
        }
    starts = {
        "grid_minutes": offering.grid_minutes,
        "starts_kind": "fixed" if offering.fixed_starts else "grid",
        "fixed_starts": ", ".join(clock_of(one) for one in sorted(offering.fixed_starts)),
    }
    if offering.mode == Mode.SESSION:
        places = {"capacity": offering.capacity, "is_shared": offering.is_shared}
        return {"duration": offering.durations[0], **places, **starts}
    return _typed_durations(offering.durations) | starts | {"repeats_up_to": offering.repeats_up_to}


def read_mode(entered: Entered) -> dict[str, Any]:
    mode = mode_of(entered)
    if mode == Mode.STAY:
        return {"mode": mode, **_read_stay(entered)}
    fields: dict[str, Any] = {"mode": mode, "grid_minutes": entered.whole("grid_minutes")}
    fields["fixed_starts"] = _starts(entered) if entered.text("starts_kind") == "fixed" else []
    if mode == Mode.SLOT:
        repeats = entered.whole("repeats_up_to") or 1
        return {**fields, "durations": _durations(entered), "repeats_up_to": repeats}
    minutes = entered.whole("duration", needed=True)
    fields |= {"durations": [] if minutes is None else [minutes], "is_shared": entered.flag("is_shared")}
    return {**fields, "capacity": entered.whole("capacity", needed=True) or 1}


def first_price(entered: Entered, currency: str) -> int | None:
    """What a night or the first kind of ticket costs, as far as a new offering says."""
    return None if mode_of(entered) == Mode.SLOT else entered.money("first_price", currency)


def _read_stay(entered: Entered) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("check_in", "check_out"):
        minute = entered.minute(name)
        if minute is None:
            entered.wrong(name, _("This is needed."))
        found[f"{name}_minute"] = minute or 0
    return {**found, "included_guests": entered.whole("included_guests", needed=True) or 1}


def _durations(entered: Entered) -> list[int]:
    kind = entered.text("duration_kind")
    if kind == "several":
        return _numbers(entered, "durations")
    if kind == "range":
        shortest, longest, step = (
            entered.whole(name, needed=True) for name in ("duration_from", "duration_to", "duration_step")
        )
        if shortest is None or longest is None or step is None:
            return []
        try:
            return duration_range(shortest, longest, step)
        except InvalidInput as error:
            entered.wrong("duration_to", refusal_text(error))
            return []
    minutes = entered.whole("duration", needed=True)
    return [] if minutes is None else [minutes]


def _numbers(entered: Entered, name: str) -> list[int]:
    pieces = entered.text(name).replace(";", ",").replace(",", " ").split()
    if not pieces or any(not (one.isascii() and one.isdigit()) or len(one) > 5 for one in pieces):
        entered.wrong(name, _("Minutes with commas between them, such as 60, 90, 120."))
        return []
    return [int(one) for one in pieces]


def _starts(entered: Entered) -> list[int]:
    minutes = [minute_of(one) for one in entered.text("fixed_starts").replace(",", " ").split()]
    if not minutes or None in minutes:
        entered.wrong("fixed_starts", _("Times with commas between them, such as 10:00, 12:30."))
        return []
    return [one for one in minutes if one is not None]


def _typed_durations(durations: Sequence[int]) -> dict[str, Any]:
    if len(durations) == 1:
        return {"duration_kind": "fixed", "duration": durations[0]}
    step = durations[1] - durations[0]
    if len(durations) > 2 and list(durations) == list(range(durations[0], durations[-1] + 1, step)):
        ends = {"duration_from": durations[0], "duration_to": durations[-1]}
        return {"duration_kind": "range", **ends, "duration_step": step}
    return {"duration_kind": "several", "durations": ", ".join(str(one) for one in durations)}
