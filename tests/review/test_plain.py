from dataclasses import replace
from uuid import UUID

import pytest

from content.review.claim_marks import Mark, add_up
from content.review.declaration import Declaration, ToolUse
from content.review.passages import finding_hash, images_without_alt, line_around, pasted_passages
from content.review.queue import Cursor, parse_filters, risk_of
from content.review.refusals import CursorInvalid, FilterUnknown
from content.review.sentences import hashes_by_paragraph
from content.review.statements import STATEMENTS, statement_of
from content.review.states import Basis, ClaimState, SignOffKind
from content.text.segments import sentence_hash
from tests.make import NOON


def mark(state: ClaimState, basis: Basis | None = None, url: str = "", name: str = "a") -> Mark:
    return Mark(sentence_hash=name, state=state, basis=basis, source_url=url, note="", person_id=1, at=NOON)


class TestClaimMarks:
    @pytest.mark.parametrize("state", [ClaimState.CORRECT, ClaimState.CORRECTED, ClaimState.NOT_A_CLAIM])
    def test_close_a_claim(self, state: ClaimState) -> None:
        marks = add_up(["a", "b"], {"a": mark(state, Basis.OWN_KNOWLEDGE)})

        assert (marks.found, marks.open, marks.verified) == (2, 1, frozenset({"a"}))

    @pytest.mark.parametrize(
        "said",
        [
            mark(ClaimState.UNCHECKED),
            mark(ClaimState.CANNOT_VERIFY),
            mark(ClaimState.REMOVED),
            mark(ClaimState.STANDS),
            mark(ClaimState.CORRECT, Basis.AI_ANSWER),
        ],
        ids=["unchecked", "unverifiable", "said to be removed but standing", "waved through", "by an AI tool only"],
    )
    def test_leave_a_claim_open(self, said: Mark) -> None:
        marks = add_up(["a"], {"a": said})

        assert (marks.open, marks.verified) == (1, frozenset())

    def test_let_a_manager_allow_what_nobody_can_verify(self) -> None:
        marks = add_up(["a"], {"a": mark(ClaimState.ALLOWED)})

        assert (marks.open, marks.cannot_verify, marks.checked) == (0, 1, 0)

    def test_vouch_for_sentences_without_a_claim(self) -> None:
        marks = add_up(["a"], {"b": mark(ClaimState.STANDS, name="b")})

        assert marks.verified == {"b"}

    def test_count_for_nothing_once_the_sentence_is_gone(self) -> None:
        marks = add_up(["new"], {"a": mark(ClaimState.CORRECT, Basis.SOURCE, "https://example.org")})

        assert (marks.open, marks.primary_source_named) == (1, False)

    def test_name_a_primary_source(self) -> None:
        marks = add_up(["a"], {"a": mark(ClaimState.CORRECT, Basis.SOURCE, "https://example.org")})

        assert marks.primary_source_named

    def test_sum_up(self) -> None:
        marks = add_up(
            ["a", "b", "c", "d"],
            {
                "a": mark(ClaimState.CORRECT, Basis.EXPERIMENT),
                "b": mark(ClaimState.NOT_A_CLAIM, name="b"),
                "c": mark(ClaimState.ALLOWED, name="c"),
            },
        )

        assert (marks.found, marks.open, marks.checked, marks.dismissed, marks.cannot_verify) == (4, 1, 1, 1, 1)


COMPLETE = Declaration(
    facts_checked=True,
    sources_checked=True,
    competence="expert",
    competence_note="Twenty years in the trade.",
    tools=(),
    public_interest=False,
    responsible_id=1,
)


