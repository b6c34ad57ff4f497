"""Pictures: what they are is read from the content, where they lie cannot be guessed."""

import io
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scopes_disabled
from PIL import Image
from pytest_django import Settings

from horarium.platform.audit.actor import Actor
from horarium.platform.audit.queries import list_entries
from horarium.platform.files.actions import store_image, store_made_image
from horarium.platform.files.models import StoredFile
from horarium.platform.files.rules import InvalidImage
from horarium.platform.files.storage import media_path, stored_path
from tests.factories import make_business

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_folder(tmp_path: Path, settings: Settings) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    local = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    settings.STORAGES = {**settings.STORAGES, "default": local}
    return folder


def picture(
    kind: str = "JPEG",
    size: tuple[int, int] = (40, 30),
    *,
    mode: str = "RGB",
    color: str = "teal",
    **options: Any,
) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, color).save(written, kind, **options)
    return written.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def reason_of(content: bytes, name: str = "photo.jpg") -> object:
    business = make_business()
    with pytest.raises(InvalidImage) as refusal:
        store_image(business.pk, upload(content, name), Actor.system())
    with scopes_disabled():
        assert not StoredFile.objects.exists()
    return refusal.value.params["reason"]


def test_a_picture_is_kept_under_a_name_that_nobody_can_guess() -> None:
    business = make_business()
    stored = store_image(
        business.pk, upload(picture(), "../../Anna Ivanova.jpg"), Actor.system(), alt=" Anna "
    )
    assert re.fullmatch(r"[0-9a-f]{24}\.jpg", stored.name)
    assert (stored.original_name, stored.alt) == ("Anna Ivanova.jpg", "Anna")
    assert (stored.width, stored.height, stored.content_type) == (40, 30, "image/jpeg")
    assert [entry.action for entry in list_entries(business.pk).entries] == ["file.stored"]


def test_the_type_is_what_the_content_says() -> None:
    stored = store_image(make_business().pk, upload(picture("PNG"), "photo.jpg"), Actor.system())
    assert (stored.content_type, stored.name[-4:]) == ("image/png", ".png")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        picture("GIF"),
        picture("BMP"),
        picture("JPEG")[:200],
    ],
)
def test_other_content_is_refused_whatever_its_name(content: bytes) -> None:
    assert reason_of(content) == "type"


def test_more_than_eight_megabytes_are_refused() -> None:
    assert reason_of(picture() + b"\0" * 8 * 1024 * 1024) == "too_large"


def test_a_decompression_bomb_is_refused_before_it_is_unpacked() -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    bomb += struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    assert reason_of(bomb) == "too_many_pixels"


def test_nothing_of_the_metadata_is_kept_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010E] = "taken at home"
    stored = store_image(make_business().pk, upload(picture(exif=exif)), Actor.system())
    with default_storage.open(stored_path(stored.name)) as file:
        content = file.read()
    assert b"taken at home" not in content
    assert b"Exif" not in content
    assert (stored.width, stored.height) == (30, 40)


def test_a_large_picture_becomes_2400_pixels() -> None:
    stored = store_image(make_business().pk, upload(picture(size=(4800, 1200))), Actor.system())
    assert (stored.width, stored.height) == (2400, 600)


def test_transparency_stays() -> None:
    clear = picture("WEBP", mode="RGBA", color="#00808000")
    stored = store_image(make_business().pk, upload(clear), Actor.system())
    with default_storage.open(stored_path(stored.name)) as file, Image.open(file) as image:
        assert (image.format, image.mode) == ("WEBP", "RGBA")


def test_a_picture_is_served_for_a_year_and_never_sniffed(client: Client) -> None:
    stored = store_made_image(make_business().pk, picture("WEBP"), "Hall")
    response = client.get(media_path(stored.name))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(b"".join(response.streaming_content)) == stored.size  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2fsecret_key",
        "../../secret_key",
        "%2e%2e/secret_key",
        "0" * 24 + ".jpg",
        "secret_key",
        "a.html",
    ],
)
def test_other_names_lead_nowhere(client: Client, media_folder: Path, name: str) -> None:
    (media_folder.parent / "secret_key").write_text("secret")
    (media_folder / "secret_key").write_text("secret")
    assert client.get(f"/media/{name}").status_code == 404
