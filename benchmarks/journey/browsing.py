"""A person's browser without its window: a session that keeps cookies, reads pages, fills in and sends forms."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

import requests
from bs4 import BeautifulSoup, Tag

SECONDS = 60
SHOWN_AGAIN = {409, 422}
"Statuses of a refusal that comes with the form."
Fields = Mapping[str, str | list[str]]


class Unexpected(RuntimeError):
    """The server answered what no journey expects; the message says where and what."""


class Page:
    """One page that was opened."""

    def __init__(self, answer: requests.Response) -> None:
        self.address = answer.url
        self._soup = BeautifulSoup(answer.text, "html.parser")

    def embedded(self, name: str) -> dict[str, Any]:
        """Return the JSON that the page carries under an id."""
        found = self._soup.find("script", id=name)
        if found is None:
            raise Unexpected(f"{self.address} carries no {name}: {self.words()}")
        value = json.loads(found.get_text())
        return dict(value)

    def form(self, suffix: str) -> Tag | None:
        """Return the first form that is sent to an address with this ending, if there is one."""
        forms = self._soup.find_all("form")
        return next((form for form in forms if self._target(form).endswith(suffix)), None)

    def fields(self, suffix: str) -> tuple[str, dict[str, str]]:
        """Return where a form goes, and what it is filled in with already."""
        form = self.form(suffix)
        if form is None:
            raise Unexpected(f"{self.address} has no form to …{suffix}: {self.words()}")
        filled = {}
        for each in form.find_all(["input", "textarea", "select"]):
            name, kind = str(each.get("name") or ""), str(each.get("type") or "")
            if name and kind not in {"checkbox", "radio", "submit", "file"}:
                filled[name] = _value(each)
        return urljoin(self.address, self._target(form)), filled

    def options(self, name: str) -> list[str]:
        """Return the values that a choice called `name` offers; empty ones are left out."""
        choices = self._soup.select(f'[name="{name}"] option, input[name="{name}"]')
        return [value for each in choices if (value := str(each.get("value") or ""))]

    def errors(self) -> list[str]:
        """Return what keeps a form of the page from being accepted, a sentence each."""
        said = self._soup.select(".band-warn li, .error-summary li") or self._soup.select(".error-summary h2")
        return [" ".join(each.get_text(" ", strip=True).split()) for each in said]

    def words(self) -> str:
        """Return the first words a person would read, for messages."""
        main = self._soup.find("main") or self._soup
        return " ".join(main.get_text(" ", strip=True).split())[:400]

    def _target(self, form: Tag) -> str:
        return str(form.get("action") or self.address)


def _value(field: Tag) -> str:
    if field.name == "textarea":
        return field.get_text()
    if field.name == "select":
        chosen = field.find("option", selected=True) or field.find("option")
        return str(chosen.get("value") or "") if isinstance(chosen, Tag) else ""
    return str(field.get("value") or "")


class Browser:
    """A session of one person."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._session = requests.Session()
        self._session.trust_env = False

    def open(self, path: str) -> Page:
        """Open a page."""
        return Page(self._good(self._session.get(urljoin(self.base, path), timeout=SECONDS)))

    def send(self, page: Page, suffix: str, answers: Fields) -> Page:
        """Fill in a form of a page and send it; return the page that follows, or the form again with its refusal."""
        target, filled = page.fields(suffix)
        headers = {"Referer": page.address}
        answer = self._session.post(target, data={**filled, **answers}, headers=headers, timeout=SECONDS)
        return Page(answer if answer.status_code in SHOWN_AGAIN else self._good(answer))

    def call(self, method: str, path: str, body: Mapping[str, object]) -> dict[str, Any]:
        """Send JSON as a script of the page does, and return the answer."""
        cookies = self._session.cookies.get_dict()
        token = next((value for name, value in cookies.items() if name.endswith("csrf") or name == "csrftoken"), "")
        headers = {"X-CSRFToken": token, "Referer": self.base}
        url = urljoin(self.base, path)
        answer = self._good(self._session.request(method, url, json=body, headers=headers, timeout=SECONDS))
        return dict(answer.json())

    def sign_in(self, email: str, password: str) -> None:
        """Log in with an address and a password."""
        page = self.open("accounts/login/")
        after = self.send(page, "accounts/login/", {"login": email, "password": password})
        if after.form("accounts/login/") is not None:
            raise Unexpected(f"{email} could not sign in: {after.words()}")

    @staticmethod
    def _good(answer: requests.Response) -> requests.Response:
        if not answer.ok:
            request = answer.request
            said = Page(answer).words() if "html" in answer.headers.get("Content-Type", "") else answer.text[:400]
            raise Unexpected(f"{request.method} {request.path_url}: {answer.status_code} {said}")
        return answer
