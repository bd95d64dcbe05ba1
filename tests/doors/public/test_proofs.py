"""The verify page, the files beside it, the log and the files at known places."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from content.attestation.models import AttestedFile
from content.attestation.queries.bundles import bundle_of, files_of
from content.attestation.queries.log import log_size
from content.proof.digest import sha256_hex
from content.proof.keyset import read_keyset
from content.proof.note import open_checkpoint
from content.proof.verify import verify
from tests.database import triggers_off
from tests.doors.public.test_pages import retracted
from tests.publishing.maker import Out, PublishingMaker

DAY = timedelta(days=1)
UNKNOWN = "0199a000-0000-7000-8000-000000000000"


@pytest.fixture
def out(make: PublishingMaker) -> Out:
    return make.out()


@pytest.fixture
def proof(out: Out) -> str:
    return f"/v/{out.attestation_id}/"


def shown(client: Client, path: str) -> str:
    return client.get(path).content.decode()


class TestTheVerifyPage:
    def test_says_valid_in_words_first(self, client: Client, proof: str) -> None:
        body = shown(client, proof)

        assert body.index("verdict-green") < body.index("<h1>")
        assert "This text is unchanged since it was signed." in body

    def test_keeps_the_two_claims_apart_and_says_what_is_not_proved(self, client: Client, proof: str) -> None:
        body = shown(client, proof)

        assert body.index("<h2>Reviewed</h2>") < body.index("<h2>Edited</h2>") < body.index("What this does not prove")
        assert "Some edits came without a record of typing" in body

    def test_is_small_and_sets_no_cookie(self, client: Client, proof: str) -> None:
        response = client.get(proof)

        assert len(response.content) < 30_000
        assert not response.cookies

    def test_finds_a_text_that_was_changed_in_the_database(
        self, client: Client, proof: str, out: Out, unguarded: None
    ) -> None:
        connection.check_constraints()  # PostgreSQL changes no table that still has checks before it
        with triggers_off():
            rows = AttestedFile.objects.filter(attestation=out.attestation_id, name="content.md")
            super(type(rows), rows).update(body="# Another text\n")  # type: ignore[misc]
            connection.check_constraints()

        assert "this is not the text that was signed" in shown(client, proof)

    def test_says_taken_back_after_a_retraction(
        self, client: Client, proof: str, make: PublishingMaker, out: Out
    ) -> None:
        retracted(make, out)
        make.work(at=out.step.at + DAY)

        body = shown(client, proof)
        assert client.get(proof).status_code == 200
        assert "Taken back." in body
        assert "the text was retracted" in body

    def test_says_that_an_unlogged_statement_waits(self, client: Client, make: PublishingMaker) -> None:
        row = make.signed_statement()

        body = shown(client, f"/v/{row.pk}/")
        assert "waits for its place in the log" in body
        assert "verdict-grey" in body

    def test_of_an_unknown_id_proves_nothing(self, client: Client, db: None) -> None:
        response = client.get(f"/v/{UNKNOWN}/")

        assert response.status_code == 404
        assert "unknown id proves nothing" in response.content.decode()

    def test_is_not_sent_twice_until_its_state_changes(
        self, client: Client, proof: str, make: PublishingMaker, out: Out
    ) -> None:
        etag = client.get(proof).headers["ETag"]
        assert client.get(proof, headers={"If-None-Match": etag}).status_code == 304

        retracted(make, out)
        make.work(at=out.step.at + DAY)

        assert client.get(proof, headers={"If-None-Match": etag}).status_code == 200


class TestCheckingACopy:
    def check(self, client: Client, proof: str, text: str) -> str:
        return client.post(f"{proof}check", {"copy": text}).content.decode()

    def test_finds_the_same_bytes_however_a_form_ends_lines(self, client: Client, proof: str, out: Out) -> None:
        text = files_of(attestation_id=out.attestation_id)["content.md"].decode()

        body = self.check(client, proof, text.replace("\n", "\r\n").rstrip())
        assert "Your copy: Same." in body

    def test_is_amber_where_most_blocks_are_there(self, client: Client, proof: str, out: Out) -> None:
        text = files_of(attestation_id=out.attestation_id)["content.md"].decode()

        body = self.check(client, proof, text.replace("wooden", "iron"))
        assert "Your copy: Similar." in body
        assert "verdict-amber" in body

    def test_is_red_for_another_text(self, client: Client, proof: str) -> None:
        assert "Your copy: Differs." in self.check(client, proof, "Something else altogether.")

    def test_needs_no_session_and_keeps_nothing(self, client: Client, proof: str) -> None:
        response = Client(enforce_csrf_checks=True).post(f"{proof}check", {"copy": "x"})

        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert not response.cookies

    def test_refuses_a_book(self, client: Client, proof: str) -> None:
        assert client.post(f"{proof}check", {"copy": "x" * 600_000}).status_code == 413


class TestFiles:
    def test_verify_as_they_are_served(self, client: Client, proof: str) -> None:
        bundle = client.get(f"{proof}attestation.json").content
        content = client.get(f"{proof}content.md").content
        keys = read_keyset(client.get("/.well-known/reviewdesk/keys.json").content)
        status = client.get("/log/status.jsonl").content.splitlines()

        assert verify(bundle, keys, content=content, status=status).state == "verified"

    @pytest.mark.parametrize("name", ["content.md", "content.txt", "content.html", "meta.json", "authorship.json"])
    def test_carry_their_digest(self, client: Client, proof: str, out: Out, name: str) -> None:
        response = client.get(f"{proof}{name}")

        digest = sha256_hex(files_of(attestation_id=out.attestation_id)[name])
        assert response.headers["ETag"] == f'"{digest}"'
        assert response.headers["Repr-Digest"].startswith("sha-256=:")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert 'rel="describedby"' in response.headers["Link"]

    def test_in_html_are_boxed_in(self, client: Client, proof: str) -> None:
        assert client.get(f"{proof}content.html").headers["Content-Security-Policy"] == "sandbox"

    def test_of_the_publication_are_those_of_its_newest_version(self, client: Client, proof: str, out: Out) -> None:
        newest = client.get(f"/p/{out.facts.id}/content.md")

        assert newest.content == client.get(f"{proof}content.md").content

    def test_of_a_retracted_text_are_gone_but_for_the_attestation(
        self, client: Client, proof: str, make: PublishingMaker, out: Out
    ) -> None:
        retracted(make, out)

        assert client.get(f"{proof}content.md").status_code == 410
        assert client.get(f"/p/{out.facts.id}/content.md").status_code == 410
        assert client.get(f"{proof}attestation.json").content == bundle_of(attestation_id=out.attestation_id)

    def test_of_a_text_that_is_not_out_are_not_served(self, client: Client, make: PublishingMaker) -> None:
        row = make.logged()

        assert client.get(f"/v/{row.pk}/content.md").status_code == 404

    def test_of_other_names_are_not_there(self, client: Client, proof: str) -> None:
        assert client.get(f"{proof}secret.pem").status_code == 404


class TestLookup:
    def test_leads_from_a_digest_to_the_proof(self, client: Client, proof: str) -> None:
        digest = sha256_hex(client.get(f"{proof}content.html").content)

        response = client.get("/v", {"sha256": digest})

        assert (response.status_code, response.headers["Location"]) == (303, proof)

    def test_answers_programs_in_json(self, client: Client, proof: str, out: Out) -> None:
        response = client.get(
            "/v", {"sha256": out.facts.digest.removeprefix("sha256:")}, headers={"Accept": "application/json"}
        )

        assert json.loads(response.content)["results"][0]["attestation"] == str(out.attestation_id)

    @pytest.mark.parametrize(("asked", "status"), [("0" * 64, 404), ("0" * 63, 422), ("", 422), ("z" * 64, 422)])
    def test_refuses_what_it_does_not_know(self, client: Client, db: None, asked: str, status: int) -> None:
        assert client.get("/v", {"sha256": asked}).status_code == status


class TestTheLog:
    def test_shows_its_checkpoint(self, client: Client, out: Out) -> None:
        keys = read_keyset(client.get("/.well-known/reviewdesk/keys.json").content)

        head, _ = open_checkpoint(client.get("/log/checkpoint").content.decode(), [each.key for each in keys.logs])

        assert head.size == log_size()

    def test_serves_tiles_of_its_size(self, client: Client, out: Out) -> None:
        size = log_size()

        assert len(client.get(f"/log/tile/0/000.p/{size}").content) == 32 * size
        assert client.get(f"/log/tile/entries/000.p/{size}").content.startswith(b"\x00")
        assert client.get("/log/tile/0/000").status_code == 404
        assert client.get("/log/tile/0/x001/000").status_code == 404

    def test_has_nothing_before_it_begins(self, client: Client, db: None) -> None:
        assert client.get("/log/checkpoint").status_code == 404
        assert client.get("/.well-known/reviewdesk/keys.json").status_code == 404

    def test_lists_withdrawals(self, client: Client, make: PublishingMaker, out: Out) -> None:
        retracted(make, out)
        make.work(at=out.step.at + DAY)

        lines = client.get("/log/status.jsonl").content.splitlines()

        assert len(lines) == 1


class TestKnownPlaces:
    def test_reserve_what_may_not_be_trained_on(self, client: Client, make: PublishingMaker) -> None:
        out = make.out(cms=make.cms(source=make.source(train_ai="n")))

        path = f"/p/{out.facts.id}/"
        assert f"Content-Usage: {path} train-ai=n" in client.get("/robots.txt").content.decode()
        rules = json.loads(client.get("/.well-known/tdmrep.json").content)
        assert rules == [{"location": f"{path}*", "tdm-reservation": 1}]

    def test_let_everybody_read(self, client: Client, db: None) -> None:
        assert client.get("/robots.txt").content.decode() == "User-agent: *\nAllow: /\n"
