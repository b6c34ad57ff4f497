"""All orders of a business: sessions first, because their guides and halls are theirs, then stays, then slots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from horarium.kit.money import Money

from .choosing import Chooser
from .drafts import Draft, LineDraft, OrderDraft, SessionDraft
from .fates import Fates
from .sessions import SessionDrawer
from .stays import StayDrawer

HOLDS: Final = 3
TRIES: Final = 60
BESIDE_A_STAY: Final = 0.11
"""How many stays have a slot of the first day in the same order."""


@dataclass(slots=True)
class Ordering:
    chooser: Chooser
    fates: Fates
    sessions: list[SessionDraft] = field(default_factory=list)
    _drawer: SessionDrawer = field(init=False)

    def orders(self) -> Iterator[OrderDraft]:
        """With what became of each; last those who are paying just now."""
        yield from self._of_sessions()
        stays = self._stays()
        if stays is not None:
            for day, draft in stays.arrivals():
                yield from self._settled(self.chooser.order(draft, day, second=BESIDE_A_STAY))
        for day, draft in self.chooser.slots():
            yield from self._settled(self.chooser.order(draft, day))
        yield from self._holds(stays)

    def _of_sessions(self) -> Iterator[OrderDraft]:
        for session in self._drawer.scheduled():
            self.sessions.append(session)
            yield from self._sold(session)
        for session in self._drawer.shared():
            found = list(self._sold(session))
            # A shared session is there as long as somebody comes.
            if session.sold:
                self.sessions.append(session)
                yield from found
            else:
                self.chooser.occupancy.release(session.claims)

    def __post_init__(self) -> None:
        one = self.chooser
        self._drawer = SessionDrawer(
            one.plan,
            one.catalog,
            one.prices,
            one.demand,
            one.occupancy,
            int(one.now.timestamp()),
            one.today,
            one.random,
        )

    def _sold(self, session: SessionDraft) -> Iterator[OrderDraft]:
        booked = 0
        for _ in range(2 * session.wanted):
            if (booked if session.cancelled_at else session.sold) >= session.wanted:
                return
            draft = self._drawer.tickets(session)
            if draft is None:
                return
            booked += draft.places
            yield from self._settled(OrderDraft(self.chooser.guest(), [draft]))

    def _stays(self) -> StayDrawer | None:
        one = self.chooser
        if one.demand.nights is None:
            return None
        return StayDrawer(
            one.plan, one.catalog, one.prices, one.demand.nights, one.occupancy, one.today, one.random
        )

    def _settled(self, order: OrderDraft) -> Iterator[OrderDraft]:
        if self._random.random() < self.chooser.demand.goods:
            order.lines.extend(self._goods())
        self.fates.decide(order)
        if not self.fates.gives_back(order):
            self.chooser.place(order)
        yield order

    def _goods(self) -> list[LineDraft]:
        weights = {one.words[self.chooser.plan.language][0]: one.weight for one in self.chooser.plan.products}
        products = list(self.chooser.catalog.products.values())
        chosen = {
            one.id: one
            for one in self._random.choices(
                products, [weights[one.name] for one in products], k=self._random.choice((1, 1, 2))
            )
        }
        return [self._line(key) for key in chosen]

    def _line(self, product_id: int) -> LineDraft:
        product = self.chooser.catalog.product_of_key(product_id)
        quantity = min(self._random.choice((1, 1, 1, 2, 2, 3)), product.max_per_order)
        price = Money(product.price_minor, self.chooser.plan.currency)
        return LineDraft(product, quantity, price.times(quantity))

    def _holds(self, stays: StayDrawer | None) -> Iterator[OrderDraft]:
        for number in range(HOLDS):
            day = self.chooser.today + timedelta(days=2 + number)
            draft = next(filter(None, (self._any(day, stays) for _ in range(TRIES))), None)
            if draft is not None:
                order = OrderDraft(self.chooser.guest(), [draft])
                self.fates.hold(order)
                self.chooser.place(order)
                yield order

    def _any(self, day: date, stays: StayDrawer | None) -> Draft | None:
        """Something of that day that is paid before."""
        offering = self._random.choice(list(self.chooser.catalog.offerings.values()))
        draft = None
        if offering.mode == "slot":
            draft = self.chooser.draw(offering, day)
        elif offering.mode == "stay" and stays is not None:
            draft = stays.draw(offering, day)
        elif offering.mode == "session":
            coming = [
                one
                for one in self.sessions
                if one.offering.id == offering.id
                and one.starts > self.fates.now + 2 * 86400
                and not one.cancelled_at
            ]
            draft = self._drawer.tickets(self._random.choice(coming[:9])) if coming else None
        return draft if draft is not None and draft.terms.prepayment != "none" else None

    @property
    def _random(self) -> Random:
        return self.chooser.random
