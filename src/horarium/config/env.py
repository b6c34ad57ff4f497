"""Settings from the environment: declared once, typed, all mistakes told together.

`docs/reference/settings.md` and `.env.example` are written from the declarations below
(`horarium settings --write`), and a test compares them.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from horarium.config.parse import (
    Address,
    Mail,
    address,
    choice,
    log_level,
    mail,
    names,
    networks,
    optional,
    port_number,
    postgres_url,
    web_address,
    whole_number,
)


class Mode(StrEnum):
    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


class ConfigurationError(Exception):
    """The environment cannot be used; the text names every problem and what to do about it."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        lead = "Wrong setting" if len(problems) == 1 else "Wrong settings"
        super().__init__(f"{lead}: " + "; ".join(problems))


@dataclass(frozen=True, kw_only=True)
class Declaration:
    name: str
    about: str
    parse: Callable[[str], Any]
    default: str
    secret: bool
    needed: bool
    example: str


def setting(
    name: str,
    about: str,
    *,
    parse: Callable[[str], Any] = str,
    default: str = "",
    secret: bool = False,
    needed: bool = False,
    example: str = "",
) -> Any:
    """`secret` adds the variant NAME_FILE; `needed` forbids an empty value in production."""
    declaration = Declaration(
        name=name, about=about, parse=parse, default=default, secret=secret, needed=needed, example=example
    )
    return field(metadata={"declaration": declaration})


@dataclass(frozen=True, kw_only=True)
class Configuration:
    mode: Mode | None = setting(
        "HORARIUM_ENV",
        "What this installation is: `demo`, `test` or `production`. "
        "Empty: `production` when `DATABASE_URL` is set, else `demo`.",
        parse=choice(Mode),
        example="production",
    )
    data: Path = setting(
        "HORARIUM_DATA",
        "Data folder: uploaded files, and the embedded database when `DATABASE_URL` is empty.",
        parse=lambda text: Path(text).expanduser().absolute(),
        default="./var",
        example="/var/lib/horarium",
    )
    database_url: str = setting(
        "DATABASE_URL",
        "PostgreSQL 15 or newer, as `postgresql://user:password@host:5432/name`. "
        "Empty: the embedded PostgreSQL.",
        parse=postgres_url,
        secret=True,
        example="postgresql://horarium:secret@127.0.0.1:5432/horarium",
    )
    secret_key: str = setting(
        "SECRET_KEY",
        "Signs sessions and links; at least 50 random characters. The demo makes its own in the data folder.",
        secret=True,
        needed=True,
        example="print one with: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'",
    )
    old_secret_keys: tuple[str, ...] = setting(
        "SECRET_KEY_FALLBACKS",
        "Former values of `SECRET_KEY`, separated by commas, that still open what they signed.",
        parse=names,
        secret=True,
    )
    public_url: str = setting(
        "PUBLIC_URL",
        "The address under which guests reach this installation; it stands in links and e-mails. "
        "Outside production empty means `http://127.0.0.1:$PORT`.",
        parse=web_address,
        needed=True,
        example="https://book.example.org",
    )
    host: str = setting("HOST", "The address to listen on.", default="127.0.0.1", example="::")
    port: int = setting("PORT", "The port to listen on.", parse=port_number, default="8000")
    extra_hosts: tuple[str, ...] = setting(
        "ALLOWED_HOSTS",
        "Further host names, separated by commas, that requests may name; "
        "the one of `PUBLIC_URL` is always allowed.",
        parse=names,
        example="book.example.net",
    )
    trusted_proxies: tuple[str, ...] = setting(
        "TRUSTED_PROXIES",
        "Addresses or networks, separated by commas, whose `X-Forwarded-For` and "
        "`X-Forwarded-Proto` are believed.",
        parse=networks,
        example="10.0.0.0/8",
    )
    email: Mail | None = setting(
        "EMAIL_URL",
        "Mail server, as `smtp://user:password@host:587?tls=starttls` "
        "(`tls` is `starttls`, `ssl` or `none`). Empty: messages are only kept in the back office.",
        parse=mail,
        secret=True,
        example="smtp://user:password@mail.example.org:587?tls=starttls",
    )
    email_from: str = setting(
        "EMAIL_FROM",
        "The sender of e-mails.",
        default="Horarium <no-reply@localhost>",
        example="Bookings <bookings@example.org>",
    )
    test_gateway: str | None = setting(
        "TEST_GATEWAY",
        "`on` offers the test gateway, which takes no money, in production too, to every business that switches "
        "it on for itself; `off` hides it everywhere. Empty: everywhere but in production.",
        parse=choice(("on", "off")),
        example="off",
    )
    test_gateway_callback_url: str = setting(
        "TEST_GATEWAY_CALLBACK_URL",
        "Where the test gateway sends its callbacks, when this installation does not answer at "
        "`http://127.0.0.1:$PORT`.",
        parse=web_address,
        example="http://web:8000",
    )
    web_workers: int = setting(
        "WEB_WORKERS",
        "Processes that answer HTTP requests. 0: one for each processor, at most four.",
        parse=whole_number(0, 256),
        default="0",
    )
    rate_limit_reads: int | None = setting(
        "RATE_LIMIT_READS",
        "Reads and quotes of the public API a minute from one address, and with one order's token. "
        "0: no limit. Not set: 600; a demo allows a thousand times as many.",
        parse=optional(whole_number(0, 1_000_000)),
        example="600",
    )
    rate_limit_orders: int | None = setting(
        "RATE_LIMIT_ORDERS",
        "Orders, payments and cancellations through the public API a minute from one address. "
        "0: no limit. Not set: 30; a demo allows a thousand times as many.",
        parse=optional(whole_number(0, 1_000_000)),
        example="30",
    )
    rate_limit_staff: int | None = setting(
        "RATE_LIMIT_STAFF",
        "Requests of one API key, or of one address, a minute to the staff's API. "
        "0: no limit. Not set: 1200; a demo allows a thousand times as many.",
        parse=optional(whole_number(0, 1_000_000)),
        example="1200",
    )
    prepare_statements: str = setting(
        "PREPARE_STATEMENTS",
        "`off` behind a PgBouncer older than 1.22 in transaction mode: the server then plans each statement anew.",
        parse=choice(("on", "off")),
        default="on",
    )
    metrics: Address | None = setting(
        "METRICS_ADDRESS",
        "Where Prometheus may ask for metrics, as `host:port`. Empty: nowhere.",
        parse=address,
        example="127.0.0.1:9100",
    )
    log_format: str = setting(
        "LOG_FORMAT",
        "`text` for people, `json` for machines.",
        parse=choice(("text", "json")),
        default="text",
    )
    log_level: str = setting(
        "LOG_LEVEL", "`debug`, `info`, `warning` or `error`.", parse=log_level, default="info"
    )


