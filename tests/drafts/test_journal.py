import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.drafts.arrival import ArrivalClass, arrival_class
from content.drafts.journal import (
    Journal,
    JournalEntry,
    JournalInvalid,
    JournalMismatch,
    applied,
    parse_entries,
    parse_journal,
    replay,
    replay_text,
)

BASE = "Hello 😀 world.\nSecond line."
BASE_UNITS = len(BASE) + 1


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def journal(*entries: Sequence[object], base: str = BASE) -> Journal:
    return parse_journal({"base_sha256": digest(base), "entries": [list(entry) for entry in entries]})


def classes_of(*entries: Sequence[object], base: str = BASE) -> str:
    return "".join("bapt"[arrival] for arrival in replay(journal(*entries, base=base), base).classes)


class TestParseJournal:
    def test_reads_entries_and_writes_them_again(self) -> None:
        value = {"base_sha256": digest(""), "entries": [[0, "input.type", [[0, "a", "b"]]], [5, None, [1, [2]]]]}

        read = parse_journal(value)

        assert read.entries[0] == JournalEntry(0, "input.type", ((0, "a", "b"),))
        assert parse_journal(_listed(read.to_json())) == read

    @pytest.mark.parametrize(
        "value",
        [
            None,
            [],
            {"base_sha256": digest(""), "entries": [], "window": "title"},
            {"base_sha256": "abc", "entries": []},
            {"base_sha256": digest("").upper(), "entries": []},
            {"base_sha256": digest(""), "entries": {}},
            {"base_sha256": digest(""), "entries": [[0, "input"]]},
            {"base_sha256": digest(""), "entries": [[True, "input", []]]},
            {"base_sha256": digest(""), "entries": [[-1, "input", []]]},
            {"base_sha256": digest(""), "entries": [[0, 5, []]]},
            {"base_sha256": digest(""), "entries": [[0, "x" * 65, []]]},
            {"base_sha256": digest(""), "entries": [[0, "input", [-1]]]},
            {"base_sha256": digest(""), "entries": [[0, "input", [[]]]]},
            {"base_sha256": digest(""), "entries": [[0, "input", [[0, "a\nb"]]]]},
            {"base_sha256": digest(""), "entries": [[0, "input", [[0, 7]]]]},
        ],
    )
    def test_refuses_any_other_form(self, value: object) -> None:
        with pytest.raises(JournalInvalid):
            parse_journal(value)

    def test_refuses_more_entries_than_anybody_types(self) -> None:
        with pytest.raises(JournalInvalid):
            parse_entries([[0, None, []]] * 100_001)


