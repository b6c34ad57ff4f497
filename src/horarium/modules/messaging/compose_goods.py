"""Messages about goods that nobody comes for at a time: where there are bookings, those tell of the goods, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils import translation

from horarium.modules.booking.models import BookingState, Order
from horarium.modules.booking.queries_goods import refunds_of_lines
from horarium.modules.booking.queries_orders import lines_of, list_bookings_of

from . import content, wording_goods
from .content import GoodsLine
from .letters import Draft, Letter, about_order
from .rules import MessageKey
from .wording import Wording

_COMING = (BookingState.HELD, BookingState.PENDING, BookingState.CONFIRMED, BookingState.CHECKED_IN)


def goods_sold(business_id: int, key: MessageKey) -> Draft | None:
    order = content.find_told_order(business_id, key.subject)
    if order is None or any(one.state in _COMING for one in list_bookings_of(order)):
        return None
    language = content.order_language(order)
    goods = content.standing_goods(order, language)
    return _letter(key, order, wording_goods.goods_sold, goods, is_cancelled=False)


def goods_cancelled(business_id: int, key: MessageKey) -> Draft | None:
    """True of the line that `key.mark` names as long as it is cancelled; it tells of all that are."""
    order = content.find_told_order(business_id, key.subject)
    if order is None:
        return None
    gone = [one for one in lines_of(order) if one.state == BookingState.CANCELLED]
    if key.mark not in {one.public_id for one in gone}:
        return None
    language = content.order_language(order)
    goods = [content.goods_line_of(one, order, language) for one in gone]
    refunds = refunds_of_lines(business_id, [one.public_id for one in gone])
    return _letter(
        key, order, wording_goods.goods_cancelled, goods, is_cancelled=True, refunded=sum(refunds.values())
    )


def _letter(
    key: MessageKey,
    order: Order,
    words: Callable[[str, str], Wording],
    goods: Sequence[GoodsLine],
    *,
    is_cancelled: bool,
    refunded: int = 0,
) -> Draft | None:
    if not goods:
        return None
    language = content.order_language(order)
    sender = content.sender_of(order.business, language)
    what = goods[0].title if len(goods) == 1 else f"{goods[0].title} + {len(goods) - 1}"
    with translation.override(language):
        said = words(what, sender.name)
        name, url = content.recipient_name(order), content.order_url(order)
        letter = Letter(language, sender, said, url, order.contact_email, name)
        account = content.account_of(order, list_bookings_of(order), (), language, of_goods=refunded)
        return about_order(key, letter, goods=goods, account=account, is_cancelled=is_cancelled)
