"""The test bed itself."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection


@pytest.mark.django_db
def test_text_is_compared_by_the_rules_of_unicode() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('Я'), 'Яна' ILIKE 'яНА'")
        assert cursor.fetchone() == ("я", True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_nothing_behind(turn: int) -> None:
    users = get_user_model().objects
    assert users.count() == 0
    users.create_user("anna@example.org")
    assert users.count() == 1
