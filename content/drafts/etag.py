"""The version of a draft as HTTP compares it."""


def etag_of(version: int, digest: str) -> str:
    """Return the strong ETag without its quotes: the version and the first 12 hex digits of the head's digest."""
    return f"{version}-{digest.removeprefix('sha256:')[:12]}"
