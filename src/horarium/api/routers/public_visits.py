"""Plans for guests who come for several things, or with several people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from horarium.api import etags
from horarium.api.answers.visits import visit_plans_json
from horarium.api.schemas.visits import VisitInput, VisitPlansAnswer
from horarium.kit.clock import now
from horarium.workflows.plan_visits import plan_visits

router = Router(tags=["Free time"])


@router.post("/{slug:business}/visit-plans", response=VisitPlansAnswer, summary="Plans for a visit")
def plan_visit(request: HttpRequest, business: str, wanted: VisitInput) -> HttpResponse:
    """Several offerings for several people, in sequence or side by side: ranked plans whose items can be ordered.

    Nothing is held. Send the items of a plan, in their order, with the order.
    """
    return etags.made(visit_plans_json(plan_visits(business, wanted.as_visit(), now())), status=200)
