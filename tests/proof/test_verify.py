import json
from typing import Any

import pytest

from content.proof.checking.examine import Examined
from content.proof.checking.states import UNDECIDED, Outcome, State
from content.proof.keyset import read_keyset
from content.proof.verify import Result, Trust, verify
from tests.proof.states import GOLDEN, STATES, Case, Scene, cases, golden_file, table
from tests.proof.world import TEXT, World

CASES = list(cases())


def result_of(case: Case) -> Result:
    return verify(
        case.bundle,
        None if case.keys is None else read_keyset(case.keys),
        content=case.content,
        files=case.files,
        status=case.status,
        checkpoint=case.checkpoint,
        soft=case.soft,
        accept_superseded=case.accept_superseded,
    )


def checked(content: str | bytes, **given: Any) -> Result:
    scene = Scene()
    raw = content if isinstance(content, bytes) else content.encode()
    return verify(scene.world.bundle(scene.logged), scene.world.keys(), content=raw, **given)


class TestStates:
    @pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
    def test_each_is_reached_by_its_files(self, case: Case) -> None:
        result = result_of(case)

        assert (result.state, result.exit) == (case.state, case.exit)

    def test_all_of_them_are_in_the_table(self) -> None:
        assert {case.state for case in CASES} == set(State)

    def test_the_table_that_other_verifiers_read_is_this_one(self) -> None:
        assert STATES.read_text() == table()
        assert GOLDEN.read_text() == golden_file()

    @pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
    def test_a_result_can_be_told_in_json_and_in_one_sentence(self, case: Case) -> None:
        result = result_of(case)

        assert json.loads(json.dumps(result.to_value()))["state"] == case.state
        assert result.sentence.endswith(".")
        assert "{" not in result.sentence

    @pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
    def test_the_first_failing_check_gives_the_state(self, case: Case) -> None:
        result = result_of(case)

        failed = [check.state for check in result.checks if check.result is Outcome.FAIL]
        assert (failed[0] if failed else result.state) == result.state
        assert bool(failed) == (result.color not in {"green", "blue"})

    def test_colors_and_exits_go_together(self) -> None:
        for case in CASES:
            result = result_of(case)
            assert (result.color == "grey") == (result.exit == 2) == (result.state in UNDECIDED)
            assert result.exit == 0 or result.color in {"grey", "red", "amber"}


class TestReport:
    def test_nothing_of_an_unsigned_statement_is_told(self) -> None:
        scene = Scene(seed=4)

        value = verify(scene.world.bundle(scene.logged), scene.world.keys(), content=b"x").to_value()

        assert not {"claim", "issuer", "attestation", "content", "issued_at", "limits"} & value.keys()

    def test_every_check_that_can_run_is_reported(self) -> None:
        scene = Scene(seed=4)

        result = verify(scene.world.bundle(scene.logged), scene.world.keys())

        assert [(check.name, check.result.value) for check in result.checks] == [
            ("bundle", "pass"),
            ("key", "fail"),
            ("signature", "skipped"),
            ("statement", "skipped"),
            ("log", "pass"),
            ("checkpoint", "pass"),
            ("key_range", "skipped"),
            ("mode", "skipped"),
            ("withdrawal", "skipped"),
            ("content", "skipped"),
        ]

    def test_the_json_has_the_documented_keys(self) -> None:
        value = checked(TEXT, status=[]).to_value()

        assert set(value) == {
            "state",
            "exit",
            "sentence",
            "checks",
            "claim",
            "issuer",
            "attestation",
            "content",
            "keyid",
            "log",
            "issued_at",
            "status_as_of",
            "changed_blocks",
            "limits",
        }
        assert value["log"] == {"origin": "desk.example.org/log", "index": 3, "size": 8}
        assert value["issued_at"] == {"time": "2026-11-22T13:04:05Z", "source": "self_asserted"}

    def test_it_is_said_when_withdrawals_were_not_checked(self) -> None:
        assert checked(TEXT).sentence.endswith("; withdrawals were not checked.")
        assert "status_as_of" not in checked(TEXT).to_value()

    def test_it_is_said_how_far_status_data_reach(self) -> None:
        scene = Scene()
        other = scene.world.log(scene.logged.envelope.payload.replace(b"Example", b"Another"))
        line = scene.world.bundle(scene.world.withdraw(other, status="revoked")).to_bytes()

        result = verify(scene.world.bundle(scene.logged), scene.world.keys(), content=TEXT.encode(), status=[line])

        assert result.state is State.VERIFIED
        assert result.facts.status_as_of == 10
        assert "withdrawals" not in result.sentence

    def test_a_status_line_that_fails_is_reported_and_ignored(self) -> None:
        result = checked(TEXT, status=[b"junk", b"{}"])

        ignored = [check.detail for check in result.checks if check.name == "status_line"]
        assert ignored == [
            "Line 1 of the status data was ignored (unreadable).",
            "Line 2 of the status data was ignored (unreadable).",
        ]
        assert result.exit == 0

    def test_a_revocation_tells_when_and_why(self) -> None:
        scene = Scene()
        line = scene.status_line(status="revoked", reason="evidence_false")

        result = verify(scene.world.bundle(scene.logged), scene.world.keys(), status=[line])

        assert result.to_value()["withdrawal"] == {
            "status": "revoked",
            "reason": "evidence_false",
            "at": "2026-11-22T13:04:05Z",
        }
        assert "evidence_false" in result.sentence

    def test_files_are_not_compared_with_a_statement_nobody_signed(self) -> None:
        scene = Scene(seed=4)

        result = verify(scene.world.bundle(scene.logged), scene.world.keys(), files={"meta.json": b"{}"})

        assert result.checks[-1].name == "files"
        assert result.checks[-1].result is Outcome.SKIPPED

    def test_a_check_never_falls_away_in_silence(self) -> None:
        scene = Scene()
        examined = Examined(bundle=scene.world.bundle(scene.logged), trust=Trust(scene.world.keys()))

        with pytest.raises(RuntimeError):
            examined.not_reached("log")

    def test_a_trust_gives_the_same_answers_as_its_key_set(self) -> None:
        scene = Scene()
        trust = Trust(scene.world.keys())

        results = [verify(scene.world.bundle(scene.logged), trust, content=TEXT.encode()) for _ in range(3)]

        assert {result.state for result in results} == {State.VERIFIED}

    def test_a_trust_forgets_old_checkpoints(self) -> None:
        world = World()
        trust = Trust(world.keys())

        for _ in range(300):
            world.pad(1)
            assert trust.open(world.checkpoint()).size == len(world.leaves)

        assert len(trust._opened) <= 256

    def test_a_log_key_counts_only_from_its_size_on(self) -> None:
        scene = Scene()
        keys = scene.world.keys()
        late = type(keys.logs[0])(origin=keys.logs[0].origin, vkey=keys.logs[0].vkey, first_index=8, status="active")
        result = verify(
            scene.world.bundle(scene.logged),
            type(keys)(version=1, issuer=keys.issuer, logs=(late,), keys=keys.keys),
        )

        assert result.state is State.LOG_INCONSISTENT

    def test_a_checkpoint_of_another_log_says_nothing(self) -> None:
        scene = Scene()
        other = World(origin="other.example/log")
        keys = scene.world.keys()
        both = type(keys)(version=1, issuer=keys.issuer, logs=(*keys.logs, *other.keys().logs), keys=keys.keys)

        result = verify(scene.world.bundle(scene.logged), both, checkpoint=other.checkpoint())

        assert result.state is State.STATEMENT_VERIFIED

    @pytest.mark.parametrize("seen", [World(log_seed=4).checkpoint(), "no checkpoint"])
    def test_a_checkpoint_that_no_log_key_signed_is_no_help(self, seen: str) -> None:
        scene = Scene()

        result = verify(scene.world.bundle(scene.logged), scene.world.keys(), checkpoint=seen)

        assert result.state is State.LOG_INCONSISTENT


