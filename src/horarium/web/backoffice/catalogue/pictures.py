"""The picture of a form. It is kept as soon as it has come, so that a mistake elsewhere does not lose it."""

from __future__ import annotations

from django.http import HttpRequest

from horarium.kit.errors import InvalidInput
from horarium.platform.files.actions import store_image
from horarium.platform.files.models import StoredFile
from horarium.platform.files.storage import media_path
from horarium.web.backoffice.entered import Entered, refusal_text
from horarium.web.backoffice.shell import Office


def keep_picture(request: HttpRequest, office: Office, entered: Entered, name: str = "photo") -> None:
    """Afterwards `name` holds the public id of the picture: a new one, the old one, or nothing."""
    if entered.flag(f"{name}_remove"):
        entered.put(name, "")
        entered.data.pop(f"{name}_remove")
    upload = request.FILES.get(f"{name}_file")
    if upload is None:
        return
    try:
        stored = store_image(office.business.pk, upload, office.actor)
    except InvalidInput as error:
        entered.wrong(f"{name}_file", refusal_text(error))
    else:
        entered.put(name, stored.public_id)


def picture_url(office: Office, entered: Entered, name: str = "photo") -> str:
    """Address of the picture that the form names."""
    public_id = entered.text(name)
    if not public_id:
        return ""
    found = StoredFile.objects.filter(business_id=office.business.pk, public_id=public_id)
    return media_path(found.values_list("name", flat=True).first() or "")
