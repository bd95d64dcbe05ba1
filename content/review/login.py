"""How fresh a log-in must be for what only a person may do: sign, approve, retract."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from content.review.refusals import ReauthenticationRequired


@dataclass(frozen=True, kw_only=True, slots=True)
class Login:
    """When and how a person last proved who they are. `method`: password, totp, webauthn or sso."""

    at: datetime
    method: str


def demand_fresh(authenticated_at: datetime | None, *, at: datetime, seconds: int) -> None:
    """Let a log-in through that is at most so many seconds old.

    :param authenticated_at: when the person last proved who they are; None if this session never did.
    :raises ReauthenticationRequired: if it is older.
    """
    if authenticated_at is None or at - authenticated_at > timedelta(seconds=seconds):
        raise ReauthenticationRequired(seconds=seconds)
