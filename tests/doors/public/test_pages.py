"""What anybody sees: published texts, the front page, notices."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from content.attestation.queries.bundles import file_of
from content.publishing.actions.retracting import retract
from content.publishing.states import RetractionReason
from tests.make import NOON
from tests.publishing.maker import Out, PublishingMaker

DAY = timedelta(days=1)
NOTICE = "The figures in this text were wrong, and we could not repair them."
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def out(make: PublishingMaker) -> Out:
    return make.out()


def address(out: Out) -> str:
    return reverse("reviewdesk:publication", kwargs={"publication_id": out.facts.id, "slug": out.facts.slug})


def retracted(make: PublishingMaker, out: Out) -> None:
    at = out.step.at + DAY
    retract(
        publication_id=out.facts.id,
        reason_code=RetractionReason.ERROR,
        notice=NOTICE,
        title=out.facts.title,
        authenticated_at=at,
        by=make.manager(),
        at=at,
    )


class TestAPublishedPage:
    def test_shows_the_signed_bytes(self, client: Client, out: Out) -> None:
        page = client.get(address(out)).content.decode()

        assert file_of(attestation_id=out.attestation_id, name="content.html").decode() in page

    def test_says_how_it_was_made_and_who_answers(self, client: Client, out: Out) -> None:
        page = client.get(address(out)).content.decode()

        assert f"disclosure-{out.facts.disclosure}" in page
        assert "https://example.org/imprint" in page
        assert reverse("reviewdesk:attestation", kwargs={"attestation_id": out.attestation_id}) in page

    def test_tells_machines(self, client: Client, out: Out) -> None:
        response = client.get(address(out))

        bundle = f"http://testserver/v/{out.attestation_id}/attestation.json"
        assert re.fullmatch(r"train-ai=[yn], search=y", response.headers["Content-Usage"])
        assert f'<{bundle}>; rel="describedby"' in response.headers["Link"]
        assert '<meta name="ai-disclosure" content="' in response.content.decode()

    def test_describes_itself_to_programs(self, client: Client, out: Out) -> None:
        page = client.get(address(out)).content.decode()

        found = re.search(r'<script type="application/ld\+json">(.+?)</script>', page, re.DOTALL)
        assert found is not None
        told = json.loads(found[1])
        assert told["headline"] == out.facts.title
        assert told["digitalSourceType"].startswith("https://schema.org/TrainedAlgorithmicMedia")

    def test_sets_no_cookie_and_asks_for_none(self, client: Client, out: Out) -> None:
        response = client.get(address(out))

        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "script-src 'self';" in response.headers["Content-Security-Policy"]
        assert "nonce" not in response.headers["Content-Security-Policy"]

    def test_is_not_sent_twice(self, client: Client, out: Out) -> None:
        etag = client.get(address(out)).headers["ETag"]

        again = client.get(address(out), headers={"If-None-Match": etag})

        assert (again.status_code, again.content) == (304, b"")
        assert "Content-Usage" in again.headers

    def test_leads_from_an_old_address_to_the_new_one(self, client: Client, out: Out) -> None:
        response = client.get(f"/p/{out.facts.id}/another-title/")

        assert (response.status_code, response.headers["Location"]) == (301, address(out))

    def test_shows_script_in_a_title_as_text(self, client: Client, make: PublishingMaker) -> None:
        out = make.out(title=f"{SCRIPT} & bread")

        pages = [address(out), "/", f"/v/{out.attestation_id}/"]
        assert [path for path in pages if SCRIPT in client.get(path).content.decode()] == []

    def test_that_was_retracted_answers_with_its_notice(self, client: Client, make: PublishingMaker, out: Out) -> None:
        retracted(make, out)

        response = client.get(address(out))

        assert response.status_code == 410
        assert NOTICE in response.content.decode()
        assert "wooden box" not in response.content.decode()

    def test_that_nobody_published_is_not_found(self, client: Client, db: None) -> None:
        assert client.get("/p/0199a000-0000-7000-8000-000000000000/").status_code == 404

    def test_takes_no_post(self, client: Client, out: Out) -> None:
        assert client.post(address(out)).status_code == 405


class TestTheFrontPage:
    def test_lists_what_is_published(self, client: Client, out: Out) -> None:
        page = client.get("/").content.decode()

        assert out.facts.title in page
        assert address(out) in page

    def test_says_when_nothing_is(self, client: Client, db: None) -> None:
        assert "Nothing is published yet." in client.get("/").content.decode()

    def test_leaves_out_what_was_retracted(self, client: Client, make: PublishingMaker, out: Out) -> None:
        retracted(make, out)

        assert address(out) not in client.get("/").content.decode()

    def test_shows_one_page_after_the_other(
        self, client: Client, make: PublishingMaker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("content.public.pages.A_PAGE", 1)
        older, newer = make.out(), make.out(at=NOON + DAY)

        first = client.get("/").content.decode()
        following = re.search(r'href="\?after=([^"]+)"', first)
        assert following is not None
        second = client.get("/", {"after": following[1]}).content.decode()

        assert (address(newer) in first, address(older) in first) == (True, False)
        assert (address(newer) in second, address(older) in second) == (False, True)

    def test_refuses_a_place_that_is_none(self, client: Client, db: None) -> None:
        assert client.get("/", {"after": "x"}).status_code == 422
