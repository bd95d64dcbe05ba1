"""Write the log as static files, as it is served."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from content.attestation.queries import keys, log
from content.errors import NotFound
from content.proof.tiles import TILE_HEIGHT, TILE_WIDTH, entries_path, tile_path


class Command(BaseCommand):
    """Writes checkpoint, tiles, entries, status data and key set: what anybody needs to audit the log."""

    help = "Writes the log to a folder in the layout of C2SP tlog-tiles, for copies and audits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: object, **options: object) -> None:
        folder = Path(str(options["folder"]))
        try:
            files = {"checkpoint": log.checkpoint().encode(), "keys.json": keys.key_set()}
        except NotFound as error:
            raise CommandError(error.detail) from error
        files["status.jsonl"] = b"".join(line + b"\n" for line in log.status_lines())
        size = log.log_state().checkpoint_size
        for name, body in files.items():
            _write(folder / name, body)
        tiles = sum(_write_level(folder, level, size) for level in range(_levels(size)))
        self.stdout.write(f"{size} entries in {tiles} tiles below {folder}")


def _levels(size: int) -> int:
    """Return how many levels of tiles a log of this size has."""
    levels = 0
    while size >> (TILE_HEIGHT * levels):
        levels += 1
    return levels


def _write_level(folder: Path, level: int, size: int) -> int:
    """Write the tiles of one level, and at level 0 the entries beside them; return how many tiles there are."""
    there = size >> (TILE_HEIGHT * level)
    numbers = range((there + TILE_WIDTH - 1) // TILE_WIDTH)
    for number in numbers:
        width = min(TILE_WIDTH, there - number * TILE_WIDTH)
        hashes = log.tile(level=level, number=number, width=width)
        _write(folder / tile_path(level=level, number=number, width=width), hashes)
        if level == 0:
            entries = log.entries_tile(number=number, width=width)
            _write(folder / entries_path(number=number, width=width), entries)
    return len(numbers)


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
