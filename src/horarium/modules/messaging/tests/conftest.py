"""Orders to tell about. Models are imported late: this file may be read before Django is set up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.modules.booking.rules import Agreed
from horarium.modules.catalog.rules import usual_terms

if TYPE_CHECKING:
    from horarium.modules.booking.models import Order
    from horarium.platform.tenancy.models import Business

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
START = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def business(settings: Any, db: None) -> Iterator[Business]:
    """A salon in Lisbon whose clock stands at NOW."""
    from tests.factories import make_business

    settings.PUBLIC_URL = "https://book.example.org"
    settings.DEFAULT_FROM_EMAIL = "Horarium <no-reply@example.org>"
    made = make_business(
        name="Salon Tejo",
        slug="salon",
        email="hello@tejo.example.org",
        phone="+351 21 234 5678",
        brand_color="#aa3355",
        translations={"ru": {"name": "Салон Тежу"}},
    )
    with scope(business=made.pk), frozen(NOW):
        yield made


Place = Callable[..., "Order"]


@pytest.fixture
def place(business: Business) -> Place:
    """Writes an order of one or more bookings in a given state."""
    from horarium.modules.customers.models import Customer
    from tests.factories import make_booking, make_location, make_offering, make_order, make_resource

    location = make_location(
        business,
        name="Baixa",
        address="Rua Augusta 1",
        city="Lisboa",
        translations={"ru": {"name": "Байша", "city": "Лиссабон"}},
    )
    person = make_resource(location, name="Inês")
    offering = make_offering(
        location, name="Haircut", translations={"ru": {"name": "Стрижка"}, "es": {"name": "Corte"}}
    )
    customer = Customer.objects.create(business=business, name="Anna", created_at=NOW)

    def place_order(
        *, state: str = "confirmed", starts: tuple[datetime, ...] = (START,), **fields: Any
    ) -> Order:
        values = {"customer": customer, "created_at": NOW, "total_minor": 4500 * len(starts), **fields}
        order = make_order(business, **values)
        for start in starts:
            make_booking(
                order,
                offering,
                start,
                resources=[person],
                ends_at=start + timedelta(minutes=90),
                state=state,
                total_minor=4500,
                terms=Agreed(usual_terms(24)).as_json(),
                confirmed_at=NOW if state == "confirmed" else None,
            )
        return order

    return place_order
