"""`docs/reference/widget.md`, written from the widget's manifest and its English words."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WIDGET = ROOT / "frontend" / "widget"
MANIFEST = WIDGET / "custom-elements.json"
REFERENCE = ROOT / "docs" / "reference" / "widget.md"

HEAD = """# The widget

`<horarium-booking>` lets guests book on a page of any origin: no iframe and no cookie.
The id of an order that is put together stands in `sessionStorage`, where the page allows that.
[How to embed it](../how-to/embed-the-widget.md) comes first; this page lists everything that can be set.
It is written by `python -m tools.widget_reference` from `frontend/widget/custom-elements.json`.

What a page says in its style sheet goes before the attributes, these go before what the business has set.
"""

EVENTS = """
Events bubble and leave the shadow tree, so `document.addEventListener("horarium:booking-confirmed", …)` hears all
widgets of a page. Details hold no personal data and no key to the order. Amounts are `{minor, currency, amount}`,
times are ISO 8601 with the offset of the location.

| Detail | Fields |
|---|---|
| `SlotChosen` | `business`, `offering` (`id`, `slug`, `name`), `start`, `end`, `duration` (minutes), `party`, `price` |
| `OrderPlaced` | `business`, `order`, `status`, `expiresAt`, `total`, `dueNow`, `bookings` |
| `BookingConfirmed` | `business`, `order`, `total`, `paid`, `bookings` |

A member of `bookings` has `id`, `offering` (slug), `start`, `end`, `price`. TypeScript finds the types in
`frontend/widget/events.ts`.
"""

WORDS = """
`labels` (an attribute with JSON, or a property) puts words of the page in place of ours; `{…}` stands for a value:

```html
<horarium-booking business="salon" labels='{"offerings": "What shall we do for you?"}'></horarium-booking>
```
"""


def manifest() -> dict[str, Any]:
    declaration: dict[str, Any] = json.loads(MANIFEST.read_text())["modules"][0]["declarations"][0]
    return declaration


def english_words() -> dict[str, str]:
    """Key and text; of a plural its general form."""
    source = (WIDGET / "words" / "en.ts").read_text(encoding="utf-8")
    body = source[source.index("export const en") :]
    found = re.findall(r"^  (\w+):\s*(?:\"([^\"]*)\",|\{(.*?)\} as Plural,)", body, re.MULTILINE | re.DOTALL)
    return {key: text or _general(plural) for key, text, plural in found}


def _general(plural: str) -> str:
    found = re.search(r"other: \"([^\"]*)\"", plural)
    return found[1] if found else ""


def render() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    facts = manifest()
    yield HEAD
    yield from _table("Attributes", ("Attribute", "Value", "Meaning"), facts["attributes"])
    yield from _table("Events", ("Event", "Detail", "When"), facts["events"])
    yield EVENTS.strip() + "\n"
    yield from _table("CSS variables", ("Variable", "Meaning"), facts["cssProperties"])
    yield from _table("Parts", ("`::part()`", "What"), facts["cssParts"])
    yield "## Inside\n"
    yield f"Whatever stands inside of the element: {facts['slots'][0]['description'].lower()}\n"
    yield "## Words\n" + WORDS
    yield "| Key | English |"
    yield "|---|---|"
    yield from (f"| `{key}` | {text} |" for key, text in english_words().items())


def _table(title: str, head: tuple[str, ...], rows: list[dict[str, Any]]) -> Iterator[str]:
    yield f"## {title}\n"
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        kind = [_code(row["type"]["text"])] if "type" in row else []
        yield f"| {' | '.join([_code(row['name']), *kind, row['description']])} |"
    yield ""


def _code(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"


if __name__ == "__main__":
    REFERENCE.write_text(render(), encoding="utf-8")
