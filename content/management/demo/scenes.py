"""The demo drafts: what a language model wrote for this purpose, and what an editor makes of it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent
STARTED_AGO = {
    "published": timedelta(days=20),
    "published_rewritten": timedelta(days=15),
    "rejected": timedelta(days=9),
    "withdrawn": timedelta(days=7),
    "sent_back": timedelta(days=3),
    "changes_requested": timedelta(days=2, hours=6),
    "ready": timedelta(days=2),
    "resubmitted": timedelta(days=1, hours=4),
    "awaiting_second": timedelta(hours=20),
    "waiting": timedelta(hours=5),
    "in_review": timedelta(minutes=15),
}
"How long before now a draft in each state came in; those of one state follow each other."
APART = timedelta(days=2, hours=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """One draft and its fate. `state` is where it stands when the demo begins."""

    external_id: str
    source: str
    kind: str
    state: str
    title: str
    summary: str
    language: str
    provider: str
    model: str
    version: str
    priority: str
    body: str
    tags: tuple[str, ...]
    sources: tuple[Mapping[str, object], ...]
    edited: str = ""
    edited_title: str = ""
    edited_summary: str = ""
    resubmitted_body: str = ""
    note: str = ""
    begins_ago: timedelta = field(default=timedelta())

    def payload(self, *, body: str = "") -> dict[str, object]:
        """Return the draft as its CMS posts it."""
        return {
            "external_id": self.external_id,
            "kind": self.kind,
            "title": self.title,
            "summary": self.summary,
            "body": body or self.body,
            "format": "markdown",
            "language": self.language,
            "generation": {"provider": self.provider, "model": self.model, "version": self.version},
            "sources": [dict(each) for each in self.sources],
            "tags": list(self.tags),
            "priority": self.priority,
        }

    def begins_at(self, now: datetime) -> datetime:
        """Return when the draft came in."""
        return now - self.begins_ago


def scenes() -> tuple[Scene, ...]:
    """Return all demo drafts, the one that came in first at the start."""
    counts: dict[str, int] = {}
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        state = values["state"]
        number = counts[state] = counts.get(state, -1) + 1
        apart = APART * number if state == "published" else timedelta(minutes=35) * number
        values |= {"tags": tuple(values["tags"]), "sources": tuple(values["sources"])}
        found.append(Scene(**values, begins_ago=STARTED_AGO[state] - apart))
    return tuple(sorted(found, key=lambda scene: -scene.begins_ago))
