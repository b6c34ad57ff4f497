"""Whole answers go to the server at once, streams as streams."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.core.signals import request_finished
from django.http import FileResponse
from pytest_django import Settings

from horarium.config.wsgi import application
from horarium.platform.files.storage import stored_path


def asked(path: str, method: str = "GET") -> tuple[str, dict[str, str], Iterable[bytes]]:
    """Status, headers and body of the application's answer."""
    environ: dict[str, Any] = {"PATH_INFO": path, "REQUEST_METHOD": method}
    setup_testing_defaults(environ)
    told: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        told.append((status, headers))

    body = application(environ, start)
    status, headers = told[0]
    return status, dict(headers), body


def test_a_whole_answer_is_a_list_and_its_request_is_finished() -> None:
    finished: list[Any] = []

    def note(sender: Any, **_: Any) -> None:
        finished.append(sender)

    request_finished.connect(note)
    status, headers, body = asked("/health/live")
    assert (status, headers["Content-Type"]) == ("200 OK", "application/json")
    assert body == [b'{"status": "live"}']
    assert len(finished) == 1


def test_a_file_is_read_by_the_server_piece_by_piece(tmp_path: Path, settings: Settings) -> None:
    local = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": local}
    name = "a" * 24 + ".png"
    path = tmp_path / stored_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"picture")
    status, _, body = asked(f"/media/{name}")
    assert status == "200 OK"
    assert isinstance(body, FileResponse)
    assert b"".join(body) == b"picture"
    body.close()
