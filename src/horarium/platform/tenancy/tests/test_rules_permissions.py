"""Who may do what."""

from pathlib import Path

import pytest

from horarium.platform.tenancy.documents import permissions_page
from horarium.platform.tenancy.models import Role
from horarium.platform.tenancy.permissions import (
    KEY_SCOPES,
    MEANINGS,
    ROLE_PERMISSIONS,
    Permission,
    PermissionMissing,
    allowed,
    require,
)

PAGE = Path(__file__).resolve().parents[5] / "docs" / "reference" / "permissions.md"


def test_the_reference_page_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == permissions_page()


def test_every_role_and_every_permission_has_its_line() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role.values)
    assert set(MEANINGS) == set(Permission)


def test_a_specialist_sees_the_own_column_only() -> None:
    assert allowed("specialist", Permission.BOOKINGS_READ_OWN)
    assert not allowed("specialist", Permission.BOOKINGS_READ)
    assert not allowed("specialist", Permission.CUSTOMERS_READ)


def test_whoever_may_write_may_read() -> None:
    for granted in ROLE_PERMISSIONS.values():
        for permission in granted:
            area, _, verb = permission.partition(".")
            if verb == "write" and f"{area}.read" in set(Permission):
                assert Permission(f"{area}.read") in granted


def test_an_unknown_role_may_nothing() -> None:
    with pytest.raises(PermissionMissing):
        require("visitor", Permission.CATALOG_READ)


def test_no_key_can_make_keys_or_members() -> None:
    assert {Permission.KEYS_WRITE, Permission.MEMBERS_WRITE}.isdisjoint(KEY_SCOPES)
