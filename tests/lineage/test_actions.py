import uuid

import pytest

from content.actors import SYSTEM, NotPermitted
from content.drafts.facts import DraftId, RevisionId
from content.events.models import Event
from content.lineage import actions, queries
from content.lineage.depth import DepthBasis, SourceState
from content.lineage.found import LineageState
from content.lineage.models import Boilerplate, Fingerprint, IndexedText
from tests.lineage.texts import BREAD, LATER, PUMPS, index, indexed, published
from tests.make import NOON, Maker


class TestIndexDraft:
    def test_records_what_it_found_once(self, make: Maker) -> None:
        draft = indexed(make, PUMPS, sources=[])
        index(draft)

        (event,) = Event.objects.filter(fact="draft_indexed.v1")
        assert event.payload == {
            "draft_id": str(draft.pk),
            "revision_id": draft.head_id,
            "depth_max": 1,
            "depth_basis": "declared",
            "reuse_share": 0.0,
        }

    def test_keeps_fewer_rows_than_words(self, make: Maker) -> None:
        indexed(make, PUMPS)

        (text,) = IndexedText.objects.all()
        assert 0 < Fingerprint.objects.filter(text=text).count() < text.words

    def test_bounds_the_rows_of_a_text_that_repeats_itself(self, make: Maker) -> None:
        indexed(make, f"{PUMPS}\n\n" * 200)

        assert Fingerprint.objects.count() <= 2 * len(PUMPS.split())

    def test_takes_the_longest_text_that_intake_takes(self, make: Maker) -> None:
        words = [f"word{number:05}" for number in range(47_000)]
        draft = indexed(make, "\n".join(" ".join(words[at : at + 12]) for at in range(0, len(words), 12)))

        facts = queries.lineage_of(draft_id=DraftId(draft.pk))
        assert facts.state is LineageState.DONE
        assert Fingerprint.objects.count() > 15_000

    def test_of_four_words_stores_nothing_to_find(self, make: Maker) -> None:
        draft = indexed(make, "Only four words here.")

        assert Fingerprint.objects.count() == 0
        assert queries.lineage_of(draft_id=DraftId(draft.pk)).state is LineageState.TOO_SHORT

    def test_is_the_system_s_work(self, make: Maker) -> None:
        draft = make.draft()

        with pytest.raises(NotPermitted):
            actions.index_draft(
                draft_id=DraftId(draft.pk), revision_id=RevisionId(draft.head_id or 0), by=make.manager(), at=NOON
            )

    def test_forgets_hashes_that_stand_in_too_many_texts(self, make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "COMMON_AT", 3)
        for number in range(4):
            indexed(make, f"{PUMPS} Number {number} ends here with words of its own kind {number * 'x'}.")

        common = set(Boilerplate.objects.values_list("hash", flat=True))
        assert common
        assert not Fingerprint.objects.filter(hash__in=common).exists()


