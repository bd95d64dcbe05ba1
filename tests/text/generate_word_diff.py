"""Writes `tests/text/vectors/word_diff.v1.json`: what both implementations of `word_diff.v1` must answer.

Run `python -m tests.text.generate_word_diff` only when a case is added; an answer that changes is a new method.
"""
# ruff: noqa: RUF001 the cases are about odd characters

import json
import random
from pathlib import Path

from content.text.diff import word_diff

TARGET = Path(__file__).parent / "vectors" / "word_diff.v1.json"

SENTENCES = (
    "The harbour lay quiet under a low, grey sky.",
    "Nobody had told the keeper that the ferry would come early.",
    "She counted 1,250 crates twice; the list said 1,300.",
    "“Leave the rope,” he said, “and don't look back.”",
    "Rain drummed on the tin roof until the talk died down.",
    "Its engines, 40 years old, still ran on the first try!",
    "What use is a map of a coast that moves?",
    "They signed the ledger, shared the bread and parted.",
    "The café on the corner sold naïve paintings for €20.",
    "Below the pier the water kept its own slow time…",
)
FIXED = [
    ("", ""),
    ("", "a"),
    ("a", ""),
    ("a", "a"),
    ("a b c", "a x c"),
    ("a b c", "a c"),
    ("a c", "a b c"),
    ("one\n", "one"),
    ("one", "one\n"),
    ("one\ntwo\n", "two\none\n"),
    ("a\n\nb\n\nc\n", "b\n\na\n\nc\n"),
    ("word", "Word"),
    ("don't", "don’t"),
    ("snake_case name", "snake_case names"),
    ("two  spaces", "two spaces"),
    ("trailing \n", "trailing\n"),
    ("tab\there", "tab here"),
    ("x😀y", "x😃y"),
    ("😀", "😀😀"),
    ("family 👨‍👩‍👧‍👦 here", "family 👨‍👩‍👧 here"),
    ("flag 🇷🇴", "flag 🇫🇷"),
    ("e\u0301tude", "étude"),
    ("a𝔘b", "a𝔙b"),
    ("漢字かな", "漢字カナ"),
    ("東京は大きい。夜は静かだ。\n", "東京は小さい。夜は静かだ。\n"),
    ("ภาษาไทย", "ภาษาลาว"),
    ("שלום עולם", "שלום לעולם"),
    ("السلام عليكم", "السلام عليكم ورحمة"),
    ("| a | b |\n|---|---|\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 1 | 3 |\n| 4 | 5 |\n"),
    ("```py\nx = 1\n```\n", "```py\nx = 2\ny = 3\n```\n"),
    ("# Head\n\nText.\n", "## Head\n\nText!\n"),
    ("- one\n- two\n- three\n", "- one\n- three\n- two\n"),
    ("[link](https://a.example/x)", "[link](https://a.example/y)"),
    ("a\u00a0b", "a b"),
    ("a\u2028b", "a b"),
    ("line\u0085next", "line next"),
    ("zero\u200bwidth", "zerowidth"),
    ("\n\n\n", "\n\n"),
    ("   ", " "),
    ("same words in another order", "order another in words same"),
    ("1.5 and 2.5", "1.5 and 3.5"),
    ("H₂O is x²", "H₂O is x³"),
    ("a b", "a  b  c"),
    ("a b c d", "a X c Y"),
    ("a, b", "a; b"),
    ("one two three\nfour five six\n", "one two three four five six\n"),
    ("alpha beta gamma delta\n", "alpha beta\ngamma delta\n"),
    ("alpha beta gamma delta\n", "wholly different line here\n"),
    ("p q r s\n", "p x y z\n"),
    ("p q r s t u v\n", "p q x y z\n"),
]


def article(chooser: random.Random, paragraphs: int) -> str:
    """Return a text of so many paragraphs."""
    return "\n\n".join(
        " ".join(chooser.choice(SENTENCES) for _ in range(chooser.randint(1, 5))) for _ in range(paragraphs)
    )


def edited(chooser: random.Random, text: str, edits: int) -> str:
    """Return the text with so many random edits of words, lines and characters."""
    words = text.split(" ")
    for _ in range(edits):
        at = chooser.randrange(len(words))
        kind = chooser.randrange(6)
        if kind == 0:
            words[at] = chooser.choice(("harbor", "weather", "😀", "漢字", "42", "not", "don’t"))
        elif kind == 1:
            words.insert(at, chooser.choice(words))
        elif kind == 2 and len(words) > 1:
            del words[at]
        elif kind == 3:
            words[at] += chooser.choice((",", "\n", "\n\n", "  ", "!"))
        elif kind == 4:
            other = chooser.randrange(len(words))
            words[at], words[other] = words[other], words[at]
        else:
            words[at] = words[at].upper()
    return " ".join(words)


def shuffled(chooser: random.Random, text: str) -> str:
    """Return the text with its paragraphs in another order."""
    paragraphs = text.split("\n\n")
    chooser.shuffle(paragraphs)
    return "\n\n".join(paragraphs)


def scrap(chooser: random.Random) -> str:
    """Return a short heap of awkward pieces."""
    pieces = ("a", "b", "c", "dog", "_", "'", "’", " ", "  ", "\n", ". ", "! ", "é", "😀", "漢", "。", "-", "\u00a0")
    return "".join(chooser.choice(pieces) for _ in range(chooser.randrange(30)))


def replaced(count: int, extra: int) -> tuple[str, str]:
    """Return one long line and the same with `count` words replaced and `extra` words added in between."""
    old = [f"w{number}" for number in range(1600)]
    new = list(old)
    for number in range(count):
        new[number * 2 + 1] = f"n{number}"
    for number in range(extra):
        new.insert(1400 + number, f"m{number} ")
    return " ".join(old), " ".join(new)


def cases() -> list[tuple[str, str]]:
    """Return every pair of texts, the same on every run."""
    chooser = random.Random(20260801)
    found = list(FIXED)
    for size in range(1, 9):
        for edits in (1, 3, 8, 20):
            text = article(chooser, size)
            found.append((text, edited(chooser, text, edits)))
            found.append((text, shuffled(chooser, text)))
    for _ in range(190):
        base = scrap(chooser)
        found.append((base, edited(chooser, base, 2) if chooser.random() < 0.5 else scrap(chooser)))
    one_line = " ".join(chooser.choice(SENTENCES) for _ in range(60))
    found.append((one_line, edited(chooser, one_line, 40)))
    found.append((one_line, shuffled(chooser, one_line)))
    found.extend(replaced(count, extra) for count, extra in ((499, 0), (499, 1), (500, 0), (520, 0)))
    return found


def main() -> None:
    """Write the vectors."""
    rows = [
        {"a": a, "b": b, "changes": [[*change[:4], change.coarse] for change in word_diff(a, b)]} for a, b in cases()
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    TARGET.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
