"""Texts written for these tests, and a way to run revisions through the engine."""

import hashlib
import re

from content.authorship.attribute import Attribution, Attributor, RevisionText
from content.drafts.changes import Section
from content.drafts.journal import Journal, JournalEntry

DRAFT = """\
The ferry to the outer island leaves at seven, long before the town is awake. Its captain has made the crossing for
thirty years and claims to know every current by name. On most mornings only a handful of passengers wait at the quay,
wrapped in wool against the wind, holding paper cups of coffee that cool faster than anyone can drink them.

The island itself is small enough to walk around in an afternoon. A narrow road follows the shore, past stone cottages
and fields divided by low walls, until it ends at the lighthouse. Nobody has lived there since the lamp was automated,
but the keeper's garden still blooms each spring, a stubborn patch of color against the gray rock.

Visitors often ask why anyone would choose to live so far from everything. The answers they receive are polite and
brief. People speak of the quiet, of the stars on clear nights, of neighbors who notice when a chimney stops smoking.
What they rarely mention is how slowly trust is given here, and how completely.

In winter the crossing becomes uncertain. Storms close the harbor for days, and the shelves of the only shop grow bare.
Families share what they have stored, trading potatoes for firewood and stories for company. The school keeps its doors
open even when a single child arrives, because the teacher believes that habits hold a community together.

Some say the island will be empty within a generation. The young leave for work on the mainland and return only for
holidays, carrying gifts that seem strange in the old kitchens. Yet every summer someone comes back to stay, repairs a
roof, paints a door, and plants a row of beans where their grandmother once planted hers."""

EDITED = """\
The ferry to the outer island leaves at 6:40, long before the town is awake. Its captain, Marit Holm, has made the
crossing for thirty years and says the currents still surprise her. On most mornings only a handful of passengers wait
at the quay, wrapped in wool against the wind, holding paper cups of coffee that cool faster than anyone can drink them.

The island itself is small enough to walk around in an afternoon. A narrow road follows the shore, past stone cottages
and fields divided by low walls, until it ends at the lighthouse. Nobody has lived there since 1987, when the lamp was
automated, but the keeper's garden still blooms each spring, tended by two sisters who row over on Sundays.

I asked eleven residents why they stay. Four mentioned the quiet; one, a retired welder, showed me the telescope he
ground himself. People speak of neighbors who notice when a chimney stops smoking. What they rarely mention is how
slowly trust is given here, and how completely.

In winter the crossing becomes uncertain. Storms close the harbor for days, and the shelves of the only shop grow bare.
Families share what they have stored, trading potatoes for firewood and stories for company. The school keeps its doors
open even when a single child arrives, because the teacher believes that habits hold a community together.

The council expects fewer than forty residents by 2040. The young leave for work on the mainland and return only for
holidays, carrying gifts that seem strange in the old kitchens. Yet every summer someone comes back to stay, repairs a
roof, paints a door, and plants a row of beans where their grandmother once planted hers."""

REWRITE = """\
Nobody sells tickets at the dock. You step aboard, nod at Marit, and pay when she remembers to ask, usually somewhere
past the second buoy. I counted nine of us that Tuesday: a nurse, three masons, a boy with a cello case.

Walk the coast clockwise and it takes four hours; go the other way and the headwind costs you a fifth. Halfway stands
a beacon without a keeper. Two elderly sisters cross on Sundays to weed its borders, as their mother did before them.

Why remain? A retired welder answered by showing me a telescope built from a ship's porthole. Silence mattered less to
him than being missed: last March his smoke failed to rise, and by noon three people had knocked.

January is arithmetic. Flour lasts eleven days, diesel nine. When gales shut the port, households open cellars and
nobody keeps accounts. One pupil attended lessons all of February; the blackboard was full regardless.

Officials forecast forty inhabitants two decades from now. Perhaps. But I watched a couple from Bergen haul timber up
the slope, laughing, to mend an aunt's collapsed porch, and they had brought their furniture."""

OTHER_PARAGRAPH = """\
My grandfather kept a notebook of every boat he ever repaired. He wrote down hull numbers, the price of resin, and one
remark about each owner, seldom flattering and usually correct."""


def after(*texts: str, machine: str = DRAFT) -> Attribution:
    """Return the attribution after a machine draft and texts saved by one person without a journal."""
    attributor = Attributor()
    attribution = attributor.add(RevisionText(machine, "model", machine=True))
    for text in texts:
        attribution = attributor.add(RevisionText(text, "editor", machine=False))
    return attribution


def share(attribution: Attribution, name: str) -> float:
    """Return a measure that is a number."""
    value = attribution.measures[name]
    assert isinstance(value, int | float)
    return value


def names(attribution: Attribution) -> set[str]:
    """Return the names of the signals."""
    return {signal.name for signal in attribution.signals}


def units(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def digest(text: str) -> str:
    """Return what a journal names its base by."""
    return hashlib.sha256(text.encode()).hexdigest()


def typed_over(before: str, after_typing: str, *, ms_a_word: int = 600) -> Journal:
    """Return the journal of somebody who deletes everything and types the new text word by word."""
    entries = [JournalEntry(0, "delete.selection", ([units(before)],))] if before else []
    place = 0
    for count, piece in enumerate(re.findall(r"\S+\s*|\s+", after_typing)):
        keep = (place,) if place else ()
        entries.append(JournalEntry(count * ms_a_word, "input.type", (*keep, [0, *piece.split("\n")])))
        place += units(piece)
    return Journal(digest(before), tuple(entries))


def inserted(before: str, at: int, text: str, *, event: str | None) -> tuple[str, Journal]:
    """Return the text with an insertion, and the journal of that one event."""
    changes: tuple[Section, ...] = (units(before[:at]), [0, *text.split("\n")], units(before[at:]))
    kept = tuple(change for change in changes if change != 0)
    return before[:at] + text + before[at:], Journal(digest(before), (JournalEntry(0, event, kept),))
