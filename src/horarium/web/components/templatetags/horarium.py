"""Tags and filters of every page: icons, money, times, statuses, attributes, links."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import template
from django.http import QueryDict
from django.template import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi
from django_vite.core.asset_loader import DjangoViteAssetLoader

from horarium.kit.money import Money
from horarium.web.components import formats
from horarium.web.components.brand import brand_of, ink_on
from horarium.web.components.statuses import HUE_ICONS, MESSAGE_HUES, Look, look_of

register = template.Library()

_THEMES: Final = {"light", "dark"}


@register.simple_tag
def icon(name: str, size: str = "", label: str = "", css: str = "") -> SafeString:
    """A Lucide icon of the sprite; decorative unless it has a label."""
    classes = " ".join(part for part in ("icon", f"icon-{size}" if size else "", css) if part)
    role = format_html(' role="img" aria-label="{}"', label) if label else mark_safe(' aria-hidden="true"')
    return format_html('<svg class="{}"{}><use href="{}#{}"/></svg>', classes, role, sprite_url(), name)


@register.simple_tag
def sprite_url() -> str:
    """Address of the icon sprite of this build."""
    url: str = DjangoViteAssetLoader.instance().generate_vite_asset_url("icons/sprite.svg", "default")
    return url


@register.filter
def money(amount: Money | None, style: str = "") -> SafeString:
    """`{{ total|money }}`; `|money:"full"` always shows the minor units."""
    if amount is None:
        return SafeString("")
    text = formats.money_text(amount, full=style == "full")
    return format_html('<data class="num nowrap" value="{}">{}</data>', amount.minor, text)


@register.filter
def money_text(amount: Money | None) -> str:
    """Money as plain text, for attributes, titles and buttons."""
    return "" if amount is None else formats.money_text(amount)


@register.simple_tag
def when(
    start: datetime | date | time | None,
    zone: ZoneInfo | str | None = None,
    style: str = "moment",
    end: datetime | None = None,
) -> SafeString | str:
    """A time element in the person's language and the location's zone.

    `style`: moment (day and time), date, long (full date), time, weekday, month, relative; `end`: a range.
    """
    if start is None:
        return ""
    if isinstance(start, time):
        return _time_element(start.isoformat("minutes"), formats.time_text(start))
    if not isinstance(start, datetime):
        return _time_element(start.isoformat(), _day(start, style))
    wall = formats.localized(start, zone)
    if end is not None:
        until = formats.localized(end, zone)
        return _time_element(wall.isoformat(), _range(wall, until, style))
    return _time_element(wall.isoformat(), _moment(wall, style))


def _time_element(value: str, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value, text)


def _day(day: date, style: str) -> str:
    match style:
        case "weekday":
            return formats.weekday_text(day)
        case "month":
            return formats.month_text(day)
        case "long":
            return formats.day_text(day, long=True)
        case _:
            return formats.day_text(day)


def _moment(wall: datetime, style: str) -> str:
    match style:
        case "time":
            return formats.time_text(wall)
        case "relative":
            return formats.relative_text(wall)
        case "moment":
            return formats.moment_text(wall)
        case _:
            return _day(wall.date(), style)


def _range(start: datetime, end: datetime, style: str) -> str:
    if style == "time":
        return f"{formats.time_text(start)}\u2013{formats.time_text(end)}"
    return formats.range_text(start, end)


@register.filter
def duration(value: timedelta | int | None) -> str:
    """`1 hr 30 min` from a timedelta or from whole minutes."""
    if value is None:
        return ""
    return formats.duration_text(value if isinstance(value, timedelta) else timedelta(minutes=value))


@register.filter
def look(status: str) -> Look:
    """Hue, icon and word of a status."""
    return look_of(str(status))


@register.filter
def hue_icon(hue: str) -> str:
    return HUE_ICONS.get(hue, "info")


@register.filter
def message_hue(tags: str) -> str:
    """Hue of a Django message by its level tag."""
    return next((MESSAGE_HUES[tag] for tag in (tags or "").split() if tag in MESSAGE_HUES), "info")


@register.filter
def initials(name: str) -> str:
    """At most two letters that stand for a person or business."""
    words = [word for word in (name or "").split() if word[0].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper()


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """`mapping[key]`, or nothing."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.simple_tag
def attributes(attrs: Any) -> SafeString:
    """The attributes a component passes on, escaped; `None` and `False` leave an attribute out.

    Cotton's own `{{ attrs }}` prints values as they are, so a name with a quote would break out of it.
    """
    pairs = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else dict(attrs or {})
    shown = ((key, value) for key, value in pairs.items() if value is not None and value is not False)
    return format_html_join("", "{}", ((_attribute(key, value),) for key, value in shown))


def _attribute(key: str, value: Any) -> SafeString:
    if value is True:
        return format_html(" {}", key)
    return format_html(' {}="{}"', key, conditional_escape(value))


@register.simple_tag
def flags(**names: Any) -> SafeString:
    """`{% flags required=required disabled=disabled %}`: the names whose value is true."""
    return format_html_join("", " {}", ((name,) for name, value in names.items() if value))


@register.simple_tag
def described(field_id: str, hint: Any = "", error: Any = "") -> SafeString:
    """Links a control to its hint and error, with the ids that Django's own form fields use."""
    ids = [f"{field_id}_helptext"] * bool(hint) + [f"{field_id}_error"] * bool(error)
    parts = format_html(' aria-describedby="{}"', " ".join(ids)) if ids else SafeString("")
    return parts + (mark_safe(' aria-invalid="true"') if error else SafeString(""))


@register.filter
def field_id(given: str, name: str) -> str:
    """The id of a control: as given, or by its name as Django does."""
    return given or f"id_{name}"


@register.filter
def first_error(error: Any) -> Any:
    """One message out of a message or a list of them."""
    return error[0] if isinstance(error, list) and error else (error or "")


@register.filter
def is_chosen(value: Any, chosen: Any) -> bool:
    """Whether an option is the chosen one, or one of the chosen, compared as text."""
    if isinstance(chosen, list | tuple | set | frozenset):
        return str(value) in {str(each) for each in chosen}
    return chosen is not None and str(value) == str(chosen)


@register.simple_tag(takes_context=True)
def here_with(context: Context, **changes: Any) -> str:
    """The current address with some query parameters changed; `None` removes one."""
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request else QueryDict(mutable=True)
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def sort_next(key: str, current: str) -> str:
    """The next order of a column: ascending, then descending."""
    return f"-{key}" if current == key else key


@register.simple_tag
def language_attributes() -> SafeString:
    """`lang` and `dir` of the document."""
    return format_html('lang="{}" dir="{}"', get_language() or "en", "rtl" if get_language_bidi() else "ltr")


@register.simple_tag(takes_context=True)
def chosen_theme(context: Context) -> str:
    """`light` or `dark` when the person chose one, otherwise empty: the system decides."""
    request = context.get("request")
    theme = request.COOKIES.get("theme", "") if request else ""
    return theme if theme in _THEMES else ""


@register.simple_tag(takes_context=True)
def brand_style(context: Context, business: Any = None) -> SafeString:
    """The business's colour as a style element that the content security policy accepts."""
    color = getattr(business, "brand_color", None)
    if not color:
        return SafeString("")
    brand = brand_of(color)
    return format_html(
        '<style nonce="{}">:root{{--brand:{};--on-brand:{}}}</style>',
        str(context.get("CSP_NONCE", "")),
        brand,
        ink_on(brand),
    )
