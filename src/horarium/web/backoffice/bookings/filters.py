"""What a list of bookings is narrowed to. All of it stands in the address, so that it can be kept and sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from horarium.kit.zones import instant_of, local_date_of
from horarium.modules.booking.models import BookingState
from horarium.modules.booking.queries import BookingFilters
from horarium.web.backoffice.shell import Office
from horarium.web.components.typed_dates import read_date

PERIODS: Final = ("upcoming", "today", "tomorrow", "week", "past", "all")
SORTS: Final = ("start", "-start", "-created")
_LONGEST_SEARCH: Final = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """As it came in the address, with everything unknown left out. `first`, `last`: local dates, both included."""

    period: str = "upcoming"
    state: str = ""
    resource: str = ""
    offering: str = ""
    search: str = ""
    sort: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Filters:
        first, last = read_date(query.get("from")), read_date(query.get("to"))
        period = query.get("period", "")
        search = " ".join(str(query.get("q", "")).replace("\x00", " ").split())[:_LONGEST_SEARCH]
        usual = "all" if search else "upcoming"
        state = query.get("state", "")
        sort = query.get("sort", "")
        return cls(
            period="custom" if first or last else period if period in PERIODS else usual,
            state=state if state in BookingState.values else "",
            resource=_word(query.get("resource")),
            offering=_word(query.get("offering")),
            search=search,
            sort=sort if sort in SORTS else "",
            first=first,
            last=last,
        )

    @property
    def order(self) -> str:
        """What comes next stands first; what is over, newest first."""
        return self.sort or ("-start" if self.period in ("past", "all") else "start")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.state or self.resource or self.offering or self.search or self.first or self.last)


def _word(text: Any) -> str:
    return str(text or "").replace("\x00", "")[:40]


def as_query(office: Office, filters: Filters, now: datetime) -> BookingFilters:
    since, until = bounds(office, filters, now)
    return BookingFilters(
        states=(filters.state,) if filters.state else (),
        since=since,
        until=until,
        resource=filters.resource,
        offering=filters.offering,
        search=filters.search,
    )


def bounds(office: Office, filters: Filters, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The instants between which bookings start; None is open."""
    today = local_date_of(now, office.tz)
    day = timedelta(days=1)
    match filters.period:
        case "today":
            return days(office, today, today)
        case "tomorrow":
            return days(office, today + day, today + day)
        case "week":
            return days(office, today, today + 6 * day)
        case "upcoming":
            return days(office, today, None)
        case "past":
            return None, now
        case "custom":
            return days(office, filters.first, filters.last)
        case _:
            return None, None


def days(office: Office, first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    """From the midnight of one local date to the midnight after another."""
    since = instant_of(first, 0, office.tz) if first else None
    return since, instant_of(last + timedelta(days=1), 0, office.tz) if last else None


def period_words() -> list[tuple[str, str]]:
    return [
        ("upcoming", _("Upcoming")),
        ("today", _("Today")),
        ("tomorrow", _("Tomorrow")),
        ("week", _("7 days")),
        ("past", _("Past")),
        ("all", _("All")),
    ]