class TestDeclaration:
    def test_misses_everything_at_first(self) -> None:
        assert set(Declaration().missing(asks_public_interest=True)) == {
            "facts_checked",
            "sources_checked",
            "competence",
            "competence_note",
            "tools",
            "public_interest",
            "responsible",
        }

    def test_takes_no_tools_for_an_answer(self) -> None:
        assert COMPLETE.missing(asks_public_interest=True) == ()

    def test_does_not_ask_what_the_policy_says(self) -> None:
        given = Declaration.from_value(COMPLETE.to_value() | {"public_interest": None})

        assert given.missing(asks_public_interest=False) == ()
        assert given.missing(asks_public_interest=True) == ("public_interest",)

    def test_asks_for_the_passages_that_a_tool_wrote(self) -> None:
        tool = {"name": "writer", "ai": True, "used_for": "wrote_text"}
        unmarked = Declaration.from_value(COMPLETE.to_value() | {"tools": [tool]})
        marked = Declaration.from_value(COMPLETE.to_value() | {"tools": [tool | {"passages": [[0, 20]]}]})

        assert unmarked.missing(asks_public_interest=True) == ("tool_passages",)
        assert (marked.missing(asks_public_interest=True), marked.ai_passages) == ((), 1)

    @pytest.mark.parametrize(
        "changes",
        [
            {"competence": "genius"},
            {"facts_checked": "yes"},
            {"responsible_id": "1"},
            {"tools": "none"},
            {"tools": [{"name": "x", "used_for": "magic"}]},
            {"tools": ["dictionary"]},
            {"competence_note": "yes"},
        ],
    )
    def test_takes_no_other_form_for_an_answer(self, changes: dict[str, object]) -> None:
        given = Declaration.from_value(COMPLETE.to_value() | changes)

        assert len(given.missing(asks_public_interest=True)) == 1

    def test_comes_back_as_it_was_stored(self) -> None:
        tool = ToolUse(name="writer", ai=True, used_for="wrote_text", passages=((3, 9),))
        given = replace(COMPLETE, tools=(tool,))

        assert Declaration.from_value(given.to_value()) == given


class TestPassages:
    def test_join_neighbors_and_leave_out_short_ones(self) -> None:
        text = "one two three four five six seven eight nine ten"
        spans = [(0, 18, "pasted"), (18, len(text), "pasted")]

        (passage,) = pasted_passages(text, spans)

        assert (passage.start, passage.end, passage.words, passage.quote) == (0, len(text), 10, text)
        assert pasted_passages(text, [(0, 18, "pasted"), (18, len(text), "typed")]) == ()

    def test_keep_their_name_when_they_move(self) -> None:
        words = "one two three four five six seven eight"

        (here,) = pasted_passages(words, [(0, len(words), "pasted")])
        (there,) = pasted_passages(f"Before. {words}", [(8, 8 + len(words), "pasted")])

        assert here.hash == there.hash == sentence_hash(words)

    def test_name_a_finding_by_its_line(self) -> None:
        text = "First line.\nA [TODO] here.\nLast."
        line = line_around(text, 14, 20)

        assert line == "A [TODO] here."
        assert line_around(text, 28, 30) == "Last."
        assert finding_hash("c", "q", line) != finding_hash("c", "q", "Another line.")

    def test_count_images_that_say_nothing(self) -> None:
        assert images_without_alt("![](a.png)\n\n![ ](b.png)\n\n![A loaf](c.png)\n\n```\n![](code.png)\n```\n") == 2


class TestSentences:
    def test_stand_by_paragraph(self) -> None:
        paragraphs = hashes_by_paragraph("# Title\n\nOne here. Two here.\n\nThree here.\n")

        assert [len(each) for each in paragraphs] == [1, 2, 1]
        assert list(paragraphs[2]) == [sentence_hash("Three here.")]


CURSOR = Cursor(priority=2, due_at=NOON, risk=5, id=UUID(int=7))


class TestCursor:
    def test_comes_back(self) -> None:
        assert Cursor.decode(CURSOR.encode(list_of="mine?"), list_of="mine?") == CURSOR

    @pytest.mark.parametrize(
        "text", ["", "x", "e30", CURSOR.encode(list_of="all?"), CURSOR.encode(list_of="mine?")[:-4]]
    )
    def test_fits_its_own_list_only(self, text: str) -> None:
        with pytest.raises(CursorInvalid):
            Cursor.decode(text, list_of="mine?")


class TestFilters:
    def test_are_words_with_colons_and_bare_words(self) -> None:
        assert parse_filters('kind:news model:"writer 9" heat pumps') == {
            "kind": "news",
            "model": "writer 9",
            "text": "heat pumps",
        }

    def test_are_named_when_unknown(self) -> None:
        with pytest.raises(FilterUnknown, match="modle"):
            parse_filters("modle:x")


class TestRisk:
    def test_rises_with_what_wants_care(self) -> None:
        assert risk_of(hidden_characters=0, depth=1, duplicate_share=0.0) == 0
        assert risk_of(hidden_characters=3, depth=3, duplicate_share=0.62) == 5 + 6 + 6


class TestStatements:
    def test_are_kept_by_their_hash(self) -> None:
        assert {each.id: len(each.sha256) for each in STATEMENTS.values()} == {"editor.v1": 64, "approver.v1": 64}

    def test_are_one_for_each_kind(self) -> None:
        assert statement_of(SignOffKind.EDITOR).id == "editor.v1"
        assert statement_of(SignOffKind.APPROVER).id == "approver.v1"
