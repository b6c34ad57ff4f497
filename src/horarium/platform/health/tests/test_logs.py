"""Logs tell what happened and never to whom."""

import json
import logging
import logging.config
from io import StringIO

import pytest
import structlog

from horarium.platform.health.logs import configure_structlog, logging_settings, scrubbed


def logged(form: str = "json") -> tuple[logging.Logger, StringIO]:
    """A logger with the product's formatter that writes to memory."""
    settings = logging_settings(form, "INFO")
    formatter = settings["formatters"]["lines"]
    handler = logging.StreamHandler(stream := StringIO())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]
        )
    )
    logger = logging.Logger("django.request")
    logger.addHandler(handler)
    return logger, stream


def test_an_event_is_one_line_of_json() -> None:
    logger, stream = logged()
    logger.warning("Bad Request: %s", "/my/ord_1.secret")
    told = json.loads(stream.getvalue())
    assert (told["event"], told["level"], told["logger"]) == ("Bad Request", "warning", "django.request")


@pytest.mark.parametrize("form", ["text", "json"])
def test_our_own_events_are_lines_without_personal_data(form: str) -> None:
    before = structlog.get_config()
    configure_structlog(form, "INFO", stream := StringIO())
    try:
        log = structlog.get_logger("horarium.test")
        log.debug("not told")
        log.info("sent", email="anna@example.org", to="call +7 (912) 345-67-89", count=2)
    finally:
        structlog.configure(**before)
    told = stream.getvalue()
    assert told.count("\n") == 1
    assert all(part in told for part in ("sent", "info", "horarium.test", "call …", "count"))
    assert "anna" not in told
    assert "345-67-89" not in told


def test_a_path_with_the_key_of_a_guest_is_not_told() -> None:
    logger, stream = logged("text")
    logger.warning("Not Found: %s", "/my/ord_1.secret")
    assert "secret" not in stream.getvalue()


def test_an_error_is_told_without_the_values_of_the_row() -> None:
    logger, stream = logged()
    try:
        raise ValueError("DETAIL:  Key (email)=(anna@example.org) already exists.")
    except ValueError:
        logger.exception("Internal Server Error: /api")
    assert "Traceback" in stream.getvalue()
    assert "anna" not in stream.getvalue()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail to anna.b+x@mail.example.org failed", "mail to … failed"),
        ("call +7 (912) 345-67-89 now", "call … now"),
        ("Key (business_id, phone)=(1, 79123456789) exists", "Key (business_id, phone)=(…) exists"),
        ("GET /api/v1/public/{business} 200", "GET /api/v1/public/{business} 200"),
    ],
)
def test_people_are_taken_out_of_texts(text: str, expected: str) -> None:
    assert scrubbed(text) == expected