class TestLineage:
    def test_is_pending_until_the_index_has_seen_the_text(self, make: Maker) -> None:
        facts = queries.lineage_of(draft_id=DraftId(make.draft().pk))

        assert (facts.state, facts.depth_max, facts.depth_basis) == (LineageState.PENDING, 1, DepthBasis.UNKNOWN)

    def test_names_a_published_text_that_is_reused(self, make: Maker) -> None:
        old, attestation_id = published(make, PUMPS, human=len(PUMPS) // 2)
        new = indexed(make, f"{PUMPS} {BREAD}")

        facts = queries.lineage_of(draft_id=DraftId(new.pk))

        (similar,) = facts.similar
        assert (similar.draft_id, similar.kind, similar.attestation_id) == (old.pk, "published", attestation_id)
        assert 0.3 < similar.share < 0.7
        assert facts.reuse_share == similar.share
        assert facts.warns
        assert similar.human_words > 10
        assert similar.ai_words > 10

    def test_lists_a_draft_that_is_not_public_without_calling_it_reuse(self, make: Maker) -> None:
        indexed(make, PUMPS)
        new = indexed(make, PUMPS)

        facts = queries.lineage_of(draft_id=DraftId(new.pk))

        assert [text.kind for text in facts.similar] == ["draft"]
        assert facts.reuse_share == 0.0
        assert facts.warns

    def test_knows_when_such_a_draft_was_published_later(self, make: Maker) -> None:
        first = indexed(make, PUMPS)
        second = indexed(make, PUMPS)
        actions.index_publication(
            draft_id=DraftId(first.pk),
            revision_id=RevisionId(first.head_id or 0),
            attestation_id=uuid.uuid4(),
            prepared=[],
            by=SYSTEM,
            at=LATER,
        )

        facts = queries.lineage_of(draft_id=DraftId(second.pk))

        assert facts.reuse_share == 1.0
        assert [text.kind for text in facts.similar] == ["published"]

    def test_reuses_nothing_of_a_draft_that_people_rewrote_before_it_went_out(self, make: Maker) -> None:
        first, second = indexed(make, PUMPS), indexed(make, PUMPS)
        rewritten = make.written(first, BREAD, by=make.editor())
        actions.index_publication(
            draft_id=DraftId(first.pk),
            revision_id=RevisionId(rewritten.pk),
            attestation_id=uuid.uuid4(),
            prepared=[],
            by=SYSTEM,
            at=LATER,
        )

        facts = queries.lineage_of(draft_id=DraftId(second.pk))

        assert facts.reuse_share == 0.0
        assert [text.kind for text in facts.similar] == ["draft"]

    def test_sees_no_likeness_between_unlike_texts(self, make: Maker) -> None:
        indexed(make, PUMPS)

        assert queries.lineage_of(draft_id=DraftId(indexed(make, BREAD).pk)).similar == ()

    def test_does_not_compare_a_draft_with_itself(self, make: Maker) -> None:
        cms = make.cms()
        draft = indexed(make, PUMPS, by=cms, external_id="page:1")

        assert queries.lineage_of(draft_id=DraftId(draft.pk)).similar == ()

    def test_forgets_what_was_taken_back(self, make: Maker) -> None:
        old, _ = published(make, PUMPS)
        actions.retire_publication(draft_id=DraftId(old.pk), by=SYSTEM, at=LATER)

        facts = queries.lineage_of(draft_id=DraftId(indexed(make, PUMPS).pk))

        assert facts.reuse_share == 0.0


class TestDepth:
    def test_rises_over_what_the_cms_declared(self, make: Maker) -> None:
        draft = indexed(
            make,
            PUMPS,
            sources=[{"url": "https://a.example/x", "relation": "derived_from", "generation_depth": 2}],
        )

        facts = queries.lineage_of(draft_id=DraftId(draft.pk))

        assert (facts.depth_max, facts.depth_basis) == (3, DepthBasis.DECLARED)
        assert [(each.uri, each.depth, each.state) for each in facts.ancestry] == [
            ("https://a.example/x", 2, SourceState.NONE)
        ]

    def test_rises_over_a_published_text_that_we_find_in_it(self, make: Maker) -> None:
        published(make, PUMPS)
        draft = indexed(make, PUMPS, sources=[])

        facts = queries.lineage_of(draft_id=DraftId(draft.pk))

        assert (facts.depth_max, facts.depth_basis) == (2, DepthBasis.MATCHED)

    def test_does_not_rise_over_a_text_that_people_wrote(self, make: Maker) -> None:
        published(make, PUMPS, human=len(PUMPS) + 1)
        draft = indexed(make, PUMPS, sources=[])

        assert queries.lineage_of(draft_id=DraftId(draft.pk)).depth_max == 1

    def test_trusts_an_attestation_of_ours(self, make: Maker) -> None:
        _, attestation_id = published(make, BREAD)
        draft = indexed(
            make,
            PUMPS,
            sources=[{"attestation": str(attestation_id), "relation": "derived_from"}],
        )

        facts = queries.lineage_of(draft_id=DraftId(draft.pk))

        assert (facts.depth_max, facts.depth_basis) == (2, DepthBasis.ATTESTED)
        assert facts.ancestry[0].state is SourceState.VERIFIED

    def test_does_not_trust_one_that_was_taken_back(self, make: Maker) -> None:
        old, attestation_id = published(make, BREAD)
        actions.retire_publication(draft_id=DraftId(old.pk), by=SYSTEM, at=NOON)
        draft = indexed(make, PUMPS, sources=[{"attestation": str(attestation_id), "relation": "derived_from"}])

        facts = queries.lineage_of(draft_id=DraftId(draft.pk))

        assert (facts.depth_max, facts.depth_basis) == (1, DepthBasis.UNKNOWN)
        assert facts.ancestry[0].state is SourceState.REVOKED


class TestIndexPublication:
    def test_happens_once(self, make: Maker) -> None:
        draft, _ = published(make, PUMPS)

        actions.index_publication(
            draft_id=DraftId(draft.pk),
            revision_id=RevisionId(draft.head_id or 0),
            attestation_id=uuid.uuid4(),
            prepared=[],
            by=SYSTEM,
            at=NOON,
        )

        assert Event.objects.filter(fact="publication_indexed.v1").count() == 1
        assert IndexedText.objects.filter(kind="published").count() == 1
