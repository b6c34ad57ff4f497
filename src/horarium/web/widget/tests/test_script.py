import gzip

import pytest
from django.test import Client

from horarium.web.widget.script import script_path

ADDRESS = "/widget/v1/horarium.js"


def test_the_script_may_be_read_from_every_origin_and_is_kept_shortly(client: Client) -> None:
    answer = client.get(ADDRESS, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 200
    assert answer.content == script_path().read_bytes()
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=600, stale-while-revalidate=86400"
    assert dict(answer.cookies) == {}


def test_a_browser_that_has_the_script_is_told_so(client: Client) -> None:
    etag = client.get(ADDRESS)["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert again["Cache-Control"] == "public, max-age=600, stale-while-revalidate=86400"


def test_the_script_goes_packed_to_those_who_unpack(client: Client) -> None:
    packed = client.get(ADDRESS, headers={"Accept-Encoding": "br;q=1, gzip"})
    plain = client.get(ADDRESS, headers={"Accept-Encoding": "gzip;q=0"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_script_is_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)(ADDRESS).status_code == 405


@pytest.mark.django_db
def test_the_example_of_an_unknown_business_is_not_found(client: Client) -> None:
    assert client.get("/widget/example/nobody").status_code == 404
    assert client.get("/widget/example/").status_code == 404
