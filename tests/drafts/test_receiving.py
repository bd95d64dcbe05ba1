import pytest
from django.db import DatabaseError, IntegrityError, connection

from content.drafts import queries as drafts
from content.drafts.actions import receiving, saving
from content.drafts.etag import etag_of
from content.drafts.intake.shapes import ValidationFailed
from content.drafts.models import ReceivedBody, Revision
from content.drafts.refusals import DraftNotFound, ExternalIdMismatch, ExternalIdTaken, StaleRevision
from content.drafts.states import Mode, Placement
from content.events.queries import broken_links, history_of
from tests.make import NOON, Maker


class TestReceiveDraft:
    def test_keeps_the_text_as_revision_1_of_the_machine(self, make: Maker) -> None:
        cms = make.cms()

        draft = make.draft(by=cms, body="One.\r\nTwo.\n")

        head = drafts.head_of(draft_id=draft.pk)
        assert (head.number, head.origin, head.author) == (1, "machine", f"source:{cms.source_id}")
        assert head.text == "One.\nTwo.\n"
        assert ReceivedBody.objects.get(revision=head).body == "One.\r\nTwo.\n"

    def test_records_one_event(self, make: Maker) -> None:
        draft = make.draft()

        assert [event.fact for event in history_of(draft_id=draft.pk)] == ["draft_received.v1"]
        assert broken_links() == []

    def test_finds_the_same_payload_again(self, make: Maker) -> None:
        cms = make.cms()
        payload = make.read(by=cms)
        first = receiving.receive_draft(payload=payload, by=cms, at=NOON)

        second = receiving.receive_draft(payload=payload, by=cms, at=NOON)

        assert (first.created, second.created) == (True, False)
        assert second.draft.pk == first.draft.pk
        assert len(history_of(draft_id=first.draft.pk)) == 1

    def test_refuses_another_text_under_the_same_external_id(self, make: Maker) -> None:
        cms = make.cms()
        draft = make.draft(by=cms, external_id="a:1")

        with pytest.raises(ExternalIdTaken) as refusal:
            make.draft(by=cms, external_id="a:1", body="Another text.")

        assert refusal.value.params["draft_id"] == draft.pk

    def test_keeps_live_and_test_drafts_apart(self, make: Maker) -> None:
        source = make.source()
        live = make.draft(by=make.cms(source=source), external_id="a:1")

        test = make.draft(by=make.cms(source=source, mode=Mode.TEST), external_id="a:1", body="Another text.")

        assert test.pk != live.pk
        assert test.mode == "test"

    def test_keeps_html_beside_its_markdown(self, make: Maker) -> None:
        html = "<h1>Pumps</h1><p>A <b>pump</b>.</p><iframe src='x'></iframe>"

        draft = make.draft(body=html, format="html")

        head = drafts.head_of(draft_id=draft.pk)
        assert head.text == "# Pumps\n\nA **pump**.\n"
        assert drafts.received_body(revision_id=head.pk) == html
        assert draft.losses == [{"what": "element iframe", "count": 1}]
        assert [warning["code"] for warning in draft.warnings] == ["conversion_lossy"]


class TestReceiveBatch:
    def test_holds_up_no_draft_for_another(self, make: Maker) -> None:
        cms = make.cms()
        make.draft(by=cms, external_id="a:1")
        same = make.read(by=cms, external_id="a:2")
        payloads = [make.read(by=cms, external_id="a:1", body="Other."), same, same, make.read(by=cms)]

        answers = receiving.receive_batch(payloads=payloads, by=cms, at=NOON)

        refused = [isinstance(answer, ExternalIdTaken) for answer in answers]
        assert refused == [True, False, True, False]
        assert broken_links() == []


