"""Pages of lists: never an error, whatever number stands in the address."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a list: numbers of the neighbouring pages (None: there is none), and a line that says it."""

    previous: int | None
    next: int | None
    summary: str

    @classmethod
    def of(
        cls,
        rows: Sized,
        *,
        number: int,
        size: int,
        total: int | None = None,
        most: int = 0,
        more: bool = False,
    ) -> Pages:
        """`total` is exact below `most`, "more than" from there on; None where nobody counted (then `more`)."""
        first = (number - 1) * size + 1
        last = first + len(rows) - 1
        has_next = (
            more if total is None else last < total or (bool(most) and total >= most and len(rows) == size)
        )
        return cls(
            previous=number - 1 if number > 1 else None,
            next=number + 1 if has_next else None,
            summary=_summary(first, last, total, most) if len(rows) else "",
        )


def _summary(first: int, last: int, total: int | None, most: int) -> str:
    span: dict[str, int] = {"start": first, "end": last}
    if total is None:
        return _("%(start)s–%(end)s") % span
    if most and total >= most:
        return _("%(start)s–%(end)s of more than %(total)s") % {**span, "total": most}
    return _("%(start)s–%(end)s of %(total)s") % {**span, "total": total}


def page_number(request: HttpRequest) -> int:
    try:
        return min(max(1, int(request.GET.get("page", "1"))), 100_000)
    except ValueError:
        return 1
