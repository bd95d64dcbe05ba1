"""What happens after publication: a corrected version, a retraction."""

from datetime import timedelta

import pytest

from content.actors import NotPermitted
from content.attestation.queries.bundles import bundle_of, files_of, state_of, statement_of
from content.attestation.queries.keys import key_set
from content.attestation.queries.log import status_lines
from content.events.models import Event
from content.proof.keyset import read_keyset
from content.proof.verify import Result, verify
from content.publishing.actions.retracting import retract
from content.publishing.models import Publication
from content.publishing.queries.publications import facts_of, published
from content.publishing.refusals import NoticeInvalid, NotRetractable, TitleMismatch
from content.publishing.states import RetractionReason
from content.review.refusals import ReauthenticationRequired
from tests.making_cases import BODY
from tests.publishing.maker import Out, PublishingMaker

NOTICE = "The figures in this text were wrong, and we could not repair them."
DAY = timedelta(days=1)


def verified(out: Out) -> Result:
    """Verify a published text with everything that is served."""
    content = files_of(attestation_id=out.attestation_id)["content.md"]
    bundle = bundle_of(attestation_id=out.attestation_id)
    return verify(bundle, read_keyset(key_set()), content=content, status=status_lines())


class TestCorrecting:
    def corrected(self, make: PublishingMaker) -> tuple[Out, Out]:
        cms = make.cms()
        old = make.out(cms=cms)
        return old, make.corrected(old, cms, body=BODY + "\nCrusts feed hens.\n", at=old.step.at + DAY)

    def test_takes_the_place_of_the_version_before(self, make: PublishingMaker) -> None:
        old, new = self.corrected(make)
        make.work(at=new.step.at + DAY)

        assert (new.facts.id, new.facts.version) == (old.facts.id, 2)
        assert (verified(old).state, verified(new).state) == ("superseded", "verified")

    def test_names_what_it_replaces(self, make: PublishingMaker) -> None:
        old, new = self.corrected(make)

        before = statement_of(attestation_id=new.attestation_id).predicate["supersedes"]
        assert before == verified(old).facts.attestation

    def test_is_listed_once(self, make: PublishingMaker) -> None:
        _, new = self.corrected(make)

        assert [row.attestation_id for row in published().rows] == [new.attestation_id]


class TestRetracting:
    def retract(self, make: PublishingMaker, out: Out, **changes: object) -> Publication:
        at = out.step.at + DAY
        asked: dict[str, object] = {
            "publication_id": out.facts.id,
            "reason_code": RetractionReason.ERROR,
            "notice": NOTICE,
            "title": out.facts.title,
            "authenticated_at": at - timedelta(minutes=1),
            "by": make.manager(),
            "at": at,
        }
        return retract(**(asked | changes))  # type: ignore[arg-type]

    def test_revokes_the_attestation(self, make: PublishingMaker) -> None:
        out = make.out()

        self.retract(make, out)
        make.work(at=out.step.at + DAY)

        assert state_of(attestation_id=out.attestation_id) == "revoked"
        assert verified(out).state == "revoked"

    def test_keeps_the_notice(self, make: PublishingMaker) -> None:
        out = make.out()

        self.retract(make, out)

        facts = facts_of(publication_id=out.facts.id)
        assert (facts.state, facts.notice, facts.reason_code) == ("retracted", NOTICE, "error")

    def test_happens_once(self, make: PublishingMaker) -> None:
        out = make.out()
        self.retract(make, out)

        with pytest.raises(NotRetractable):
            self.retract(make, out)
        assert Event.objects.filter(fact="publication_retracted.v1").count() == 1

    def test_asks_for_the_title(self, make: PublishingMaker) -> None:
        with pytest.raises(TitleMismatch):
            self.retract(make, make.out(), title="Another text")

    def test_asks_for_a_notice(self, make: PublishingMaker) -> None:
        with pytest.raises(NoticeInvalid):
            self.retract(make, make.out(), notice="Wrong.")

    def test_asks_for_a_fresh_log_in(self, make: PublishingMaker) -> None:
        out = make.out()

        with pytest.raises(ReauthenticationRequired):
            self.retract(make, out, authenticated_at=out.step.at)

    def test_is_not_for_editors(self, make: PublishingMaker) -> None:
        with pytest.raises(NotPermitted):
            self.retract(make, make.out(), by=make.editor())
