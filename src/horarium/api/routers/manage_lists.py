"""Staff's look at customers, payments, messages, events and the audit log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from horarium.api import etags
from horarium.api.answers.staff import audit_json, customer_json, event_json, message_json, payment_row_json
from horarium.api.auth import ApiKey, staff_of
from horarium.api.pagination import page_json, tail_json
from horarium.api.schemas import manage as given
from horarium.api.schemas import staff_answers as shown
from horarium.modules.customers.actions import update_customer
from horarium.modules.customers.queries import get_customer, list_customers
from horarium.modules.customers.rules import read_contact
from horarium.modules.messaging.queries import list_messages
from horarium.modules.payments.queries import get_payment, list_payments, view_of
from horarium.platform.audit.queries import PAGE_SIZE, AuditFilters, list_entries
from horarium.platform.events.queries import list_events
from horarium.platform.tenancy.permissions import Permission

router = Router(tags=["Staff: customers, money, logs"])


@router.get(
    "/customers", auth=ApiKey(Permission.CUSTOMERS_READ), response=shown.CustomerPage, summary="Customers"
)
def get_customers(request: HttpRequest, business: Path[str], query: Query[given.SearchQuery]) -> HttpResponse:
    found = list_customers(
        staff_of(request).business_id, search=query.search, page=query.page, page_size=query.page_size
    )
    page = page_json(
        (customer_json(one) for one in found.customers),
        page=found.page,
        page_size=found.page_size,
        has_next=found.page < found.pages,
    )
    return etags.private(request, {**page, "total": found.total})


@router.get(
    "/customers/{public_id:customer}",
    auth=ApiKey(Permission.CUSTOMERS_READ),
    response=shown.CustomerAnswer,
    summary="A customer",
)
def get_one_customer(request: HttpRequest, business: Path[str], customer: str) -> HttpResponse:
    return etags.private(request, customer_json(get_customer(staff_of(request).business_id, customer)))


@router.patch(
    "/customers/{public_id:customer}",
    auth=ApiKey(Permission.CUSTOMERS_WRITE),
    response=shown.CustomerAnswer,
    summary="Change",
)
def change_customer(
    request: HttpRequest, business: Path[str], customer: str, change: given.CustomerChange
) -> HttpResponse:
    staff = staff_of(request)
    known = get_customer(staff.business_id, customer)
    contact = read_contact(
        name=known.name if change.name is None else change.name,
        email=known.email if change.email is None else change.email,
        phone=known.phone if change.phone is None else change.phone,
        country=staff.business.country,
    )
    notes = known.notes if change.notes is None else change.notes
    update_customer(staff.business_id, customer, contact=contact, notes=notes, actor=staff.actor)
    return etags.made(customer_json(get_customer(staff.business_id, customer)), status=200)


@router.get(
    "/payments", auth=ApiKey(Permission.PAYMENTS_READ), response=shown.PaymentTail, summary="Payments"
)
def get_payments(
    request: HttpRequest, business: Path[str], query: Query[given.PaymentsQuery]
) -> HttpResponse:
    """The newest first; `flagged`: only those that a person should look at."""
    business_id = staff_of(request).business_id
    before = get_payment(business_id, query.before).pk if query.before else None
    found = list_payments(business_id, flagged=query.flagged, before_id=before, limit=query.limit + 1)
    rows = [payment_row_json(view_of(one)) for one in found]
    return etags.private(request, tail_json(rows, query.limit))


@router.get(
    "/messages", auth=ApiKey(Permission.MESSAGES_READ), response=shown.MessagePage, summary="Messages"
)
def get_messages(
    request: HttpRequest, business: Path[str], query: Query[given.MessagesQuery]
) -> HttpResponse:
    found = list_messages(
        staff_of(request).business_id,
        page=query.page,
        search=query.search,
        state=query.state,
        page_size=query.page_size,
    )
    page = page_json(
        (message_json(one) for one in found.messages),
        page=found.page,
        page_size=found.page_size,
        has_next=found.page < found.pages,
    )
    return etags.private(request, {**page, "total": found.total})


@router.get("/events", auth=ApiKey(Permission.EVENTS_READ), response=shown.EventTail, summary="Events log")
def get_events(request: HttpRequest, business: Path[str], query: Query[given.EventsQuery]) -> HttpResponse:
    """Facts of the business, the newest first."""
    found = list_events(
        staff_of(request).business_id,
        before=query.before or None,
        limit=query.limit + 1,
        types=tuple(query.type),
    )
    return etags.private(request, tail_json([event_json(one) for one in found], query.limit))


@router.get("/audit", auth=ApiKey(Permission.EVENTS_READ), response=shown.AuditPage, summary="Audit log")
def get_audit(request: HttpRequest, business: Path[str], query: Query[given.AuditQuery]) -> HttpResponse:
    """Who did what, to what, from where; before and after."""
    filters = AuditFilters(subject_id=query.subject or None, action=query.action or None)
    found = list_entries(staff_of(request).business_id, filters, query.page)
    rows = [audit_json(one) for one in found.entries]
    page = page_json(rows, page=found.page, page_size=PAGE_SIZE, has_next=found.has_next)
    return etags.private(request, page)
