"""One pair played from the CMS to the reader: what each person does, in the order they do it, each step timed."""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from benchmarks.journey.browsing import Browser, Page, Unexpected
from benchmarks.journey.cms import Cms
from content.management.demo.typist import typed_entries

T = TypeVar("T")
DECLARED = {
    "facts_checked": "yes",
    "sources_checked": "yes",
    "competence": "practitioner",
    "competence_note": "I compared the text with its draft sentence by sentence.",
    "tools": "none",
    "public_interest": "no",
    "reading_note": "Played by a benchmark: no person read this text.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A machine draft, and the same text after an editor."""

    id: str
    model: str
    genre: str
    draft: str
    edited: str


@dataclass(kw_only=True, slots=True)
class Outcome:
    """What became of a pair. `refused`: the reasons of the gate when it was not signed; `lost`: what went missing."""

    id: str
    draft_id: str = ""
    case_id: str = ""
    human_share: float | None = None
    edit_rate: float | None = None
    claim_level: str = ""
    disclosure: str = ""
    refused: list[str] = field(default_factory=list)
    signed: bool = False
    verified: bool = False
    verdict: str = ""
    lost: str = ""


class Steps:
    """How long each step took, in seconds, by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Note how long the block takes."""
        began = time.perf_counter()
        yield
        self.seconds.setdefault(name, []).append(time.perf_counter() - began)


@dataclass(frozen=True, kw_only=True, slots=True)
class Players:
    """Who plays. `typed`: whether the editor types, or sends the whole text without a record."""

    cms: Cms
    editor: Browser
    approver: Browser
    steps: Steps
    typed: bool

    def post(self, pair: Pair, run: str) -> Outcome:
        """Post a draft as the CMS."""
        payload: dict[str, object] = {
            "external_id": f"journey:{run}:{pair.id}",
            "kind": "documentation",
            "title": f"{pair.genre} {pair.id}",
            "body": pair.draft,
            "format": "markdown",
            "language": "en",
            "generation": {"provider": "unknown", "model": pair.model},
            "sources": [],
        }
        with self.steps.timed("post"):
            draft = self.cms.post_draft(payload)
        return Outcome(id=pair.id, draft_id=str(draft["id"]))

    def review(self, pair: Pair, outcome: Outcome) -> None:
        """Edit, check, sign and approve; the gate may say no, and its reasons are kept."""
        with self.steps.timed("case opened"):
            found = self.cms.wait_for(outcome.draft_id, lambda draft: bool(draft["case"]), "given a case")
        outcome.case_id = str(found["case"])
        desk = self._claim(self.editor, outcome.case_id, "edit")
        with self.steps.timed("save"):
            saved = self._write(desk, pair.edited)
        measures = saved["measures"]
        outcome.human_share, outcome.edit_rate = float(measures["human_share"]), float(measures["edit_rate"])
        outcome.claim_level, outcome.disclosure = str(saved["claim_level"]), str(saved["disclosure"])
        with self.steps.timed("check claims"):
            self._check(desk, saved)
        outcome.refused = self._sign(self.editor, outcome.case_id, "sign")
        if outcome.refused:
            self._release(outcome.case_id)
            return
        self._claim(self.approver, outcome.case_id, "approve")
        outcome.refused = self._sign(self.approver, outcome.case_id, "approve")
        outcome.signed = not outcome.refused

    def _claim(self, browser: Browser, case_id: str, purpose: str) -> dict[str, Any]:
        with self.steps.timed(f"claim to {purpose}"):
            page = browser.open(f"cases/{case_id}/")
            page = browser.send(page, "/claim/", {"purpose": purpose})
        return page.embedded("desk-data")

    def _release(self, case_id: str) -> None:
        """Give a case back that the gate keeps from being signed, so that the next one can be taken."""
        page = self.editor.open(f"cases/{case_id}/")
        self.editor.send(page, "/release/", {})

    def _write(self, desk: dict[str, Any], edited: str) -> dict[str, Any]:
        """Save the edited text as an editor does, then as a version; return what the server says of it."""
        common = {"base": desk["base"], "fence": desk["fence"]}
        entries = self._entries(desk["text"], edited) if self.typed else []
        rows = [[entry.at_ms, entry.event, list(entry.changes)] for entry in entries]
        journal = {"base_sha256": desk["base_sha256"], "entries": rows} if self.typed else None
        body = {
            **common,
            "from": 0,
            "journal": journal,
            "sha256": hashlib.sha256(edited.encode()).hexdigest(),
        } | ({} if self.typed else {"text": edited})
        self.editor.call("PATCH", desk["urls"]["workingCopy"], body)
        return self.editor.call("POST", desk["urls"]["revisions"], common)

    @staticmethod
    def _entries(draft: str, edited: str) -> tuple[Any, ...]:
        return typed_entries(draft, edited, start_ms=int(time.time() * 1000))

    def _check(self, desk: dict[str, Any], saved: dict[str, Any]) -> None:
        urls, fence = desk["urls"], desk["fence"]
        shown = saved
        for claim in saved["claims"]:
            if claim["state"] == "unchecked":
                check = {
                    "fence": fence,
                    "sentence_hash": claim["sentence_hash"],
                    "state": "correct",
                    "basis": "own_knowledge",
                    "source_url": "",
                    "note": "",
                }
                shown = self.editor.call("POST", urls["claims"], check)
        while open_ones := [each for each in shown["paragraphs"] if not each.get("verified")]:
            hashes = open_ones[0]["sentence_hashes"]
            shown = self.editor.call("POST", urls["stands"], {"fence": fence, "sentence_hashes": hashes})

    def _sign(self, browser: Browser, case_id: str, act: str) -> list[str]:
        """Open the dialog, declare and send; return what the gate has against it."""
        with self.steps.timed(act):
            page = browser.open(f"cases/{case_id}/{act}/")
            if page.form(f"/{act}/") is None:
                return [page.words()]
            party = page.options("responsible_id")
            if not party:
                raise Unexpected(f"{page.address}: nobody answers for published texts; add a responsible party.")
            after = browser.send(page, f"/{act}/", DECLARED | {"responsible_id": party[0]})
        return _refusals(after, act)


def _refusals(page: Page, act: str) -> list[str]:
    """Return what an answered dialog complains of; nothing when it was accepted and led elsewhere."""
    if page.form(f"/{act}/") is None:
        return []
    return page.errors() or [page.words()]


def attempted(work: Callable[[], T], outcome: Outcome) -> T | None:
    """Do `work`; what goes wrong is noted as a loss and stops only this pair."""
    try:
        return work()
    except Unexpected as fault:
        outcome.lost = str(fault)
        return None
