import itertools
from datetime import timedelta

import pytest

from content.actors import SYSTEM
from content.authorship import actions, queries
from content.authorship.kinds import AuthorshipKind
from content.authorship.models import Attribution, AttributorState
from content.drafts import queries as drafts
from content.drafts.facts import DraftId, RevisionId
from content.drafts.models import Draft, Revision
from content.events.models import Event
from content.lineage import actions as lineage
from tests.lineage.texts import BREAD, PUMPS
from tests.make import NOON, Maker

MINE = "Nobody in our street believed it until the first cold winter had passed without a single complaint."


def attribute(revision: Revision) -> None:
    actions.attribute(revision_id=RevisionId(revision.pk), by=SYSTEM, at=NOON)


def head(draft: Draft) -> Revision:
    return drafts.head_of(draft_id=draft.pk)


def texts(revision: Revision) -> list[tuple[str, str]]:
    """Return each run of a revision with the kind it was found to be."""
    runs = queries.runs_of(revision_id=RevisionId(revision.pk))
    return [(str(kind), revision.text[int(start) : int(end)].strip()) for start, end, kind in runs]


class TestAttribute:
    def test_gives_a_machine_draft_to_the_machine(self, make: Maker) -> None:
        draft = make.draft(body=PUMPS)
        attribute(head(draft))

        assert [kind for kind, _ in texts(head(draft))] == ["machine"]

    def test_gives_new_words_to_the_person(self, make: Maker) -> None:
        draft = make.draft(body=PUMPS)
        editor = make.editor()
        saved = make.written(draft, f"{PUMPS}\n\n{MINE}\n", by=editor)
        attribute(saved)

        result = queries.attribution_of(revision_id=RevisionId(saved.pk))
        assert texts(saved)[-1] == ("asserted", MINE)
        assert result.measures["author_words"] == {f"person:{editor.id}": 17}
        assert result.kind_words[AuthorshipKind.ASSERTED] == 17

    def test_attributes_what_came_before_first(self, make: Maker) -> None:
        draft = make.draft(body=PUMPS)
        saved = make.written(draft, f"{PUMPS}\n\n{MINE}\n", by=make.editor())
        attribute(saved)

        assert list(Attribution.objects.order_by("pk").values_list("revision__number", flat=True)) == [1, 2]
        assert queries.attribution_of(revision_id=RevisionId(saved.pk)).line == (saved.parent_id, saved.pk)

    def test_happens_once_and_says_so_once(self, make: Maker) -> None:
        draft = make.draft(body=PUMPS)
        attribute(head(draft))
        attribute(head(draft))

        (event,) = Event.objects.filter(fact="revision_attributed.v1")
        assert event.payload["human_share"] == 0.0
        assert Attribution.objects.count() == 1

    def test_finds_machine_text_of_another_draft_in_what_a_person_put_in(self, make: Maker) -> None:
        other = make.draft(body=BREAD)
        lineage.index_draft(draft_id=DraftId(other.pk), revision_id=RevisionId(other.head_id or 0), by=SYSTEM, at=NOON)
        draft = make.draft(body=PUMPS)
        saved = make.written(draft, f"{PUMPS}\n\n{MINE}\n\n{BREAD}\n", by=make.editor())
        attribute(saved)

        assert [kind for kind, _ in texts(saved)][:3] == ["machine", "asserted", "matched"]
        (match, *_) = queries.attribution_of(revision_id=RevisionId(saved.pk)).matches
        assert match.source == f"draft:{other.pk}:1"

    @pytest.mark.usefixtures("unguarded")
    def test_answers_as_before_when_the_index_knows_more_later(self, make: Maker) -> None:
        draft = make.draft(body=PUMPS)
        first = make.written(draft, f"{PUMPS}\n\n{BREAD}\n", by=make.editor())
        attribute(first)
        other = make.draft(body=BREAD)
        lineage.index_draft(draft_id=DraftId(other.pk), revision_id=RevisionId(other.head_id or 0), by=SYSTEM, at=NOON)
        AttributorState.objects.all().delete()
        second = make.written(draft, f"{PUMPS}\n\n{BREAD}\n\n{MINE}\n", by=make.editor())
        attribute(second)

        assert [kind for kind, _ in texts(second)] == ["machine", "asserted"]

    @pytest.mark.usefixtures("unguarded")
    def test_makes_a_lost_or_damaged_state_anew(self, make: Maker) -> None:
        draft = make.draft(body=PUMPS)
        editor = make.editor()
        attribute(make.written(draft, f"{PUMPS}\n\n{MINE}\n", by=editor))
        third = f"{PUMPS}\n\n{MINE}\n\nIt hums.\n"
        kept = measured(make, draft, third)
        AttributorState.objects.update(state=b"RDA1 damaged")

        assert measured(make, draft, third) == kept
        AttributorState.objects.all().delete()
        assert measured(make, draft, third) == kept
        saved = make.written(draft, third, by=editor)
        attribute(saved)
        assert queries.attribution_of(revision_id=RevisionId(saved.pk)).measures == kept


