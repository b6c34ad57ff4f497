"""The simulated gateway as a payer meets it, and its callbacks as a shop gets them over HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client
from django_scopes import scope
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from horarium.connectors.test_gateway import delivery, gateway, simulator
from horarium.connectors.test_gateway.delivery import Manner, NotDelivered, sequence_of
from horarium.connectors.test_gateway.models import SimulatedPayment, SimulatedRefund
from horarium.connectors.test_gateway.signing import HEADER, is_signed
from horarium.kit.clock import now
from horarium.kit.money import Money
from horarium.modules.payments import ports
from horarium.modules.payments.actions import save_gateway_account
from horarium.modules.payments.errors import UnknownGateway
from horarium.modules.payments.queries import list_gateways, open_gateway
from horarium.platform.audit.actor import Actor
from tests.factories import make_business

SHOP = "spa"


class Listener:
    """A shop on a port of its own that keeps what it hears; `status` is what it answers."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, bytes, str]] = []
        self.status = 200
        self.complete = threading.Event()
        self.expected = 1

    def states(self) -> list[str]:
        assert self.complete.wait(5)
        return [json.loads(body)["state"] for _, body, _ in self.heard]


@pytest.fixture
def shop(settings: Settings) -> Iterator[Listener]:
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listener.heard.append((self.path, body, self.headers[HEADER]))
            self.send_response(listener.status)
            self.send_header("Content-Length", "0")
            self.end_headers()
            if len(listener.heard) >= listener.expected:
                listener.complete.set()

        def log_message(self, *_: object) -> None:
            """Silence."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        worker = threading.Thread(target=server.serve_forever)
        worker.start()
        settings.TEST_GATEWAY_CALLBACK_URL = f"http://127.0.0.1:{server.server_port}"
        yield listener
        server.shutdown()
        worker.join()


def make_page(*, hold_minutes: int | None = 15) -> SimulatedPayment:
    expires = now() + timedelta(minutes=hold_minutes) if hold_minutes is not None else None
    return simulator.open_payment(
        simulator.NewPayment(SHOP, "pay_1", Money(2500, "EUR"), "ord_1", "https://shop.example/back", expires)
    )


def press(page: SimulatedPayment, action: str, **choices: str) -> str:
    """The address that the payer is sent to."""
    answer = Client().post(f"/gateways/test/pay/{page.ref}", {"action": action, **choices})
    assert answer.status_code == 302
    return str(answer["Location"])


def jobs() -> list[tuple[datetime | None, list[str]]]:
    found = ProcrastinateJob.objects.filter(task_name=delivery.DELIVER).order_by("id")
    return [(one.scheduled_at, one.args["states"]) for one in found]


@pytest.mark.parametrize(
    ("manner", "states"),
    [
        (Manner(), ["paid"]),
        (Manner(repeats=3), ["paid", "paid", "paid"]),
        (Manner(reordered=True), ["paid", "pending", "failed"]),
        (Manner(repeats=2, reordered=True), ["paid", "pending", "failed", "paid"]),
    ],
)
def test_repeats_and_stale_news_follow_the_true_one(manner: Manner, states: list[str]) -> None:
    assert sequence_of("paid", manner) == states


@pytest.mark.django_db(transaction=True)
def test_paying_leads_back_to_the_shop_and_tells_it_at_once(shop: Listener) -> None:
    page = make_page()
    assert press(page, "pay") == "https://shop.example/back"
    assert shop.states() == ["paid"]
    path, body, signature = shop.heard[0]
    assert path == "/api/v1/gateways/test/spa/callback"
    assert is_signed(SHOP, body, signature)
    assert json.loads(body) == {
        "event": f"{page.ref}:paid",
        "ref": page.ref,
        "payment_id": "pay_1",
        "order_id": "ord_1",
        "amount_minor": 2500,
        "currency": "EUR",
        "state": "paid",
    }
    assert SimulatedPayment.objects.get().state == "paid"


@pytest.mark.django_db(transaction=True)
def test_the_callback_comes_five_times_and_out_of_order_on_demand(shop: Listener) -> None:
    """T-64."""
    shop.expected = 7
    press(make_page(), "pay", repeats="5", reordered="on")
    assert shop.states() == ["paid", "pending", "failed", "paid", "paid", "paid", "paid"]


@pytest.mark.django_db(transaction=True)
def test_a_shop_that_is_down_is_told_again_by_a_job(shop: Listener) -> None:
    shop.status = 503
    press(make_page(), "pay", repeats="2")
    assert shop.complete.wait(5)
    for thread in threading.enumerate():
        if thread.name.endswith("(_send_or_defer)"):
            thread.join(5)
    assert [states for _, states in jobs()] == [["paid", "paid"]]
    with pytest.raises(NotDelivered):
        delivery.deliver(SimulatedPayment.objects.get().ref, ["paid"])


@pytest.mark.django_db(transaction=True)
def test_a_declined_payment_can_still_be_paid(shop: Listener) -> None:
    page = make_page()
    shop.expected = 2
    assert press(page, "decline") == f"/gateways/test/pay/{page.ref}"
    assert press(page, "pay") == "https://shop.example/back"
    assert sorted(shop.states()) == ["failed", "paid"]


@pytest.mark.django_db
def test_paying_late_tells_the_shop_one_second_after_the_hold(shop: Listener) -> None:
    """T-50."""
    page = make_page()
    assert page.hold_expires_at is not None
    assert press(page, "late") == f"/gateways/test/pay/{page.ref}"
    assert jobs() == [(page.hold_expires_at + timedelta(seconds=1), ["paid"])]
    assert SimulatedPayment.objects.get().state == "late"
    delivery.deliver(page.ref, ["paid"])
    assert SimulatedPayment.objects.get().state == "paid"
    assert shop.states() == ["paid"]


@pytest.mark.django_db
def test_a_decided_payment_is_not_decided_again() -> None:
    page = make_page()
    assert simulator.decide(page.ref, simulator.PAID)
    assert press(page, "decline") == f"/gateways/test/pay/{page.ref}"
    assert SimulatedPayment.objects.get().state == "paid"
    assert jobs() == []


@pytest.mark.django_db
@pytest.mark.parametrize(("repeats", "delay"), [("999", "9999"), ("-1", "x"), ("٣", "٣"), ("", "")])
def test_a_wish_that_the_form_does_not_offer_is_bounded(repeats: str, delay: str) -> None:
    press(make_page(), "late", repeats=repeats, delay=delay)
    ((_, states),) = jobs()
    assert 1 <= len(states) <= 5


@pytest.mark.django_db
def test_the_page_lets_its_form_lead_to_the_shop_and_nowhere_else() -> None:
    page = make_page()
    answer = Client().get(f"/gateways/test/pay/{page.ref}")
    assert answer.status_code == 200
    assert "form-action 'self' https://shop.example" in answer["Content-Security-Policy"]
    text = answer.content.decode()
    assert "ord_1" in text
    assert all(f'value="{action}"' in text for action in ("pay", "decline", "late"))


@pytest.mark.django_db
def test_without_a_hold_nothing_can_be_late() -> None:
    page = make_page(hold_minutes=None)
    assert 'value="late"' not in Client().get(f"/gateways/test/pay/{page.ref}").content.decode()
    press(page, "late")
    assert SimulatedPayment.objects.get().state == "pending"


@pytest.mark.django_db
def test_where_it_is_switched_off_there_is_no_page(settings: Settings) -> None:
    page = make_page()
    settings.TEST_GATEWAY_ENABLED = False
    assert Client().get(f"/gateways/test/pay/{page.ref}").status_code == 404
    assert Client().post(f"/gateways/test/pay/{page.ref}", {"action": "pay"}).status_code == 404
    assert SimulatedPayment.objects.get().state == "pending"


@pytest.mark.django_db
def test_where_money_is_real_each_business_must_switch_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ports._gateways, "test", gateway.TestGateway(needs_account=True))
    business, other = make_business(), make_business()
    with scope(business=business.pk):
        assert list_gateways(business.pk) == []
        with pytest.raises(UnknownGateway):
            open_gateway(business.pk, business.slug, "test")
        save_gateway_account(business.pk, "test", is_enabled=True, actor=Actor.system())
        assert list_gateways(business.pk) == ["test"]
    with scope(business=other.pk):
        assert list_gateways(other.pk) == []


@pytest.mark.django_db
def test_an_unknown_page_is_not_there() -> None:
    assert Client().get("/gateways/test/pay/tg_0").status_code == 404


@pytest.mark.django_db
def test_refunds_are_made_once_for_each_key_and_within_the_payment() -> None:
    """T-60."""
    page = make_page()
    with pytest.raises(simulator.RefundTooHigh):
        simulator.give_back(page.ref, "early", 1)
    simulator.decide(page.ref, simulator.PAID)
    first = simulator.give_back(page.ref, "ref_1", 2000)
    assert simulator.give_back(page.ref, "ref_1", 2000).pk == first.pk
    with pytest.raises(simulator.RefundTooHigh):
        simulator.give_back(page.ref, "ref_2", 501)
    simulator.give_back(page.ref, "ref_3", 500)
    assert SimulatedRefund.objects.count() == 2
    assert SimulatedPayment.objects.get().refunded_minor == 2500


@pytest.mark.django_db
def test_asking_twice_for_one_payment_makes_one_page() -> None:
    assert make_page().pk == make_page().pk
    assert datetime.now(UTC) >= SimulatedPayment.objects.get().created_at
