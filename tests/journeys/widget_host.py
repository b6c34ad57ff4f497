"""Somebody's own site: pages of another origin, under a content security policy that allows the widget and no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

STYLES = "body { margin: 0; padding: 16px; font: 18px serif } main { max-width: 900px; margin: auto }"


@dataclass
class Host:
    """`put` a page and get its address. By another host name than the product, so that no cookie is shared."""

    port: int
    api: str
    pages: dict[str, str] = field(default_factory=dict)

    @property
    def policy(self) -> str:
        return (
            f"default-src 'none'; script-src {self.api}; connect-src {self.api}; img-src {self.api}; "
            "style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )

    def put(self, body: str, *, lang: str = "en") -> str:
        name = f"/page-{len(self.pages)}"
        self.pages[name] = (
            f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>A site</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<link rel="stylesheet" href="/styles.css"></head><body><main><h1>A site</h1>{body}</main></body></html>'
        )
        return f"http://localhost:{self.port}{name}"

    @property
    def script(self) -> str:
        return f'<script type="module" src="{self.api}/widget/v1/horarium.js"></script>'

    def widget(self, business: str, attributes: str = "") -> str:
        """The documented snippet."""
        link = f'<a href="{self.api}/b/{business}/">Book online</a>'
        return f'{self.script}<horarium-booking business="{business}" {attributes}>{link}</horarium-booking>'


@contextmanager
def running_host(api: str) -> Iterator[Host]:
    host = Host(0, api)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            text = STYLES if path == "/styles.css" else host.pages.get(path)
            content = (text or "").encode()
            self.send_response(404 if text is None else 200)
            self.send_header("Content-Type", "text/css" if path == "/styles.css" else "text/html")
            self.send_header("Content-Security-Policy", host.policy)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host.port = server.server_port
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield host
        server.shutdown()
        thread.join()
