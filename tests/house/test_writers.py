"""Only actions write the database (house.md, section 3)."""

import ast
from collections.abc import Iterator

import pytest
from django.db import connection

from tests.database import WrittenOutsideAnAction
from tests.house.tree import Source, decorators, functions, public_functions, sources

ACTIONS = "content.*.actions"
MAY_OPEN_TRANSACTIONS = ("content.events.writing", "content.pipeline")
MARKS = {"action", "quiet_action", "bulk_action"}
# Writes inside the action that called it, as nothing else may.
WITHOUT_A_MARK = {"content.events.actions.record_each"}
# What the history does not need: at most one Event each.
QUIET = {
    # Bookkeeping of Jobs: the Job's own row tells it.
    "content.events.actions.claim_job",
    "content.events.actions.enqueue",
    "content.events.actions.fail_job",
    "content.events.actions.finish_job",
    "content.events.actions.ping",
    "content.events.actions.postpone_job",
    "content.events.actions.sweep",
    # Autosaves, counters and answers that tell no history; saves of an unchanged text.
    "content.drafts.actions.answers.answer_once",
    "content.drafts.actions.answers.purge_answers",
    "content.drafts.actions.counters.raise_fence",
    "content.drafts.actions.counters.raise_version",
    "content.drafts.actions.receiving.receive_batch",
    "content.drafts.actions.receiving.receive_draft",
    "content.drafts.actions.receiving.resubmit_draft",
    "content.drafts.actions.rendering.render",
    "content.drafts.actions.saving.keep_working_copy",
    "content.drafts.actions.saving.restore_revision",
    "content.drafts.actions.saving.save_revision",
    "content.drafts.actions.saving.save_working_copy",
    "content.drafts.actions.sources.note_use",
    # Idempotent: a text that is indexed already adds nothing.
    "content.lineage.actions.index_draft",
    "content.lineage.actions.index_publication",
    "content.lineage.actions.retire_publication",
    # Idempotent: a Revision that is measured already adds nothing.
    "content.authorship.actions.attribute",
    "content.authorship.actions.attribute_revision",
    # Idempotent: a Revision that was read already adds nothing.
    "content.language.actions.analyze",
    # Heartbeats, autosaves, judgements without a new outcome, and the parts of an action that records for them.
    "content.review.actions.actors.note_role_lost",
    "content.review.actions.cases.open_case",
    "content.review.actions.closing.close_case",
    "content.review.actions.conclusions.add_result",
    "content.review.actions.conclusions.carry_sign_offs",
    "content.review.actions.conclusions.store_judgement",
    "content.review.actions.conclusions.void_sign_offs",
    "content.review.actions.conclusions.write_state",
    "content.review.actions.holding.begin_lease",
    "content.review.actions.holding.end_lease",
    "content.review.actions.holding.touch_lease",
    "content.review.actions.judging.judge",
    "content.review.actions.judging.judge_under_policy",
    "content.review.actions.judging.note_revision",
    "content.review.actions.leases.renew",
    "content.review.actions.resubmitting.resubmit",
    "content.review.actions.text.keep_late_text",
    "content.review.actions.text.restore",
    "content.review.actions.text.save_text",
    "content.review.actions.text.save_version",
    # Steps of one issue or withdrawal, and idempotent Jobs: the fact is recorded once, by whichever run does it.
    "content.attestation.actions.issuing.issue",
    "content.attestation.actions.people.ensure_salts",
    "content.attestation.actions.sequencing.append_entries",
    "content.attestation.actions.sequencing.append_key_set",
    "content.attestation.actions.sequencing.lock_log",
    "content.attestation.actions.sequencing.note_refusal",
    "content.attestation.actions.status.withdraw",
    # Idempotent Jobs and deliveries, which keep a record of their own.
    "content.publishing.actions.deliveries.deliver",
    "content.publishing.actions.deliveries.fan_out",
    "content.publishing.actions.issuing.issue",
    "content.publishing.actions.releasing.publish",
    "content.publishing.actions.requests.request_when_ready",
    "content.publishing.actions.withdrawing.revoke_retracted",
    "content.publishing.actions.withdrawing.revoke_unpublished",
    # Rollups can be made anew from Events.
    "content.insights.actions.forget_rollups",
    "content.insights.actions.roll_up",
}

ALWAYS_WRITE = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "save"}
WRITE_ON_ROWS = {"create", "update", "delete", "acreate", "aupdate", "adelete"}
ROWS = {
    *("objects", "_default_manager", "_base_manager", "filter", "exclude", "all", "using", "order_by"),
    *("select_for_update", "select_related", "annotate", "only", "defer", "get", "first", "last"),
}
READS = ("SELECT", "PRAGMA", "EXPLAIN", "SHOW", "WITH")


