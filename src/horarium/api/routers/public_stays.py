"""Stays by their dates: where one may end, and what one costs in each rate plan."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, override
from ninja import Query, Router

from horarium.api import etags
from horarium.api.answers.availability import rendered
from horarium.api.answers.listings import departures_json, stay_explanation_json
from horarium.api.languages import language_of
from horarium.api.schemas.listings import DeparturesAnswer, DeparturesQuery, StayAnswer, StayDatesQuery
from horarium.api.texts import REASONS
from horarium.kit.clock import now
from horarium.workflows.list_departures import MAX_NIGHTS, list_departures
from horarium.workflows.list_stays import explain_stay

router = Router(tags=["Free time"])


@router.get(
    "/{slug:business}/offerings/{slug:offering}/departures",
    response=DeparturesAnswer,
    summary="Where a stay may end",
)
def get_departures(
    request: HttpRequest, business: str, offering: str, query: Query[DeparturesQuery]
) -> HttpResponse:
    """Every date of departure up to `to`, at most 62 nights: its total, or why not."""
    found = list_departures(
        business,
        offering,
        query.check_in,
        last_on=query.last_on or query.check_in + timedelta(days=MAX_NIGHTS),
        wish=query.as_stay_wish(),
        now=now(),
    )
    return etags.answer(request, rendered(departures_json(found)))


@router.get("/{slug:business}/offerings/{slug:offering}/stay", response=StayAnswer, summary="One stay")
def get_stay(
    request: HttpRequest, business: str, offering: str, query: Query[StayDatesQuery]
) -> HttpResponse:
    """Whether it can be had, for how much in each rate plan and in which rooms; else why not, and what is near."""
    found = explain_stay(
        business, offering, dates=(query.check_in, query.check_out), wish=query.as_stay_wish(), now=now()
    )
    language, text = language_of(request), ""
    if found.reason is not None:
        with override(language):
            text = gettext(REASONS[found.reason])
    answer = rendered(stay_explanation_json(found, text, language))
    return etags.answer(request, answer, vary="Accept-Language")