def measured(make: Maker, draft: Draft, text: str) -> object:
    base = head(draft)
    return queries.measure(
        draft_id=DraftId(draft.pk),
        base_id=RevisionId(base.pk),
        text=text,
        author=base.author,
        journal=None,
        at=NOON + timedelta(days=1),
    ).measures


class TestMeasure:
    def test_says_what_saving_would_say_and_keeps_nothing(self, make: Maker) -> None:
        draft = make.draft(body=PUMPS)
        attribute(head(draft))
        editor = make.editor()
        text = f"{PUMPS}\n\n{MINE}\n"

        before = queries.measure(
            draft_id=DraftId(draft.pk),
            base_id=RevisionId(head(draft).pk),
            text=text,
            author=f"person:{editor.id}",
            journal=None,
            at=NOON,
        )

        assert Attribution.objects.count() == 1
        saved = make.written(draft, text, by=editor)
        attribute(saved)
        after = queries.attribution_of(revision_id=RevisionId(saved.pk))
        assert dict(before.measures) == dict(after.measures)
        assert (before.spans, before.sentences, before.signals) == (after.spans, after.sentences, after.signals)
        assert before.text_sha256 == after.text_sha256 == saved.text_sha256

    def test_waits_for_the_text_it_builds_on(self, make: Maker) -> None:
        draft = make.draft(body=PUMPS)

        with pytest.raises(queries.NotMeasured):
            measured(make, draft, "Another text.")

    def test_asks_few_questions(self, make: Maker, django_assert_max_num_queries: object) -> None:
        draft = make.draft(body=PUMPS)
        attribute(head(draft))
        base_id = RevisionId(head(draft).pk)

        with django_assert_max_num_queries(2):  # type: ignore[operator]
            queries.measure(
                draft_id=DraftId(draft.pk),
                base_id=base_id,
                text=f"{PUMPS} {MINE}",
                author="person:1",
                journal=None,
                at=NOON,
            )


class TestAttributionOf:
    def test_refuses_while_it_is_not_known(self, make: Maker) -> None:
        with pytest.raises(queries.NotMeasured) as refusal:
            queries.attribution_of(revision_id=RevisionId(head(make.draft()).pk))

        assert (refusal.value.code, refusal.value.status) == ("evidence_not_ready", 409)

    def test_gives_sentences_with_what_people_did_to_them(self, make: Maker) -> None:
        draft = make.draft(body=PUMPS)
        saved = make.written(draft, f"{PUMPS}\n\n{MINE}\n", by=make.editor())
        attribute(saved)

        rows = queries.sentences_of(revision_id=RevisionId(saved.pk))

        assert [row.touched for row in rows] == [False, False, False, True]
        assert [saved.text[row.start : row.end] for row in rows][-1] == MINE
        assert [row.ai_words for row in rows][-1] == 0

    def test_covers_the_text_without_gap(self, make: Maker) -> None:
        draft = make.draft(body=PUMPS)
        saved = make.written(draft, f"  {PUMPS}\n\n{MINE}  \n", by=make.editor())
        attribute(saved)

        runs = queries.runs_of(revision_id=RevisionId(saved.pk))

        assert runs[0][0] == 0
        assert runs[-1][1] == len(saved.text)
        assert all(before[1] == after[0] for before, after in itertools.pairwise(runs))


class TestOrigins:
    def test_say_whose_words_a_published_text_is_made_of(self, make: Maker) -> None:
        draft = make.draft(body=PUMPS)
        saved = make.written(draft, f"{PUMPS}\n\n{MINE}\n", by=make.editor())
        attribute(saved)

        origins = queries.origins_for_index(
            draft_id=DraftId(draft.pk), revision_id=RevisionId(saved.pk), attestation_id=draft.pk, at=NOON
        )

        assert [origin.value for _, _, origin in origins] == ["machine", "human"]


class TestQueryCount:
    def test_of_a_save_is_small(self, make: Maker, django_assert_max_num_queries: object) -> None:
        draft = make.draft(body=PUMPS)
        attribute(head(draft))
        saved = make.written(draft, f"{PUMPS}\n\n{MINE}\n", by=make.editor())
        revision = drafts.get_revision(revision_id=RevisionId(saved.pk))

        with django_assert_max_num_queries(12):  # type: ignore[operator]
            actions.attribute_revision(revision=revision, by=SYSTEM, at=NOON)
