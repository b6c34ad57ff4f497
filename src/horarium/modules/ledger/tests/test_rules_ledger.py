"""Postings and the payment state that follows from them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horarium.kit.money import Money
from horarium.modules.ledger import rules
from horarium.modules.ledger.rules import PaymentStanding, Post

ORDER = "ord_1"


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def test_a_payment_ahead_is_owed_to_the_guest() -> None:
    assert rules.payment_received("cash", eur(500), subject=ORDER, receivable=eur(0)) == (
        Post("cash", eur(500), ORDER),
        Post("deferred_revenue", eur(-500), ORDER),
    )


def test_a_payment_after_the_visit_settles_the_receivable_first() -> None:
    assert rules.payment_received("gateway:test", eur(500), subject=ORDER, receivable=eur(300)) == (
        Post("gateway:test", eur(500), ORDER),
        Post("receivable", eur(-300), ORDER),
        Post("deferred_revenue", eur(-200), ORDER),
    )


def test_a_completed_booking_takes_what_was_paid_ahead_and_claims_the_rest() -> None:
    assert rules.booking_completed(eur(800), subject=ORDER, deferred=eur(500)) == (
        Post("deferred_revenue", eur(500), ORDER),
        Post("receivable", eur(300), ORDER),
        Post("revenue", eur(-800), ORDER),
    )


def test_a_refund_after_the_visit_gives_revenue_up() -> None:
    assert rules.refund_made("cash", eur(500), subject=ORDER, deferred=eur(100)) == (
        Post("deferred_revenue", eur(100), ORDER),
        Post("revenue", eur(400), ORDER),
        Post("cash", eur(-500), ORDER),
    )


def test_a_kept_fee_becomes_revenue() -> None:
    assert rules.fee_kept(eur(70), subject=ORDER) == (
        Post("deferred_revenue", eur(70), ORDER),
        Post("revenue", eur(-70), ORDER),
    )


@pytest.mark.parametrize("minor", [0, -1])
def test_an_amount_that_moves_is_positive(minor: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        rules.payment_received("cash", eur(minor), subject=ORDER, receivable=eur(0))
    with pytest.raises(ValueError, match="positive"):
        rules.refund_made("cash", eur(minor), subject=ORDER, deferred=eur(0))


@pytest.mark.parametrize(
    ("account", "kind"),
    [
        ("cash", "asset"),
        ("bank", "asset"),
        ("gateway:test", "asset"),
        ("receivable", "asset"),
        ("deferred_revenue", "liability"),
        ("revenue", "revenue"),
        ("fees", "expense"),
    ],
)
def test_the_chart_knows_the_kind_of_each_account(account: str, kind: str) -> None:
    assert rules.kind_of(account) == kind


@pytest.mark.parametrize("account", ["gateway:", "till", ""])
def test_an_account_outside_the_chart_is_refused(account: str) -> None:
    with pytest.raises(ValueError, match="no such account"):
        rules.kind_of(account)


@pytest.mark.parametrize(
    ("paid", "refunded", "returning", "standing"),
    [
        (0, 0, 0, PaymentStanding.UNPAID),
        (1, 0, 0, PaymentStanding.PART_PAID),
        (999, 0, 0, PaymentStanding.PART_PAID),
        (1000, 0, 0, PaymentStanding.PAID),
        (1001, 0, 0, PaymentStanding.OVERPAID),
        (0, 1000, 0, PaymentStanding.REFUNDED),
        (400, 600, 0, PaymentStanding.PART_PAID),
        # T-61: a second payment that is on its way back is no overpaid order.
        (2000, 0, 1000, PaymentStanding.PAID),
        (1000, 0, 1000, PaymentStanding.REFUNDED),
    ],
)
def test_the_payment_state_of_an_order_of_1000(
    paid: int, refunded: int, returning: int, standing: PaymentStanding
) -> None:
    assert rules.payment_state(1000, paid, refunded=refunded, returning=returning) == standing


def test_an_order_without_a_price_is_paid() -> None:
    assert rules.payment_state(0, 0) == PaymentStanding.PAID


FACTS = st.lists(
    st.tuples(
        st.sampled_from(["pay_cash", "pay_gateway", "complete", "refund", "reverse", "fee"]),
        st.integers(1, 10**9),
    ),
    max_size=30,
)


@given(currency=st.sampled_from(["RUB", "EUR", "CLP"]), total=st.integers(0, 10**9), facts=FACTS)
def test_any_history_sums_to_zero_and_gives_the_right_payment_state(
    currency: str, total: int, facts: list[tuple[str, int]]
) -> None:
    """T-60: whatever happens, nothing is lost to a minor unit, in currencies with and without decimals."""
    book = Book(currency)
    for fact, minor in facts:
        book.happen(fact, Money(minor, currency))
        assert sum(book.balances.values()) == 0
    assert book.balances["cash"] + book.balances["gateway:test"] == book.held
    expected = (
        "refunded" if book.held <= 0 and book.refunded > 0
        else "paid" if book.held == total
        else "overpaid" if book.held > total
        else "part_paid" if book.held > 0
        else "unpaid"
    )  # fmt: skip
    assert rules.payment_state(total, book.held, refunded=book.refunded) == expected


@given(currency=st.sampled_from(["RUB", "EUR", "CLP"]), parts=st.lists(st.integers(1, 10**9), min_size=1))
def test_a_full_refund_returns_exactly_what_was_paid(currency: str, parts: list[int]) -> None:
    """T-60."""
    book = Book(currency)
    for minor in parts:
        book.happen("pay_cash", Money(minor, currency))
    book.happen("refund", Money(sum(parts), currency))
    assert not any(book.balances.values())
    assert rules.payment_state(sum(parts), book.held, refunded=book.refunded) == "refunded"


class Book:
    """A naive ledger of one order: balances by account, and money counted apart from them."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.balances: Counter[str] = Counter()
        self.held = 0
        self.refunded = 0

    def happen(self, fact: str, amount: Money) -> None:
        match fact:
            case "pay_cash" | "pay_gateway":
                into = "cash" if fact == "pay_cash" else rules.gateway_account("test")
                owed = self.of("receivable")
                self.post(rules.payment_received(into, amount, subject=ORDER, receivable=owed))
                self.held += amount.minor
            case "complete":
                self.post(rules.booking_completed(amount, subject=ORDER, deferred=self.ahead()))
            case "refund" if self.held > 0:
                back = min(amount, Money(self.held, self.currency))
                self.post(rules.refund_made("cash", back, subject=ORDER, deferred=self.ahead()))
                self.held -= back.minor
                self.refunded += back.minor
            case "fee" if self.ahead().minor > 0:
                self.post(rules.fee_kept(min(amount, self.ahead()), subject=ORDER))
            case "reverse":
                posts = rules.booking_completed(amount, subject=ORDER, deferred=self.ahead())
                self.post(posts)
                self.post(rules.reversal(posts))

    def post(self, posts: tuple[Post, ...]) -> None:
        assert rules.is_balanced(posts)
        assert all(post.amount for post in posts)
        for post in posts:
            self.balances[post.account] += post.amount.minor

    def of(self, account: str) -> Money:
        return Money(self.balances[account], self.currency)

    def ahead(self) -> Money:
        return -self.of("deferred_revenue")