def declaration_of(item: "Field[Any]") -> Declaration:
    declaration: Declaration = item.metadata["declaration"]
    return declaration


def read(environment: Mapping[str, str]) -> Configuration:
    """Read every setting, or raise one ConfigurationError with all that is wrong."""
    problems: list[str] = []
    values: dict[str, Any] = {}
    for item in fields(Configuration):
        declaration = declaration_of(item)
        try:
            text = raw_value(declaration, environment)
            values[item.name] = declaration.parse(text)
        except (ValueError, OSError) as error:
            problems.append(f"{declaration.name} {error}")
    if not problems:
        values["mode"] = values["mode"] or (Mode.PRODUCTION if values["database_url"] else Mode.DEMO)
        if values["mode"] is Mode.PRODUCTION:
            problems = [*missing(values), *weak(values)]
    if problems:
        raise ConfigurationError(problems)
    return Configuration(**values)


def raw_value(declaration: Declaration, environment: Mapping[str, str]) -> str:
    """The text of one setting; a secret may stand in the file that NAME_FILE names."""
    text = environment.get(declaration.name, "").strip()
    source = environment.get(f"{declaration.name}_FILE", "").strip() if declaration.secret else ""
    if text and source:
        raise ValueError(f"and {declaration.name}_FILE are both set: keep one of them")
    if source:
        try:
            text = Path(source).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ValueError(f"cannot be read from {source}: {error.strerror}") from error
    return text or declaration.default


def missing(values: Mapping[str, Any]) -> list[str]:
    found = [(declaration_of(item), values[item.name]) for item in fields(Configuration)]
    return [
        f"{declaration.name} must be set in production ({declaration.example})"
        for declaration, value in found
        if declaration.needed and not value
    ]


def weak(values: Mapping[str, Any]) -> list[str]:
    key = values["secret_key"]
    return ["SECRET_KEY must have at least 50 characters"] if key and len(key) < 50 else []


def with_file(environment: Mapping[str, str], file: Path) -> dict[str, str]:
    """The environment, with what it does not name taken from a file of NAME=value lines."""
    merged: dict[str, str] = {}
    if file.is_file():
        for line in file.read_text(encoding="utf-8").splitlines():
            name, equals, value = line.strip().partition("=")
            if equals and not name.startswith("#"):
                merged[name.strip()] = value.strip().strip("'\"")
    return merged | dict(environment)


def from_process() -> Configuration:
    return read(with_file(os.environ, Path(".env")))
