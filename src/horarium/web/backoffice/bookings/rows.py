"""Bookings as the screens show them: in the reader's language, and only those that the member may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import get_language

from horarium.kit.money import Money
from horarium.modules.booking.queries import (
    BookingFilters,
    BookingRow,
    PageWanted,
    count_bookings,
    find_booking_row,
    list_bookings,
)
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.modules.resources.rules import ResourceFacts
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.shell import Office

_VOID = ("cancelled", "expired")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list with its names in the reader's language; everything else is the row's."""

    row: BookingRow
    offering: str
    resources: str

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def state(self) -> str:
        return self.row.state

    @property
    def start(self) -> datetime:
        return self.row.start

    @property
    def end(self) -> datetime:
        return self.row.end

    @property
    def zone(self) -> str:
        return self.row.time_zone

    @property
    def name(self) -> str:
        return self.row.contact_name

    @property
    def price(self) -> Money:
        return self.row.price

    @property
    def payment(self) -> str:
        return self.row.payment_state

    @property
    def is_void(self) -> bool:
        """Whether it takes no time any more."""
        return self.row.state in _VOID

    @property
    def rest(self) -> Money:
        """What is unpaid of the order."""
        return max(self.row.order_total - self.row.paid, Money.zero(self.row.price.currency))


def resource_name(resource: ResourceFacts) -> str:
    return resource.translations.get((get_language() or "en").split("-")[0], {}).get("name") or resource.name


def visible(office: Office, filters: BookingFilters) -> BookingFilters:
    """A specialist sees only what their own resources serve (T-42)."""
    if office.can(Permission.BOOKINGS_READ):
        return filters
    return replace(filters, member_id=office.member.pk)


def find_visible(office: Office, booking_id: str) -> BookingRow | None:
    """A booking that this member may see."""
    if office.can(Permission.BOOKINGS_READ):
        return find_booking_row(office.business.pk, booking_id)
    own = list_bookings(office.business.pk, visible(office, BookingFilters(search=booking_id)))
    return next((one for one in own.rows if one.id == booking_id), None)


def list_lines(office: Office, filters: BookingFilters, page: PageWanted) -> list[Line]:
    """A page of lines: two statements, and the catalogue from memory."""
    found = list_bookings(office.business.pk, visible(office, filters), page)
    return lines_of_rows(office, found.rows)


def count_lines(office: Office, filters: BookingFilters) -> int:
    return count_bookings(office.business.pk, visible(office, filters))


def lines_of_rows(office: Office, rows: Iterable[BookingRow]) -> list[Line]:
    catalog = get_current_catalog(office.business.pk)
    return [Line(row, offering_name(catalog, row), resource_names(catalog, row)) for row in rows]


def offering_name(catalog: Catalog, row: BookingRow) -> str:
    offering = catalog.offerings.get(row.offering_id)
    return offering.text("name", get_language() or "en") if offering else row.offering_name


def resource_names(catalog: Catalog, row: BookingRow) -> str:
    known = [(catalog.find_resource(one.id), one.name) for one in row.resources]
    return ", ".join(resource_name(resource) if resource else name for resource, name in known)
