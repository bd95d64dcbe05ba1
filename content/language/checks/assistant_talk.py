"""Words that a model says to whoever prompts it, left standing in a text for readers."""

import re
from collections.abc import Iterator
from typing import Final

from content.language.check import Checked, Severity, check

_TALK: Final = re.compile(
    r"\bas an? (?:AI|artificial intelligence)(?: (?:language )?(?:model|assistant))?\b,? ?I\b"
    r"|\bas an? (?:AI|large) language model\b"
    r"|\bI (?:cannot|can't|can not|am unable to|do not|don't) (?:browse|access) (?:the )?(?:internet|web|real-time)\b"
    r"|\b(?:my|as of my) (?:last )?(?:knowledge cut-?off|training data)\b"
    r"|\bI hope this (?:email|e-mail|article|draft|text) (?:finds you well|helps)\b"
    r"|^(?:Certainly|Sure|Of course|Absolutely)[!,] here(?:'s|\u2019s| is| are)\b"
    r"|^(?:Certainly|Sure|Of course|Absolutely)[!,] I(?:'d|\u2019d| would|'ll|\u2019ll| will)\b"
    r"|\bRegenerate response\b"
    r"|\bLet me know if you(?:'d|\u2019d| would)? (?:like|want|need)\b",
    re.IGNORECASE | re.MULTILINE,
)


@check(
    "assistant_talk.v1",
    reason="This reads as a model talking to whoever prompted it: “{quote}”.",
    severity=Severity.ERROR,
    enforced=True,
)
def assistant_talk(checked: Checked) -> Iterator[tuple[int, int]]:
    """Find "as an AI language model", "Certainly! Here is", "my knowledge cutoff" and the like in prose."""
    for match in _TALK.finditer(checked.text):
        if checked.is_prose(*match.span()):
            yield match.span()
