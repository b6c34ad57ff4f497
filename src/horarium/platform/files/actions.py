"""Pictures of a business."""

from __future__ import annotations

import secrets
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor

from .models import StoredFile
from .rules import MAX_BYTES, InvalidImage, Picture, clean_picture
from .storage import stored_path


def store_image(business_id: int, upload: UploadedFile[bytes], actor: Actor, alt: str = "") -> StoredFile:
    """Keep an uploaded picture under a random name. Raises InvalidImage.

    The name it came with is shown to staff only: it is no part of the address.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise InvalidImage(
            "larger than 8 MB", field="file", params={"reason": "too_large", "limit": MAX_BYTES}
        )
    picture = clean_picture(upload.read(MAX_BYTES + 1))
    original_name = PurePath((upload.name or "").replace("\\", "/")).name
    return _store(business_id, picture, actor, original_name=original_name, alt=alt)


def store_made_image(business_id: int, content: bytes, name: str, *, alt: str = "") -> StoredFile:
    """Keep a picture that the product has drawn itself; `name` is what staff see."""
    return _store(business_id, clean_picture(content), Actor.system(), original_name=name, alt=alt)


def _store(business_id: int, picture: Picture, actor: Actor, *, original_name: str, alt: str) -> StoredFile:
    name = f"{secrets.token_hex(12)}.{picture.extension}"
    default_storage.save(stored_path(name), ContentFile(picture.content))
    try:
        with transaction.atomic():
            stored = StoredFile.objects.create(
                business_id=business_id,
                name=name,
                original_name=original_name[:200],
                content_type=picture.content_type,
                size=len(picture.content),
                width=picture.width,
                height=picture.height,
                alt=alt.strip()[:200],
            )
            record(
                business_id, actor, "file.stored", stored.public_id, after={"name": name, "size": stored.size}
            )
    except BaseException:
        default_storage.delete(stored_path(name))
        raise
    return stored