PARAGRAPHS = TEXT.split("\n\n")


class TestChangedBlocks:
    @pytest.mark.parametrize(
        ("content", "changes"),
        [
            (TEXT.replace("2019", "2020"), [("changed", 2)]),
            (TEXT.replace("one account", "one  account"), [("changed", 1)]),
            (TEXT.replace("there.", "there. "), [("changed", 5)]),
            (TEXT.replace("\n", "\r\n"), [("changed", at) for at in range(8)]),
            ("\n\n".join(PARAGRAPHS[:2] + PARAGRAPHS[3:]), [("missing", 2)]),
            ("\n\n".join([*PARAGRAPHS[:2], "A paragraph that nobody signed at all.", *PARAGRAPHS[2:]]), [("added", 2)]),
            ("\n\n".join([PARAGRAPHS[0], PARAGRAPHS[2], PARAGRAPHS[1], *PARAGRAPHS[3:]]), [("moved", 1)]),
            ("\n\n".join([PARAGRAPHS[0], "New.", *PARAGRAPHS[1:]]), [("added", 1)]),
            (TEXT.replace("# Setting up single sign-on", "Setting up single sign-on"), [("changed", 0)]),
        ],
    )
    def test_are_named(self, content: str, changes: list[tuple[str, int]]) -> None:
        result = checked(content)

        assert result.state is State.CONTENT_CHANGED
        assert [(block.change, block.block) for block in result.facts.changed_blocks][: len(changes)] == changes

    def test_cannot_be_named_for_punctuation_of_equal_length(self) -> None:
        result = checked(TEXT.replace("there.", "there!"))

        assert result.state is State.CONTENT_CHANGED
        assert result.facts.changed_blocks == ()

    @pytest.mark.parametrize("content", [TEXT + "\n", TEXT.rstrip("\n")])
    def test_cannot_be_named_for_space_between_them(self, content: str) -> None:
        result = checked(content)

        assert result.state is State.CONTENT_CHANGED
        assert result.facts.changed_blocks == ()

    def test_are_named_in_a_copy_without_markup(self) -> None:
        bare = TEXT.replace("# ", "").replace("- ", "").replace("> ", "").replace("tickets.", "tickets, always.")

        changed = checked(bare).facts.changed_blocks

        assert ("changed", 3) in [(block.change, block.block) for block in changed]

    def test_are_not_listed_without_end(self) -> None:
        result = checked("A foreign paragraph of text.\n\n" * 5_000)

        assert len(result.facts.changed_blocks) == 200

    def test_are_found_in_bytes_that_are_no_text(self) -> None:
        assert checked(b"\xff\xfe" + TEXT.encode()).state is State.CONTENT_CHANGED

    def test_place_and_kind_are_told(self) -> None:
        block = checked(TEXT.replace("2019", "2020")).to_value()["changed_blocks"]

        start = TEXT.index("Before you begin")
        assert block == [{"change": "changed", "block": 2, "kind": "paragraph", "start": start, "end": start + 112}]
