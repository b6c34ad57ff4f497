"""`docs/reference/errors.md`, written from the tables of texts."""

from __future__ import annotations

from .texts import FIELDS, PROBLEMS, REASONS

_HEAD = """# Errors of the API

Written from `src/horarium/api/texts.py` by `python -m tools.api_reference`; a test compares them.

Every refusal is `application/problem+json` (RFC 9457) with a stable `code`; `title` and `detail` are in the language
of the request (`Accept-Language`: English, Russian, Spanish). What does not exist and what is not yours look the same.

```json
{"type": "urn:horarium:problem:availability.slot_taken", "title": "This time has just been taken", "status": 409,
 "detail": "Please choose another time; the nearest free ones are listed.", "code": "availability.slot_taken",
 "reason": "taken", "item": 0, "alternatives": [{"start": "…", "end": "…", "price": {}, "resources": [], "places": 1}]}
```

## Problems
"""
_FIELDS = """
## Fields

A 422 `input.invalid` names each field at fault: `"errors": [{"field": "items.0.party", "code": "capacity", …}]`.
"""
_REASONS = """
## Reasons

Why a start, or a whole day, is not free: `reason` of a day, `code` of `…/availability/why`, `reason` of a 409.
"""


def errors_page() -> str:
    """The page in Markdown."""
    ordered = sorted(PROBLEMS.items(), key=lambda one: (one[1].status, one[0]))
    lines = [_HEAD, "| Status | Code | Title | Detail |", "|---|---|---|---|"]
    lines += [f"| {text.status} | `{code}` | {text.title} | {text.detail} |" for code, text in ordered]
    lines += [_FIELDS, "| Code | Says |", "|---|---|"]
    lines += [f"| `{code}` | {text} |" for code, text in sorted(FIELDS.items())]
    lines += [_REASONS, "| Code | Says |", "|---|---|"]
    lines += [f"| `{code}` | {text} |" for code, text in REASONS.items()]
    return "\n".join(lines) + "\n"
