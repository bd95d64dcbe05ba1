import pytest

from content.authorship.attribute import Attributor, RevisionText
from content.authorship.attribution import SpanRow
from content.authorship.kinds import AuthorshipKind
from content.authorship.state import MAGIC, StateUnusable, decode_spans, encode_spans, runs, span_rows
from tests.authorship.texts import DRAFT, EDITED, after, inserted


class TestState:
    def test_starts_with_its_magic(self) -> None:
        assert Attributor().to_bytes()[:4] == MAGIC == b"RDA1"

    def test_keeps_the_language(self) -> None:
        state = Attributor(language="de").to_bytes()

        assert Attributor.from_bytes(state).to_bytes() == state

    @pytest.mark.parametrize(
        "damage",
        [
            lambda state: b"",
            lambda state: b"RDA0" + state[4:],
            lambda state: state[:-1],
            lambda state: state[:20] + bytes([state[20] ^ 1]) + state[21:],
            lambda state: state[:4] + b"\x00\x00\x00\x00" + state[8:],
        ],
    )
    def test_is_refused_when_damaged(self, damage: "object") -> None:
        attributor = Attributor()
        attributor.add(RevisionText(DRAFT, "model", machine=True))
        assert callable(damage)

        with pytest.raises(StateUnusable):
            Attributor.from_bytes(damage(attributor.to_bytes()))

    def test_is_refused_when_another_method_made_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        state = Attributor().to_bytes()
        monkeypatch.setattr("content.authorship.state.FORMAT", 99)

        with pytest.raises(StateUnusable, match="another method"):
            Attributor.from_bytes(state)

    def test_goes_on_with_a_journal_after_it_was_stored(self) -> None:
        before = "Nothing warned us that the old ferry would drift."
        text, journal = inserted(before, len(before), " that the", event="input.paste")
        attributor = Attributor()
        attributor.add(RevisionText(before, "model", machine=True))

        restored = Attributor.from_bytes(attributor.to_bytes())
        attribution = restored.add(RevisionText(text, "ann", machine=False, journal=journal))

        assert {token.kind for token in attribution.tokens} == {AuthorshipKind.MACHINE}

    def test_stays_small(self) -> None:
        attributor = Attributor()
        attributor.add(RevisionText(DRAFT, "model", machine=True))
        attributor.add(RevisionText(EDITED, "editor", machine=False))

        assert len(attributor.to_bytes()) < 4 * len(DRAFT)


class TestSpans:
    def test_cover_the_text_without_gap(self) -> None:
        attribution = after("  One new. ", machine="One old.")

        assert span_rows(attribution) == [
            SpanRow(0, 6, 0, AuthorshipKind.MACHINE),
            SpanRow(6, 9, 1, AuthorshipKind.ASSERTED),
            SpanRow(9, 11, 0, AuthorshipKind.MACHINE),
        ]

    def test_are_stored_in_few_bytes(self) -> None:
        attribution = after(EDITED)

        stored = encode_spans(attribution)

        assert decode_spans(stored) == span_rows(attribution)
        assert len(stored) < 200

    def test_refuse_other_bytes(self) -> None:
        with pytest.raises(ValueError, match="spans"):
            decode_spans(b"RDA1")

    def test_become_runs_without_revisions(self) -> None:
        rows = [
            SpanRow(0, 5, 0, AuthorshipKind.MACHINE),
            SpanRow(5, 9, 1, AuthorshipKind.TYPED),
            SpanRow(9, 12, 2, AuthorshipKind.TYPED),
        ]

        assert runs(rows) == [[0, 5, "machine"], [5, 12, "typed"]]

    def test_are_none_of_nothing(self) -> None:
        assert decode_spans(encode_spans(after(machine=""))) == []
