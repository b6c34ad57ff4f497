"""Settings are typed, refused all at once, and their reference is what the code says."""

from pathlib import Path

import pytest

from horarium.config.cli import reference
from horarium.config.env import ConfigurationError, Mode, read, with_file
from horarium.config.parse import Address, Mail

KEY = "k" * 50
PRODUCTION = {"HORARIUM_ENV": "production", "SECRET_KEY": KEY, "PUBLIC_URL": "https://book.example.org"}


def test_without_any_setting_it_is_a_demo_on_port_8000() -> None:
    found = read({})
    assert (found.mode, found.port, found.host) == (Mode.DEMO, 8000, "127.0.0.1")
    assert found.data == Path.cwd() / "var"
    assert found.email is None


def test_a_database_of_its_own_makes_it_production() -> None:
    with pytest.raises(ConfigurationError) as caught:
        read({"DATABASE_URL": "postgresql://u@h/db"})
    assert [problem.split(" (")[0] for problem in caught.value.problems] == [
        "SECRET_KEY must be set in production",
        "PUBLIC_URL must be set in production",
    ]


def test_all_wrong_settings_are_told_at_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        read({"PORT": "eighty", "LOG_FORMAT": "xml", "DATABASE_URL": "mysql://h/db"})
    assert str(caught.value) == (
        "Wrong settings: DATABASE_URL must start with postgresql:// (other databases do not work); "
        "PORT must be a whole number from 1 to 65535, not 'eighty'; "
        "LOG_FORMAT must be one of text, json, not 'xml'"
    )


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80.5"])
def test_a_port_outside_of_the_range_is_refused(port: str) -> None:
    with pytest.raises(ConfigurationError, match="PORT must be a whole number from 1 to 65535"):
        read({"PORT": port})


def test_a_short_key_is_refused_in_production() -> None:
    with pytest.raises(ConfigurationError, match="SECRET_KEY must have at least 50 characters"):
        read(PRODUCTION | {"SECRET_KEY": "k" * 49})


def test_a_secret_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY + "\n")
    found = read(PRODUCTION | {"SECRET_KEY": "", "SECRET_KEY_FILE": str(file)})
    assert found.secret_key == KEY


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="SECRET_KEY and SECRET_KEY_FILE are both set"):
        read(PRODUCTION | {"SECRET_KEY_FILE": str(tmp_path / "key")})


def test_a_missing_file_of_a_secret_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="No such file"):
        read(PRODUCTION | {"SECRET_KEY": "", "SECRET_KEY_FILE": str(tmp_path / "none")})


def test_the_public_address_loses_its_slash_and_may_have_no_path() -> None:
    """T-131."""
    assert read(PRODUCTION | {"PUBLIC_URL": "https://a.example/"}).public_url == "https://a.example"
    with pytest.raises(ConfigurationError, match="must have no path"):
        read(PRODUCTION | {"PUBLIC_URL": "https://a.example/b"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smtp://h:587", Mail(host="h", port=587, user="", password="", tls="starttls")),
        ("smtp://h", Mail(host="h", port=25, user="", password="", tls="none")),
        ("smtps://u%40x:p%2Fw@h", Mail(host="h", port=465, user="u@x", password="p/w", tls="ssl")),
        ("smtp://h:2525?tls=starttls", Mail(host="h", port=2525, user="", password="", tls="starttls")),
    ],
)
def test_the_mail_server_is_read_from_its_address(text: str, expected: Mail) -> None:
    assert read({"EMAIL_URL": text}).email == expected


def test_a_mail_server_never_shows_its_password() -> None:
    assert "hidden" not in repr(read({"EMAIL_URL": "smtp://u:hidden@h:587"}).email)


def test_the_address_of_metrics_is_host_and_port() -> None:
    assert read({"METRICS_ADDRESS": "[::1]:9100"}).metrics == Address("::1", 9100)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# a comment\nPORT=9000\nLOG_LEVEL='debug'\n")
    assert with_file({"PORT": "9001"}, file) == {"PORT": "9001", "LOG_LEVEL": "debug"}


def test_the_reference_of_settings_is_what_the_code_says() -> None:
    assert reference.MARKDOWN.read_text() == reference.as_markdown(), "run: horarium settings --write"
    assert reference.EXAMPLE.read_text() == reference.as_example(), "run: horarium settings --write"
