"""Write `docs/reference/openapi.json` and `docs/reference/errors.md` from the code."""

import os
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"


def main() -> None:
    os.environ.setdefault("HORARIUM_ENV", "test")
    os.environ.setdefault("DATABASE_URL", "postgresql://nobody@127.0.0.1/none")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "horarium.config.settings")
    import django

    django.setup()
    from horarium.api.documents import errors_page
    from horarium.api.urls import openapi_document

    REFERENCE.mkdir(parents=True, exist_ok=True)
    (REFERENCE / "openapi.json").write_text(openapi_document(), encoding="utf-8")
    (REFERENCE / "errors.md").write_text(errors_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
