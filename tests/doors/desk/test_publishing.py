"""From ready to public and back: how far it is, undo, publish, retract."""

from typing import Any

import pytest
from django.utils import timezone

from content.permissions import Role
from content.publishing.queries import publications, requests
from tests.doors.desk.visitor import Visitor, address
from tests.making_cases import Step
from tests.publishing.maker import PublishingMaker

NOTICE = "The freezing time in step two was wrong by an hour."


def ready(make: PublishingMaker) -> Step:
    step = make.ready(at=timezone.now())
    make.work("drafts.render", at=step.at)
    return step


def publisher(make: PublishingMaker) -> Visitor:
    return Visitor(make.person(Role.PUBLISHER))


class TestAReadyCase:
    def test_says_that_it_goes_out_by_itself(self, make: PublishingMaker) -> None:
        step = ready(make)

        page = publisher(make).open("progress", step.case_id).content.decode()

        assert "It is published by itself in a moment." in page

    def test_can_be_stopped_while_there_is_time(self, make: PublishingMaker) -> None:
        step = ready(make)
        make.work("publishing.request_when_ready", at=timezone.now())
        assert step.approver is not None
        visitor = Visitor(step.approver)
        before = visitor.open("progress", step.case_id).content.decode()

        visitor.send("undo", step.case_id)

        assert 'data-rd="countdown"' in before
        assert requests.standing_request(case_id=step.case_id) is None

    def test_is_published_by_whoever_may(self, make: PublishingMaker) -> None:
        step = ready(make)
        visitor = publisher(make)

        answer = visitor.send("publish", step.case_id, digest=make.head(step).digest)

        assert answer["Location"] == address("case", step.case_id)
        assert requests.standing_request(case_id=step.case_id) is not None

    def test_is_not_published_by_an_editor(self, make: PublishingMaker) -> None:
        step = ready(make)

        page = Visitor(step.editor).send("publish", step.case_id, digest=make.head(step).digest)

        assert page.status_code == 403

    def test_is_not_published_when_another_text_is_meant(self, make: PublishingMaker) -> None:
        step = ready(make)

        assert publisher(make).send("publish", step.case_id, digest="sha256:" + "0" * 64).status_code == 409

    def test_says_on_its_own_page_how_far_it_is(self, make: PublishingMaker) -> None:
        step = ready(make)

        page = publisher(make).open("case", step.case_id).content.decode()

        assert address("progress", step.case_id) in page
        assert "It is published by itself in a moment." in page


class TestAPublishedCase:
    def poll(self, visitor: Visitor, step: Step) -> Any:
        return visitor.client.get(address("progress", step.case_id), headers={"X-Poll": "1"})

    def test_sends_a_waiting_page_on(self, make: PublishingMaker) -> None:
        out = make.out(at=timezone.now())

        answer = self.poll(publisher(make), out.step)

        assert answer["X-Poll-Location"] == address("case", out.step.case_id)

    def test_links_to_its_page_and_its_proof(self, make: PublishingMaker) -> None:
        out = make.out(at=timezone.now())

        page = Visitor(out.step.editor).open("case", out.step.case_id).content.decode()

        assert address("publication", out.facts.id, out.facts.slug) in page
        assert address("attestation", out.attestation_id) in page
        assert "Retract" not in page


class TestRetracting:
    def fields(self, out: Any) -> dict[str, str]:
        return {"reason_code": "error", "notice": NOTICE, "title": out.facts.title}

    def test_takes_a_text_back_with_a_notice(self, make: PublishingMaker) -> None:
        out = make.out(at=timezone.now())
        visitor = Visitor(make.manager())

        answer = visitor.send("retract", out.facts.id, **self.fields(out))

        assert answer["Location"] == address("publication", out.facts.id, out.facts.slug)
        assert publications.facts_of(publication_id=out.facts.id).state == "retracted"

    def test_asks_for_the_password_first_when_the_log_in_is_old(self, make: PublishingMaker) -> None:
        out = make.out(at=timezone.now())
        visitor = Visitor(make.manager())
        visitor.prove_long_ago()

        answer = visitor.send("retract", out.facts.id, **self.fields(out))
        page = visitor.open("retract", out.facts.id).content.decode()

        assert answer["Location"].startswith("/accounts/reauthenticate/")
        assert NOTICE in page
        assert publications.facts_of(publication_id=out.facts.id).state == "published"

    @pytest.mark.parametrize("changes", [{"title": "Another"}, {"notice": "Short."}, {"reason_code": "mood"}])
    def test_shows_what_was_written_again_when_it_is_refused(
        self, make: PublishingMaker, changes: dict[str, str]
    ) -> None:
        out = make.out(at=timezone.now())

        page = Visitor(make.manager()).send("retract", out.facts.id, **(self.fields(out) | changes))

        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()

    def test_is_not_for_editors(self, make: PublishingMaker) -> None:
        out = make.out(at=timezone.now())

        page = Visitor(out.step.editor).open("retract", out.facts.id)

        assert page.status_code == 403
        assert "retract" in page.content.decode()