class TestResubmitDraft:
    def test_puts_a_new_machine_text_at_the_head(self, make: Maker) -> None:
        cms = make.cms()
        draft = make.draft(by=cms, external_id="a:1")
        payload = make.read(by=cms, external_id="a:1", body="Better text.")

        answer = receiving.resubmit_draft(draft_id=draft.pk, payload=payload, by=cms, at=NOON)

        assert (answer.placement, answer.changed) == (Placement.HEAD, True)
        head = drafts.head_of(draft_id=draft.pk)
        assert (head.number, head.text, head.parent_id) == (2, "Better text.", draft.head_id)
        assert answer.draft.version == 2

    def test_never_overwrites_what_a_person_wrote(self, make: Maker) -> None:
        cms = make.cms()
        draft = make.draft(by=cms, external_id="a:1")
        written = make.written(draft, "My own words.", by=make.editor())
        payload = make.read(by=cms, external_id="a:1", body="Better text.")

        answer = receiving.resubmit_draft(draft_id=draft.pk, payload=payload, by=cms, at=NOON)

        assert answer.placement is Placement.ASIDE
        assert drafts.head_of(draft_id=draft.pk).pk == written.pk
        assert (answer.revision.number, answer.revision.parent_id) == (3, draft.head_id)

    def test_never_overwrites_what_a_person_is_typing(self, make: Maker) -> None:
        cms = make.cms()
        draft = make.draft(by=cms, external_id="a:1")
        head = drafts.head_of(draft_id=draft.pk)
        saving.save_working_copy(
            draft_id=draft.pk,
            base=1,
            fence=0,
            start=0,
            entries=(),
            base_sha256=head.text_sha256,
            sha256=head.text_sha256,
            by=make.editor(),
            at=NOON,
        )

        answer = receiving.resubmit_draft(
            draft_id=draft.pk, payload=make.read(by=cms, external_id="a:1", body="B."), by=cms, at=NOON
        )

        assert answer.placement is Placement.ASIDE

    def test_replaces_what_people_wrote_in_a_case_that_is_over(self, make: Maker) -> None:
        cms = make.cms()
        draft = make.draft(by=cms, external_id="a:1")
        written = make.written(draft, "My own words.", by=make.editor())
        payload = make.read(by=cms, external_id="a:1", body="Better text.")

        answer = receiving.resubmit_draft(draft_id=draft.pk, payload=payload, by=cms, at=NOON, after=written.number)

        assert answer.placement is Placement.HEAD

    def test_does_nothing_for_the_payload_it_has(self, make: Maker) -> None:
        cms = make.cms()
        payload = make.read(by=cms)
        draft = receiving.receive_draft(payload=payload, by=cms, at=NOON).draft

        answer = receiving.resubmit_draft(draft_id=draft.pk, payload=payload, by=cms, at=NOON)

        assert (answer.changed, answer.draft.version) == (False, 1)
        assert len(history_of(draft_id=draft.pk)) == 1

    def test_refuses_a_stale_tag(self, make: Maker) -> None:
        cms = make.cms()
        draft = make.draft(by=cms, external_id="a:1")

        with pytest.raises(StaleRevision) as refusal:
            receiving.resubmit_draft(
                draft_id=draft.pk, payload=make.read(by=cms), by=cms, at=NOON, expected_etag="9-000000000000"
            )

        assert refusal.value.params["current"] == etag_of(1, drafts.head_of(draft_id=draft.pk).digest)

    def test_refuses_another_external_id(self, make: Maker) -> None:
        cms = make.cms()
        draft = make.draft(by=cms, external_id="a:1")

        with pytest.raises(ExternalIdMismatch):
            receiving.resubmit_draft(draft_id=draft.pk, payload=make.read(by=cms), by=cms, at=NOON)

    def test_refuses_to_turn_plain_text_into_markdown(self, make: Maker) -> None:
        cms = make.cms()
        draft = make.draft(by=cms, external_id="a:1", format="text")

        with pytest.raises(ValidationFailed):
            receiving.resubmit_draft(draft_id=draft.pk, payload=make.read(by=cms, external_id="a:1"), by=cms, at=NOON)

    def test_hides_the_drafts_of_others(self, make: Maker) -> None:
        draft = make.draft(external_id="a:1")
        other = make.cms()

        with pytest.raises(DraftNotFound):
            receiving.resubmit_draft(
                draft_id=draft.pk, payload=make.read(by=other, external_id="a:1"), by=other, at=NOON
            )


class TestAmendDraft:
    def test_changes_what_is_not_text(self, make: Maker) -> None:
        cms = make.cms()
        draft = make.draft(by=cms, tags=["a"], context={"x": 1, "y": {"z": 2}})
        etag = etag_of(1, drafts.head_of(draft_id=draft.pk).digest)
        patch = {"priority": "urgent", "tags": None, "context": {"x": None, "y": {"w": 3}}}

        amended = receiving.amend_draft(draft_id=draft.pk, patch=patch, expected_etag=etag, by=cms, at=NOON)

        assert (amended.priority, amended.tags, amended.version) == ("urgent", [], 2)
        assert amended.context == {"y": {"z": 2, "w": 3}}

    def test_refuses_a_text(self, make: Maker) -> None:
        cms = make.cms()
        draft = make.draft(by=cms)
        etag = etag_of(1, drafts.head_of(draft_id=draft.pk).digest)

        with pytest.raises(ValidationFailed) as refusal:
            receiving.amend_draft(draft_id=draft.pk, patch={"title": "Other"}, expected_etag=etag, by=cms, at=NOON)

        assert "field_not_patchable" in str(refusal.value.params["errors"])


class TestRevisions:
    def test_are_never_changed(self, make: Maker, unguarded: None) -> None:
        draft = make.draft()

        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("UPDATE reviewdesk_revision SET text = 'x' WHERE id = %s", [draft.head_id])

    def test_have_a_number_once(self, make: Maker, unguarded: None) -> None:
        draft = make.draft()
        again = drafts.head_of(draft_id=draft.pk)
        again.pk = None

        with pytest.raises(IntegrityError):
            Revision.objects.bulk_create([again])