class TestReplay:
    def test_leads_to_the_text_and_says_how_each_code_point_came(self) -> None:
        done = replay(journal([0, "input.type", [9, [0, "x"], BASE_UNITS - 9]]), BASE)

        assert done.text == "Hello 😀 xworld.\nSecond line."
        assert list(done.classes) == [0] * 8 + [ArrivalClass.TYPED] + [0] * 19
        assert list(done.origins) == [*range(8), -1, *range(8, 27)]

    def test_refuses_another_text_to_start_from(self) -> None:
        with pytest.raises(JournalMismatch):
            replay(journal(), BASE + "!")

    @pytest.mark.parametrize(
        "changes",
        [[3], [BASE_UNITS + 1], [[BASE_UNITS + 1]], [7, [0, "x"], BASE_UNITS - 7], [6, [1], BASE_UNITS - 7]],
    )
    def test_refuses_a_change_that_does_not_fit(self, changes: list[object]) -> None:
        with pytest.raises(JournalMismatch):
            replay(journal([0, "input.type", changes]), BASE)
        with pytest.raises(JournalMismatch):
            applied(BASE, parse_entries([[0, "input.type", changes]]))

    def test_refuses_half_of_a_pair_that_stays(self) -> None:
        with pytest.raises(JournalMismatch):
            replay(journal([0, "input.type", [[0, "\ud83d"]]], base=""), "")

    def test_gives_moved_text_the_origin_it_had(self) -> None:
        moved = replay(
            journal([0, "delete.cut", [[6], BASE_UNITS - 6]], [9, "input.paste", [BASE_UNITS - 6, [0, "Hello "]]]), BASE
        )

        assert moved.text.endswith("line.Hello ")
        assert list(moved.origins)[-6:] == [0, 1, 2, 3, 4, 5]
        assert set(moved.classes) == {ArrivalClass.BASE}

    def test_restores_on_undo_what_a_deletion_took(self) -> None:
        entries = (
            [0, "input.type", [[0, "ab"], BASE_UNITS]],
            [5, "delete.backward", [1, [1], BASE_UNITS]],
            [9, "undo", [1, [0, "b"], BASE_UNITS]],
        )

        assert classes_of(*entries)[:3] == "ttb"

    def test_lets_nobody_launder_a_paste(self) -> None:
        entries = (
            [0, "input.paste", [[0, "machine words"]]],
            [5, "delete.cut", [[13]]],
            [9, "move.drop", [[0, "machine words"]]],
            [12, "undo", [13, [0, "unknown"]]],
        )

        assert set(classes_of(*entries, base="")) == {"p"}

    def test_takes_words_that_came_faster_than_typing_for_pasted(self) -> None:
        slow = [[at * 500, "input.type", [at * 5, [0, "word "]] if at else [[0, "word "]]] for at in range(30)]
        fast = [[at * 50, *entry[1:]] for at, entry in enumerate(slow)]

        assert set(classes_of(*slow, base="")) == {"t"}
        assert classes_of(*fast, base="").count("p") == 30 * 4
        assert len(replay(journal(*fast, base=""), "").bursts) == 30

    def test_counts_units_where_applied_counts_units_too(self) -> None:
        entries = ([0, "input.type", [8, [0, "y"], BASE_UNITS - 8]], [1, None, [[1], BASE_UNITS]])

        assert replay_text(journal(*entries), BASE) == replay(journal(*entries), BASE).text

    @given(st.data())
    @settings(deadline=None)
    def test_equals_what_the_browser_did(self, data: st.DataObject) -> None:
        text = data.draw(st.text(alphabet="ab😀\n", max_size=12))
        base = text
        entries: list[list[object]] = []
        for _ in range(data.draw(st.integers(0, 5))):
            start = data.draw(st.integers(0, len(text)))
            end = data.draw(st.integers(start, len(text)))
            new = data.draw(st.text(alphabet="xy😃\n", max_size=6))
            keep, gone, rest = (_units(part) for part in (text[:start], text[start:end], text[end:]))
            entries.append([0, "input.type", [keep, [gone, *new.split("\n")], rest]])
            text = text[:start] + new + text[end:]

        done = replay(journal(*entries, base=base), base)

        assert done.text == text
        assert len(done.classes) == len(done.origins) == len(text)
        assert applied(base, parse_entries(entries)) == text


class TestArrivalClass:
    @pytest.mark.parametrize(
        ("event", "size", "expected"),
        [
            ("input.type", 40, ArrivalClass.TYPED),
            ("input.type", 41, ArrivalClass.PASTED),
            ("input.type.compose", 500, ArrivalClass.TYPED),
            ("input.type.compose.start", 500, ArrivalClass.TYPED),
            ("input", 3, ArrivalClass.TYPED),
            ("delete.backward", 3, ArrivalClass.TYPED),
            ("input.complete", 3, ArrivalClass.ASSISTED),
            ("accept", 3, ArrivalClass.ASSISTED),
            ("revert", 3, ArrivalClass.ASSISTED),
            (None, 3, ArrivalClass.ASSISTED),
            ("input.paste", 3, None),
            ("input.drop", 3, None),
            ("move.line", 3, None),
            ("input.copyline", 3, None),
            ("undo", 3, None),
            ("something.else", 3, ArrivalClass.PASTED),
            ("input.typewriter", 3, ArrivalClass.PASTED),
        ],
    )
    def test_follows_from_event_and_size_alone(
        self, event: str | None, size: int, expected: ArrivalClass | None
    ) -> None:
        assert arrival_class(event, size) is expected


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _listed(value: dict[str, object]) -> dict[str, object]:
    import json

    return json.loads(json.dumps(value))  # type: ignore[no-any-return]
