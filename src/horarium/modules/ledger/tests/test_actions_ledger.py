"""The ledger against the database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from horarium.kit.money import Money
from horarium.modules.ledger import actions, queries
from horarium.modules.ledger.models import Account, Entry, Posting
from horarium.modules.ledger.rules import EntryKind, Post
from tests.factories import make_business

AT = datetime(2026, 12, 1, 10, tzinfo=UTC)
ORDER = "ord_1"


@pytest.fixture
def business(db: None) -> Iterator[int]:
    business_id = make_business().pk
    with scope(business=business_id):
        yield business_id


def receive(
    business: int, key: str, minor: int, *, into: str = "gateway:test", subject: str = ORDER
) -> Entry:
    return actions.receive_money(
        business, key=key, into=into, amount=Money(minor, "EUR"), subject=subject, occurred_at=AT
    )


def give_back(business: int, key: str, minor: int) -> Entry:
    return actions.return_money(
        business,
        key=key,
        out_of="gateway:test",
        amount=Money(minor, "EUR"),
        subject=ORDER,
        occurred_at=AT,
    )


def balances(business: int) -> dict[str, int]:
    accounts = Account.objects.filter(business_id=business).order_by("code")
    return {one.code: queries.balance(business, one.code, "EUR").minor for one in accounts}


def test_money_in_stands_on_its_account_and_is_owed_to_the_guest(business: int) -> None:
    entry = receive(business, "payment:pay_1:paid", 2500)
    assert entry.kind == EntryKind.PAYMENT
    assert entry.occurred_at == AT
    assert balances(business) == {"deferred_revenue": -2500, "gateway:test": 2500}
    assert Account.objects.get(code="gateway:test").kind == "asset"


def test_the_same_fact_written_twice_is_one_entry(business: int) -> None:
    first = receive(business, "payment:pay_1:paid", 2500)
    second = receive(business, "payment:pay_1:paid", 2500)
    assert second.pk == first.pk
    assert Entry.objects.count() == 1
    assert balances(business) == {"deferred_revenue": -2500, "gateway:test": 2500}


def test_two_businesses_may_use_the_same_key(business: int) -> None:
    receive(business, "payment:pay_1:paid", 2500)
    other = make_business().pk
    with scope(business=other):
        receive(other, "payment:pay_1:paid", 900)
        assert queries.paid_of(other, [ORDER]) == {ORDER: 900}
    assert queries.paid_of(business, [ORDER]) == {ORDER: 2500}


def test_an_entry_that_does_not_sum_to_zero_is_refused(business: int) -> None:
    with pytest.raises(ValueError, match="do not sum to zero"):
        actions.post_entry(
            business,
            key="wrong",
            kind=EntryKind.PAYMENT,
            postings=[
                Post("cash", Money(100, "EUR"), ORDER),
                Post("deferred_revenue", Money(-99, "EUR"), ORDER),
            ],
            occurred_at=AT,
        )
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_an_unbalanced_entry_at_commit() -> None:
    business = make_business().pk
    with scope(business=business):
        entry = receive(business, "payment:pay_1:paid", 2500)
        account = Account.objects.get(code="gateway:test")
        with pytest.raises(DatabaseError, match="does not sum to zero"), transaction.atomic():
            Posting.objects.create(business_id=business, entry=entry, account=account, minor=1)
        assert Posting.objects.count() == 2


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ledger_posting",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_posting SET minor = -minor",
        "UPDATE ledger_entry SET memo = 'forged'",
    ],
)
def test_the_database_refuses_to_edit_the_past(business: int, statement: str) -> None:
    receive(business, "payment:pay_1:paid", 2500)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert balances(business) == {"deferred_revenue": -2500, "gateway:test": 2500}


def test_a_visit_turns_the_prepayment_into_revenue_and_the_rest_into_a_claim(business: int) -> None:
    receive(business, "payment:pay_1:paid", 1000)
    actions.recognise_revenue(
        business, booking_id="bk_1", order_id=ORDER, price=Money(2500, "EUR"), occurred_at=AT
    )
    assert balances(business) == {
        "deferred_revenue": 0,
        "gateway:test": 1000,
        "receivable": 1500,
        "revenue": -2500,
    }
    receive(business, "payment:pay_2:paid", 1500, into="cash")
    assert balances(business) == {
        "cash": 1500,
        "deferred_revenue": 0,
        "gateway:test": 1000,
        "receivable": 0,
        "revenue": -2500,
    }


def test_the_claim_on_one_order_is_not_settled_by_the_money_of_another(business: int) -> None:
    actions.recognise_revenue(
        business, booking_id="bk_1", order_id=ORDER, price=Money(2500, "EUR"), occurred_at=AT
    )
    receive(business, "payment:pay_2:paid", 1500, subject="ord_2")
    assert queries.owed(business, "EUR", subject=ORDER) == Money(2500, "EUR")
    assert queries.held_ahead(business, "EUR", subject="ord_2") == Money(1500, "EUR")


def test_a_visit_without_a_price_writes_nothing(business: int) -> None:
    entry = actions.recognise_revenue(
        business, booking_id="bk_1", order_id=ORDER, price=Money(0, "EUR"), occurred_at=AT
    )
    assert entry is None
    assert Entry.objects.count() == 0


def test_a_kept_fee_is_revenue_and_the_rest_can_go_back(business: int) -> None:
    receive(business, "payment:pay_1:paid", 1000)
    actions.keep_fee(business, booking_id="bk_1", order_id=ORDER, fee=Money(300, "EUR"), occurred_at=AT)
    give_back(business, "refund:ref_1:done", 700)
    assert balances(business) == {"deferred_revenue": 0, "gateway:test": 300, "revenue": -300}


def test_flows_tell_money_in_from_money_back_in_one_query(business: int) -> None:
    receive(business, "payment:pay_1:paid", 2500)
    receive(business, "cash:1", 400, into="cash")
    give_back(business, "refund:ref_1:done", 2500)
    receive(business, "payment:pay_9:paid", 70, subject="ord_2")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        flows = queries.flows_of(business, [ORDER, "ord_2", "ord_3"])
    assert len(captured) == 1
    assert flows == {
        ORDER: queries.Flow(received=2900, refunded=2500),
        "ord_2": queries.Flow(received=70),
        "ord_3": queries.Flow(),
    }
    assert queries.paid_of(business, [ORDER]) == {ORDER: 400}


def test_a_reversed_entry_leaves_no_trace_in_the_balances(business: int) -> None:
    receive(business, "cash:1", 400, into="cash")
    first = actions.reverse_entry(business, "cash:1", occurred_at=AT, memo="typed twice")
    second = actions.reverse_entry(business, "cash:1", occurred_at=AT)
    assert second.pk == first.pk
    assert first.reverses == queries.find_entry(business, "cash:1")
    assert first.memo == "typed twice"
    assert balances(business) == {"cash": 0, "deferred_revenue": 0}
    assert queries.flows_of(business, [ORDER])[ORDER] == queries.Flow()


def test_a_reversed_refund_is_no_money_received(business: int) -> None:
    receive(business, "payment:pay_1:paid", 2500)
    give_back(business, "refund:ref_1:done", 2500)
    actions.reverse_entry(business, "refund:ref_1:done", occurred_at=AT)
    assert queries.flows_of(business, [ORDER])[ORDER] == queries.Flow(received=2500)


def test_an_entry_on_known_accounts_costs_five_queries(business: int) -> None:
    receive(business, "payment:pay_1:paid", 2500)
    with CaptureQueriesContext(connection) as captured:
        receive(business, "payment:pay_2:paid", 2500)
    work = [one["sql"] for one in captured if "SAVEPOINT" not in one["sql"]]
    assert len(work) == 5


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_eight_writers_of_one_fact_write_it_once() -> None:
    business = make_business().pk

    def write(_: int) -> int:
        try:
            with scope(business=business):
                return receive(business, "payment:pay_1:paid", 2500).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(write, range(24)))
    assert len(found) == 1
    with scope(business=business):
        assert Account.objects.count() == 2
        assert balances(business) == {"deferred_revenue": -2500, "gateway:test": 2500}
