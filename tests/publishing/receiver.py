"""A receiver of webhooks on this machine, and a Source that is told there."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from content.publishing.actions import endpoints
from content.publishing.actions.endpoints import Created
from content.publishing.models import Delivery, WebhookEndpoint
from tests.make import NOON
from tests.publishing.maker import TELL, PublishingMaker


@dataclass
class Received:
    """One message as it came in."""

    headers: dict[str, str]
    body: str


@dataclass
class Receiver:
    """A receiver on this machine: answers with `statuses` in turn, then with the last."""

    statuses: list[int] = field(default_factory=lambda: [204])
    received: list[Received] = field(default_factory=list)
    url: str = ""

    def answer(self) -> int:
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver while the block runs."""
    found = Receiver()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found.received.append(Received(headers=dict(self.headers.items()), body=body))
            self.send_response(found.answer())
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield found
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


class Cms:
    """A Source with an endpoint."""

    def __init__(self, make: PublishingMaker, url: str, *types: str) -> None:
        self.machine = make.cms()
        self.make = make
        self.created = self.add(url, *types)

    def add(self, url: str, *types: str) -> Created:
        return endpoints.add_endpoint(
            source_id=self.machine.source_id, url=url, types=types, description="", by=self.machine, at=NOON
        )

    @property
    def endpoint(self) -> WebhookEndpoint:
        return WebhookEndpoint.objects.get(pk=self.created.endpoint.pk)

    def tell(self, at: datetime = NOON) -> Delivery:
        """Post a draft and work what follows from it."""
        self.make.draft(by=self.machine, at=at)
        self.make.work(*TELL, at=at)
        return Delivery.objects.filter(endpoint=self.created.endpoint, type="draft.received").latest("pk")
