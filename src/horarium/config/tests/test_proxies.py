"""Nobody invents an address."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from horarium.config.env import ConfigurationError, read
from horarium.config.proxies import trust_proxies


def seen(peer: str, chain: str = "", scheme: str = "") -> tuple[str, str]:
    """Address and scheme that the pages see."""
    found: list[tuple[str, str]] = []

    def page(request: HttpRequest) -> HttpResponse:
        found.append((request.META["REMOTE_ADDR"], request.scheme or ""))
        return HttpResponse()

    headers = {"X-Forwarded-For": chain, "X-Forwarded-Proto": scheme}
    with override_settings(TRUSTED_PROXIES=("10.0.0.0/8", "::1")):
        request = RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)
        trust_proxies(page)(request)
    return found[0]


@pytest.mark.parametrize(
    ("peer", "chain", "expected"),
    [
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_only_trusted_proxies_say_where_a_request_comes_from(peer: str, chain: str, expected: str) -> None:
    """T-55b."""
    assert seen(peer, chain)[0] == expected


def test_only_trusted_proxies_say_that_it_is_https() -> None:
    assert seen("10.0.0.1", scheme="https")[1] == "https"
    assert seen("203.0.113.5", scheme="https")[1] == "http"


def test_a_proxy_that_is_no_address_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="TRUSTED_PROXIES must be addresses or networks"):
        read({"TRUSTED_PROXIES": "load-balancer"})
