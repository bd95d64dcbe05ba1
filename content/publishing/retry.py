"""When a message that was not taken is sent again (intake-api.md, section 8.4). Pure: chance and time come in."""

from datetime import timedelta

MINUTE, HOUR = 60, 3600
SCHEDULE = (5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
"Seconds after each failed attempt: ten attempts in about 76 hours."
ATTEMPTS = len(SCHEDULE) + 1
JITTER = 0.2
LONGEST_WAIT = 24 * HOUR
"What a receiver may ask for at most by `Retry-After`."
ASKS_TO_WAIT = frozenset({429, 503})


def next_wait(*, attempt: int, chance: float, status: int | None = None, retry_after: str = "") -> timedelta | None:
    """Return how long to wait after a failed attempt; None if it was the last.

    :param attempt: the number of the attempt that failed, from 1.
    :param chance: 0..1, spreads the waits by a fifth to either side.
    :param status: what was answered; 429 and 503 may ask for a wait in seconds by `retry_after`.
    """
    if attempt >= ATTEMPTS:
        return None
    planned = SCHEDULE[attempt - 1] * (1 - JITTER + 2 * JITTER * chance)
    asked = int(retry_after) if status in ASKS_TO_WAIT and retry_after.isascii() and retry_after.isdigit() else 0
    return timedelta(seconds=max(planned, min(asked, LONGEST_WAIT)))


def is_success(status: int) -> bool:
    """Tell whether an answer takes the message: any 2xx; a redirect does not."""
    return 200 <= status < 300  # noqa: PLR2004 (the class of success, RFC 9110 section 15.3)
