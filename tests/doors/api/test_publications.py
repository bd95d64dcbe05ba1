import hashlib
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from content.actors import Machine
from content.proof.keyset import read_keyset
from content.proof.verify import verify
from content.publishing.actions.retracting import retract
from content.publishing.states import RetractionReason
from tests.doors.api.client import Cms, code_of
from tests.publishing.maker import Out, PublishingMaker


@pytest.fixture
def out(make: PublishingMaker, machine: Machine, cms: Cms) -> Out:
    """Return a text of the newsroom that is out since yesterday."""
    make.keys()
    return make.out(cms=machine, at=timezone.now() - timedelta(hours=1))


class TestAPublication:
    def test_is_found_by_its_draft(self, cms: Cms, out: Out) -> None:
        of_draft = cms.get(f"drafts/{out.step.draft_id}/publication").json()

        assert of_draft == cms.get(f"publications/{out.facts.id}").json()
        assert of_draft["attestation"] == str(out.attestation_id)
        assert [row["id"] for row in cms.get("publications").json()["results"]] == [str(out.facts.id)]
        assert cms.get(f"drafts/{out.step.draft_id}").json()["publication"] == str(out.facts.id)

    def test_gives_the_signed_bytes(self, cms: Cms, make: PublishingMaker, out: Out) -> None:
        answer = cms.get(f"publications/{out.facts.id}/content.md")

        assert answer.content.decode() == make.EDITED
        digest = hashlib.sha256(answer.content).hexdigest()
        assert answer.headers["ETag"] == f'"sha256:{digest}"'
        assert answer.headers["Repr-Digest"].startswith("sha-256=:")
        assert answer.headers["Content-Usage"].startswith("train-ai=")
        assert 'rel="describedby"' in answer.headers["Link"] or "bundle" in answer.headers["Link"]

    @pytest.mark.parametrize(("form", "has"), [("html", "<h1"), ("txt", "Keeping bread"), ("json", '"digest"')])
    def test_comes_in_other_forms(self, cms: Cms, out: Out, form: str, has: str) -> None:
        answer = cms.get(f"publications/{out.facts.id}/content.{form}")

        assert has in answer.content.decode()
        if form == "html":
            assert answer.headers["Content-Security-Policy"] == "sandbox"

    def test_is_hidden_from_other_sources(self, stranger: Cms, out: Out) -> None:
        for path in (f"publications/{out.facts.id}", f"publications/{out.facts.id}/content.md"):
            assert code_of(stranger.get(path)) == "publication_not_found"
        assert stranger.get("publications").json()["results"] == []

    def test_is_gone_when_retracted(self, cms: Cms, make: PublishingMaker, out: Out, now: datetime) -> None:
        retract(
            publication_id=out.facts.id,
            reason_code=RetractionReason.ERROR,
            notice="The numbers in this text were wrong.",
            title=out.facts.title,
            authenticated_at=now,
            by=make.manager(),
            at=now,
        )

        for path in (f"publications/{out.facts.id}", f"publications/{out.facts.id}/content.html"):
            answer = cms.get(path)
            assert (answer.status_code, code_of(answer)) == (410, "publication_retracted")
            assert answer.json()["notice"] == "The numbers in this text were wrong."

    def test_that_never_was_is_not_found(self, cms: Cms, make: PublishingMaker) -> None:
        draft = cms.post("drafts", make.payload()).json()

        assert code_of(cms.get(f"drafts/{draft['id']}/publication")) == "publication_not_found"
        assert code_of(cms.get("publications/17")) == "not_found"


class TestAnAttestation:
    def test_is_shown_to_everybody(self, out: Out) -> None:
        answer = Cms().get(f"attestations/{out.attestation_id}")

        assert answer.json()["state"] == "issued"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"

    def test_is_found_by_the_digest_of_a_file(self, cms: Cms, out: Out) -> None:
        content = cms.get(f"publications/{out.facts.id}/content.md").content
        digest = hashlib.sha256(content).hexdigest()

        found = Cms().get(f"attestations?digest=sha256:{digest}").json()["results"]

        assert [row["id"] for row in found] == [str(out.attestation_id)]
        assert Cms().get(f"attestations?digest=sha256:{'0' * 64}").json()["results"] == []

    def test_needs_a_digest(self, db: None) -> None:
        answer = Cms().get("attestations?digest=md5:1")

        assert (answer.status_code, code_of(answer)) == (400, "digest_invalid")

    def test_comes_with_a_bundle_that_verifies_offline(self, cms: Cms, out: Out) -> None:
        bundle = Cms().get(f"attestations/{out.attestation_id}/bundle")
        keys = read_keyset(Cms().get("keys").content)
        content = cms.get(f"publications/{out.facts.id}/content.md").content

        assert verify(bundle.content, keys, content=content).exit == 0
        assert verify(bundle.content, keys, content=content + b"x").exit == 1
        assert "immutable" in bundle.headers["Cache-Control"]

    def test_that_nobody_made_is_not_found(self, db: None) -> None:
        assert code_of(Cms().get("attestations/0199f0f0-0000-7000-8000-000000000000")) == "attestation_not_found"
