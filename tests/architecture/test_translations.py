"""Every visible text stands in all languages."""

from pathlib import Path

import pytest

from tools import messages

APPS = messages.apps()


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("app", APPS, ids=[app.name for app in APPS])
def test_every_text_of_an_app_is_translated(app: Path, language: str) -> None:
    assert messages.problems(app, language) == [], "run: make messages"


def test_every_text_to_translate_belongs_to_an_app_with_translations() -> None:
    homeless = []
    for file in sorted(messages.SOURCE.rglob("*.py")) + sorted(messages.SOURCE.rglob("*.html")):
        if messages.SKIPPED & set(file.relative_to(messages.SOURCE).parts):
            continue
        has_home = any(app in file.parents for app in APPS)
        if not has_home and any(messages.texts_of(file)):
            homeless.append(str(file.relative_to(messages.SOURCE)))
    assert homeless == []
