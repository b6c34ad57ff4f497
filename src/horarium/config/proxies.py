"""Where a request comes from, when it has passed proxies of ours."""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
Network = IPv4Network | IPv6Network


def trust_proxies(get_response: GetResponse) -> GetResponse:
    """Believe `X-Forwarded-For` and `X-Forwarded-Proto` of TRUSTED_PROXIES, and of nobody else.

    Behind it, `REMOTE_ADDR` is the last address that no trusted proxy has, and `wsgi.url_scheme` what the
    guest uses.
    """
    trusted = [ip_network(text, strict=False) for text in settings.TRUSTED_PROXIES]

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_trusted(request.META.get("REMOTE_ADDR", ""), trusted):
            chain = request.META.get("HTTP_X_FORWARDED_FOR", "")
            request.META["REMOTE_ADDR"] = origin(chain, trusted) or request.META["REMOTE_ADDR"]
            if request.META.get("HTTP_X_FORWARDED_PROTO") == "https":
                request.META["wsgi.url_scheme"] = "https"
                request.environ["wsgi.url_scheme"] = "https"  # type: ignore[attr-defined]
        return get_response(request)

    return middleware if trusted else get_response


def origin(chain: str, trusted: Sequence[Network]) -> str:
    """The nearest address of the chain that is not ours: all beyond it may be invented."""
    for hop in reversed([part.strip() for part in chain.split(",") if part.strip()]):
        if address_of(hop) is None:
            return ""
        if not is_trusted(hop, trusted):
            return hop
    return ""


def is_trusted(text: str, trusted: Sequence[Network]) -> bool:
    address = address_of(text)
    return address is not None and any(address in network for network in trusted)


def address_of(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
