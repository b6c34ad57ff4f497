"""What the components promise to those who write screens."""

import re
from pathlib import Path

from django.template import Context, Template

from horarium.web.components import statuses

ROOT = Path(__file__).resolve().parents[5]
FACES = Path(__file__).resolve().parents[2]
ICON = re.compile(r"""{% icon "([a-z0-9-]+)"|\sicon(?:_end)?="([a-z0-9-]+)\"""")


def rendered(source: str, **context: object) -> str:
    return Template("{% load horarium %}" + source).render(Context(context))


def test_a_name_with_a_quote_does_not_leave_its_attribute() -> None:
    """T-122."""

    class Passed(dict[str, object]):
        def attrs_dict(self) -> dict[str, object]:
            return dict(self)

    hostile = Passed(
        {"data-name": '"><script>alert(1)</script>', "hidden": True, "title": None, "open": False}
    )
    assert rendered("<p{% attributes attrs %}>", attrs=hostile) == (
        '<p data-name="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" hidden>'
    )


def test_an_unknown_status_is_shown_as_it_is() -> None:
    assert statuses.look_of("on_the_moon").word == "on the moon"


def test_every_icon_in_use_is_in_the_sprite() -> None:
    lines = (ROOT / "frontend" / "icons" / "icons.txt").read_text().splitlines()
    known = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    used = {look.icon for look in statuses.STATUSES.values()} | set(statuses.HUE_ICONS.values())
    for template in FACES.rglob("templates/**/*.html"):
        used |= {one or other for one, other in ICON.findall(template.read_text())}
    assert used - known == set()


def test_initials_take_the_first_and_the_last_word() -> None:
    assert rendered("{{ name|initials }}", name="Anna Maria Orlova") == "AO"
    assert rendered("{{ name|initials }}", name="Лейксайд") == "Л"
