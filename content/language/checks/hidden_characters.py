"""Characters that show nothing and may carry something."""

from collections.abc import Iterator

from content.language.check import Checked, Severity, check
from content.text.hidden import hidden_characters as hidden_runs


@check("hidden_characters.v1", reason="Characters stand here that nobody can see.", severity=Severity.WARNING)
def hidden_characters(checked: Checked) -> Iterator[tuple[int, int]]:
    """Find what `content.text.hidden` lists; the gate holds those that block by a rule of its own."""
    for run in hidden_runs(checked.text, language=checked.language):
        yield run.start, run.end
