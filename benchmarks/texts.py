"""Texts to measure with: the demo's drafts and what an editor made of them, in words that no other draft has.

Every lower-case word of four letters or more is exchanged for another one of the same set, a different one for each
seed and the same in draft and edited text. Sentences, lists, numbers, names and the edit stay as they are; but no
draft is a copy of another, which the index of known texts would find and judge.
"""

import random
import re
from dataclasses import dataclass
from functools import cache

from content.management.demo.scenes import Scene, scenes

WORD = re.compile(r"(?<![\w/.#@-])[a-z]{4,}(?![\w/#@])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A draft and its edited text."""

    title: str
    draft: str
    edited: str

    @property
    def words(self) -> int:
        """Words of the edited text, as a person counts them."""
        return len(self.edited.split())


def pair(seed: int, *names: str) -> Pair:
    """Return the demo drafts with these external ids as one text, in the words of `seed`."""
    chosen = [_edited_scenes()[name] for name in names]
    table = _exchange(seed)
    return Pair(
        title=f"{chosen[0].title} {seed}",
        draft=_in_other_words("\n\n".join(scene.body.strip() for scene in chosen) + "\n", table),
        edited=_in_other_words("\n\n".join(scene.edited.strip() for scene in chosen) + "\n", table),
    )


@cache
def _edited_scenes() -> dict[str, Scene]:
    return {scene.external_id: scene for scene in scenes() if scene.edited}


@cache
def _vocabulary() -> tuple[str, ...]:
    texts = [text for scene in scenes() if scene.language == "en" for text in (scene.body, scene.edited)]
    return tuple(sorted({word for text in texts for word in WORD.findall(text)}))


def _exchange(seed: int) -> dict[str, str]:
    words = _vocabulary()
    others = list(words)
    random.Random(seed).shuffle(others)
    return dict(zip(words, others, strict=True))


def _in_other_words(text: str, table: dict[str, str]) -> str:
    return WORD.sub(lambda found: table.get(found[0], found[0]), text)
