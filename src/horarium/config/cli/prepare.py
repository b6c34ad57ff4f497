"""What happens before the processes start: migrations, demo businesses, sign-in links."""

import json
import os
import sys
from typing import Any

from horarium.config import env
from horarium.config.cli.setup import migrate, set_up_django


def prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "horarium.config.settings")
    configuration = env.from_process()
    set_up_django()
    migrate(configuration)
    if configuration.mode is env.Mode.DEMO:
        fill_once()
    print(json.dumps({"businesses": list_businesses()}), flush=True)


def fill_once() -> None:
    """Only an installation without any business gets the demo ones; they are filled in one transaction."""
    from horarium.config.demo import fill_demo
    from horarium.platform.tenancy.models import Business

    if Business.objects.exists():
        return
    print("Filling the demo businesses; this is done once …", file=sys.stderr, flush=True)
    fill_demo()


def list_businesses() -> list[dict[str, Any]]:
    """The first twenty, each with a link for its owner that is good for one sign-in within a day."""
    from horarium.config.cli.people import DAY, sign_in_link
    from horarium.platform.tenancy.models import Business
    from horarium.platform.tenancy.queries import find_owner_email

    found = []
    for business in Business.objects.filter(is_active=True).order_by("id")[:20]:
        owner = find_owner_email(business.pk) or ""
        link = sign_in_link(owner, lifetime=DAY) if owner else ""
        found.append({"slug": business.slug, "name": business.name, "owner": owner, "link": link})
    return found