def names_in(chain: ast.expr) -> set[str]:
    """Return the attributes that a chain such as `Case.objects.filter(...)` goes through."""
    names = set()
    while isinstance(chain, ast.Attribute | ast.Call):
        if isinstance(chain, ast.Attribute):
            names.add(chain.attr)
            chain = chain.value
        else:
            chain = chain.func
    return names


def is_read(call: ast.Call) -> bool:
    """Tell whether the statement that a cursor is given is written out and only reads."""
    statement = call.args[0] if call.args else None
    while isinstance(statement, ast.JoinedStr | ast.BinOp):
        statement = statement.values[0] if isinstance(statement, ast.JoinedStr) else statement.left
    return isinstance(statement, ast.Constant) and str(statement.value).lstrip().upper().startswith(READS)


def writes(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that write to the database, as far as names tell."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        verb, receiver = node.func.attr, node.func.value
        on_rows = bool(names_in(receiver) & ROWS)
        of_one_row = verb == "delete" and not node.args and isinstance(receiver, ast.Name)
        by_cursor = verb in {"execute", "executemany"} and "cursor" in ast.unparse(receiver) and not is_read(node)
        if verb in ALWAYS_WRITE or (verb in WRITE_ON_ROWS and on_rows) or of_one_row or by_cursor:
            yield node


def marked(source: Source, mark: str) -> set[str]:
    return {f"{source.module}.{each.name}" for each in functions(source) if mark in decorators(each)}


class TestWriters:
    def test_only_actions_write(self) -> None:
        found = [
            source.at(call, f"writes: {ast.unparse(call.func)}(...)")
            for source in sources("content")
            if not source.is_in(ACTIONS)
            for call in writes(source.syntax)
        ]

        assert found == []

    def test_what_writes_is_marked_as_an_action(self) -> None:
        found = [
            source.at(function, f"{function.name} writes without @action")
            for source in sources("content")
            if source.is_in(ACTIONS)
            for function in public_functions(source)
            if any(writes(function))
            and not MARKS & set(decorators(function))
            and f"{source.module}.{function.name}" not in WITHOUT_A_MARK
        ]

        assert found == []

    def test_actions_live_in_their_room(self) -> None:
        found = [
            source.at(function, f"{function.name} is an action outside of actions")
            for source in sources("content")
            if not source.is_in(ACTIONS)
            for function in functions(source)
            if MARKS & set(decorators(function))
        ]

        assert found == []

    def test_quiet_actions_are_the_listed_ones(self) -> None:
        quiet = {name for source in sources("content") for name in marked(source, "quiet_action")}

        assert quiet == QUIET

    def test_only_actions_open_transactions(self) -> None:
        found = [
            source.at(node, "opens a transaction")
            for source in sources("content")
            if not source.is_in(*MAY_OPEN_TRANSACTIONS)
            for node in ast.walk(source.syntax)
            if isinstance(node, ast.Attribute) and node.attr == "atomic"
        ]

        assert found == []

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        "statement",
        [
            'UPDATE "reviewdesk_event" SET id = id WHERE id = 0',
            'DELETE FROM "reviewdesk_event" WHERE id = 0',
            'INSERT INTO "reviewdesk_event" (id) SELECT id FROM "reviewdesk_event" WHERE id = 0',
        ],
    )
    def test_a_write_outside_an_action_fails_any_test(self, statement: str) -> None:
        with connection.cursor() as cursor, pytest.raises(WrittenOutsideAnAction):
            cursor.execute(statement)


class TestTheReaderOfWrites:
    @pytest.mark.parametrize(
        "line",
        [
            "case.save(update_fields=['state'])",
            "Case.objects.filter(pk=1).update(state='x')",
            "Case.objects.create(state='x')",
            "Case.objects.bulk_create(rows)",
            "case.delete()",
            "cursor.execute('UPDATE x SET y = 1')",
            "cursor.execute(statement)",
        ],
    )
    def test_finds(self, line: str) -> None:
        assert list(writes(ast.parse(line)))

    @pytest.mark.parametrize(
        "line",
        [
            "digest.update(chunk)",
            "cache.delete(key)",
            "seen.update(more)",
            "cursor.execute('SELECT 1')",
            "make.create()",
        ],
    )
    def test_lets_pass(self, line: str) -> None:
        assert not list(writes(ast.parse(line)))
