"""Numbers as people read them."""


def counted(count: int, one: str, many: str) -> str:
    """Return "1 claim" or "9 claims"."""
    return f"{count:,} {one if count == 1 else many}"
