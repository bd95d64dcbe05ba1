"""What a page asks of those who train on it: `train_ai_floor.v1` (attestation.md, section 11).

A preference says what the publisher wants. It is coarse on purpose, one word for the whole page; which spans are a
person's stands in `authorship.json`.
"""

from content.proof.cited import UsageCited
from content.proof.claims import ClaimLevel

RULE = "train_ai_floor.v1"
DEEP = 3
"Machine generations from which on a text is kept out of training whatever was changed in it."
NO, YES = "n", "y"


def usage(
    *,
    human_share_bp: int,
    claim: ClaimLevel,
    depth_max: int,
    floor_bp: int,
    wishes: tuple[str, ...],
    search: str,
    licence: str,
) -> UsageCited:
    """Return the preference; nothing turns a "n" into a "y".

    :param floor_bp: human share, in basis points, under which training is declined.
    :param wishes: what Source and organization say: "n" declines, anything else says nothing.
    :param licence: a URL, or "" where there is none.
    """
    declines = human_share_bp < floor_bp or claim is ClaimLevel.REVIEWED or depth_max >= DEEP or NO in wishes
    return UsageCited(
        train_ai=NO if declines else YES,
        search=NO if search == NO else YES,
        rule=RULE,
        licence=licence if licence.startswith(("https://", "http://")) else None,
    )
