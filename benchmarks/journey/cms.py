"""A CMS: posts drafts, asks how they stand, and takes home what was published."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import requests

from benchmarks.journey.browsing import SECONDS, Unexpected

POLL_SECONDS = 0.1
PATIENCE_SECONDS = 180


class Cms:
    """A program with a source token."""

    def __init__(self, base: str, token: str) -> None:
        self.base = base
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Authorization"] = f"Bearer {token}"

    def post_draft(self, payload: dict[str, object]) -> dict[str, Any]:
        """Post a draft, and return it as the server stored it."""
        return dict(self._ask("POST", "api/v1/drafts", json=payload).json())

    def draft(self, draft_id: str) -> dict[str, Any]:
        """Return how a draft stands."""
        return dict(self._ask("GET", f"api/v1/drafts/{draft_id}").json())

    def publication(self, publication_id: str) -> dict[str, Any]:
        """Return a publication."""
        return dict(self._ask("GET", f"api/v1/publications/{publication_id}").json())

    def gate(self, draft_id: str) -> dict[str, Any]:
        """Return what the gate says."""
        return dict(self._ask("GET", f"api/v1/drafts/{draft_id}/gate").json())

    def bytes_at(self, path: str) -> bytes:
        """Return a file, byte for byte."""
        return self._ask("GET", path).content

    def wait_for(self, draft_id: str, is_there: Callable[[dict[str, Any]], bool], what: str) -> dict[str, Any]:
        """Ask how a draft stands until something is true of it."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            found = self.draft(draft_id)
            if is_there(found):
                return found
            time.sleep(POLL_SECONDS)
        raise Unexpected(f"Draft {draft_id} was not {what} after {PATIENCE_SECONDS} s; it is {found['state']}.")

    def _ask(self, method: str, path: str, *, json: dict[str, object] | None = None) -> requests.Response:
        while True:
            answer = self._session.request(method, urljoin(self.base, path), json=json, timeout=SECONDS)
            if answer.status_code != requests.codes.too_many_requests:
                break
            time.sleep(float(answer.headers.get("Retry-After", "1")))
        if not answer.ok:
            raise Unexpected(f"{method} {path}: {answer.status_code} {answer.text[:400]}")
        return answer
