"""What happened behind the screens: who did what, facts of the domain, and jobs that failed."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from horarium.modules.booking.queries import BookingFilters, PageWanted, list_bookings
from horarium.modules.payments.actions import unflag_payment
from horarium.modules.payments.queries import amount_of, list_payments
from horarium.platform.audit.queries import AuditFilters, list_entries
from horarium.platform.events.event import event_types
from horarium.platform.events.queries import list_events
from horarium.platform.jobs import queries as jobs
from horarium.platform.jobs.actions import run_again
from horarium.platform.tenancy.permissions import Permission
from horarium.platform.tenancy.queries import list_members
from horarium.web.backoffice.answers import back_to
from horarium.web.backoffice.bookings.filters import days
from horarium.web.backoffice.history import (
    action_groups,
    actor_text,
    change_text,
    changed_fields,
    channel_word,
    look_at,
)
from horarium.web.backoffice.paging import Pages, page_number
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.typed_dates import read_date

EVENTS_SHOWN = 50
_PAGES: Final = {"bk": "booking", "cus": "customer", "msg": "message"}
_JOBS: Final = {
    "messaging.send": gettext_lazy("Send a message"),
    "events.deliver": gettext_lazy("Tell others about an event"),
    "payments.refund": gettext_lazy("Send a refund"),
}


@require_GET
@member_page(Permission.EVENTS_READ)
def show_activity(request: HttpRequest, office: Office) -> HttpResponse:
    query = {key: request.GET.get(key, "").replace("\x00", "")[:40] for key in ("action", "who", "subject")}
    first, last = read_date(request.GET.get("from")), read_date(request.GET.get("to"))
    since, until = days(office, first, last)
    filters = AuditFilters(
        subject_id=query["subject"] or None,
        action=query["action"] or None,
        user_id=_user_of(office, query["who"]),
        since=since,
        until=until,
    )
    page = list_entries(office.business.pk, filters, page_number(request))
    rows = [_row(office, one) for one in page.entries]
    context = {
        "rows": rows,
        "query": query,
        "first": first,
        "last": last,
        "is_narrowed": bool(first or last or any(query.values())),
        "groups": action_groups(),
        "people": [(one.public_id, one.user.get_full_name()) for one in list_members(office.business.pk)],
        "pages": Pages.of(rows, number=page.page, size=50, more=page.has_next),
        "tabs": _tabs(office, "activity"),
    }
    return show(request, office, "backoffice/activity/log.html", context, active="activity", part="list")


@require_GET
@member_page(Permission.EVENTS_READ)
def show_events(request: HttpRequest, office: Office) -> HttpResponse:
    wanted = request.GET.get("type", "")
    names = [one.name for one in event_types()]
    wanted = wanted if wanted in names else ""
    before = request.GET.get("before", "").replace("\x00", "")[:40] or None
    found = list_events(
        office.business.pk, before=before, limit=EVENTS_SHOWN + 1, types=(wanted,) if wanted else ()
    )
    shown = found[:EVENTS_SHOWN]
    context = {
        "rows": [{"event": one, "payload": json.dumps(one.payload, ensure_ascii=False)} for one in shown],
        "next_before": shown[-1].public_id if len(found) > EVENTS_SHOWN else "",
        "wanted": wanted,
        "types": [(name, name) for name in names],
        "tabs": _tabs(office, "events"),
    }
    return show(request, office, "backoffice/activity/events.html", context, active="activity", part="list")


@require_GET
@member_page(Permission.EVENTS_READ)
def show_failures(request: HttpRequest, office: Office) -> HttpResponse:
    page = jobs.list_failures(office.business.pk, page_number(request))
    context = {
        "rows": [{"job": one, "word": _JOBS.get(one.task, one.task)} for one in page.failures],
        "pages": Pages.of(page.failures, number=page.page, size=jobs.PAGE_SIZE, total=page.total),
        "tabs": _tabs(office, "failures"),
        "may_run": office.can(Permission.SETTINGS_WRITE),
    }
    return show(request, office, "backoffice/activity/failures.html", context, active="activity")


@require_POST
@member_page(Permission.SETTINGS_WRITE)
def rerun(request: HttpRequest, office: Office, job_id: str) -> HttpResponse:
    run_again(office.business.pk, job_id, office.actor)
    return back_to(request, office.url("failures"), _("The job runs again"))


@require_GET
@member_page(Permission.PAYMENTS_READ)
def show_flagged(request: HttpRequest, office: Office) -> HttpResponse:
    """Payments that did not go as asked, until somebody says that it is settled."""
    found = list_payments(office.business.pk, flagged=True)
    first_bookings = {
        one.subject: list_bookings(
            office.business.pk, BookingFilters(order=one.subject), PageWanted(size=1)
        ).rows
        for one in found
    }
    rows = [
        {"payment": one, "amount": amount_of(one), "booking": next(iter(first_bookings[one.subject]), None)}
        for one in found
    ]
    return show(request, office, "backoffice/activity/flagged.html", {"rows": rows})


@require_POST
@member_page(Permission.PAYMENTS_WRITE)
def settle_flag(request: HttpRequest, office: Office, payment_id: str) -> HttpResponse:
    unflag_payment(office.business.pk, payment_id, actor=office.actor)
    return back_to(request, office.url("flagged"), _("Settled"))


def _user_of(office: Office, member_id: str) -> int | None:
    if not member_id:
        return None
    members = list_members(office.business.pk)
    return next((one.user.pk for one in members if one.public_id == member_id), None)


def _row(office: Office, entry: Any) -> dict[str, Any]:
    icon, hue, text = look_at(entry.action)
    name = _PAGES.get(entry.subject_id.partition("_")[0])
    return {
        "entry": entry,
        "icon": icon,
        "hue": hue,
        "text": text,
        "who": actor_text(entry),
        "channel": channel_word(entry.channel),
        "note": change_text(entry, office.zone_name, office.business.currency),
        "fields": changed_fields(entry),
        "url": office.url(name, entry.subject_id) if name else "",
    }


def _tabs(office: Office, active: str) -> list[dict[str, Any]]:
    given_up = jobs.count_given_up(office.business.pk)
    entries = (
        ("activity", _("Who did what"), None),
        ("events", _("Events"), None),
        ("failures", _("Failures"), given_up or None),
    )
    return [
        {"label": label, "url": office.url(name), "active": name == active, "count": count}
        for name, label, count in entries
    ]
