"""What the answer to a POST warns of. A warning never stops a draft; some of what it names stops a sign-off later."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from content.drafts.states import Format
from content.text.hidden import hidden_characters
from content.text.hygiene import is_mixed_script
from content.text.render import RenderingTooComplex, check_caps

MOST_SPANS: Final = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Warned:
    """What is looked at."""

    text: str
    form: Format
    title: str
    summary: str
    language: str
    due_at: datetime | None
    lossy: bool
    unverified: bool


def warnings_of(warned: Warned, *, at: datetime) -> list[dict[str, Any]]:
    """Return the warnings, each `{"code", "detail"}` and what belongs to it; spans count code points of the text."""
    found = [*_hidden(warned), *_mixed(warned.text)]
    if warned.due_at is not None and warned.due_at < at:
        found.append({"code": "due_in_past", "detail": "The due time is over already."})
    if warned.lossy:
        found.append({"code": "conversion_lossy", "detail": "Markdown cannot carry all of the HTML; see conversion."})
    if warned.unverified:
        detail = "This source may not vouch for people's text; spans of origin human count as unknown."
        found.append({"code": "human_spans_unverified", "detail": detail})
    if warned.form is not Format.TEXT:
        try:
            check_caps(warned.text)
        except RenderingTooComplex as refusal:
            found.append({"code": "too_complex", "detail": refusal.detail, **refusal.params})
    return found


def _hidden(warned: Warned) -> list[dict[str, Any]]:
    found = []
    for name, text in (("body", warned.text), ("title", warned.title), ("summary", warned.summary)):
        runs = hidden_characters(text, language=warned.language)
        if runs:
            found.append(
                {
                    "code": "hidden_characters",
                    "detail": "Characters that readers cannot see are kept; a sign-off waits until they are gone.",
                    "field": name,
                    "count": sum(run.end - run.start for run in runs),
                    "spans": [{"start": run.start, "end": run.end, "kind": run.kind} for run in runs[:MOST_SPANS]],
                }
            )
    return found


def _mixed(text: str) -> list[dict[str, Any]]:
    if text.isascii():
        return []
    words = sum(is_mixed_script(word) for word in text.split() if not word.isascii())
    detail = "Some words mix alphabets that look alike."
    return [{"code": "mixed_script", "detail": detail, "count": words}] if words else []
