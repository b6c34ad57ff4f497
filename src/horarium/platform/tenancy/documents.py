"""`docs/reference/permissions.md`, written from the tables of permissions."""

from __future__ import annotations

from .models import Role
from .permissions import KEY_SCOPES, MEANINGS, Permission, allowed

_HEAD = """# Permissions

Written from `platform/tenancy/permissions.py`; a test compares them. Who is no member of a business gets
404 everywhere; a member without the permission gets 403 (`tenancy.permission_missing`).
The scopes of API keys are the same words.
"""


def permissions_page() -> str:
    """The page in Markdown."""
    roles = list(Role)
    lines = [
        _HEAD,
        "| Permission | Allows to | " + " | ".join(role.value for role in roles) + " | API key |",
        "|---|---|" + "---|" * (len(roles) + 1),
    ]
    for permission in Permission:
        marks = ["✓" if allowed(role.value, permission) else "" for role in roles]
        marks.append("✓" if permission in KEY_SCOPES else "")
        lines.append(f"| `{permission}` | {MEANINGS[permission]} | " + " | ".join(marks) + " |")
    return "\n".join(lines) + "\n"
