"""Readers of the environment note what is wrong and report it together."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from reviewdesk import env


@pytest.fixture(autouse=True)
def nothing_wrong_yet() -> Iterator[None]:
    env.wrong.clear()
    yield
    env.wrong.clear()


class TestReaders:
    @pytest.mark.parametrize(("written", "span"), [("90", 90), ("90s", 90), ("5m", 300), ("8h", 28800), ("1d", 86400)])
    def test_of_time_know_units(self, monkeypatch: pytest.MonkeyPatch, written: str, span: int) -> None:
        monkeypatch.setenv("A_SPAN", written)

        assert env.seconds("A_SPAN", 1) == span

    @pytest.mark.parametrize(
        ("written", "yes"), [("1", True), ("YES", True), ("on", True), ("off", False), ("", False)]
    )
    def test_of_flags_know_yes_and_no(self, monkeypatch: pytest.MonkeyPatch, written: str, *, yes: bool) -> None:
        monkeypatch.setenv("A_FLAG", written)

        assert env.flag("A_FLAG", default=not yes) is yes

    def test_of_secrets_prefer_the_file_and_strip_one_newline(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "secret").write_text("hush\n\n")
        monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "secret"))

        assert env.secret("A_SECRET") == "hush\n"

    def test_of_keys_give_the_address_and_not_the_key(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("A_KEY_FILE", "/run/secrets/key")

        assert env.key_uri("A_KEY") == "file2:/run/secrets/key"


class TestWhatIsWrong:
    def test_is_reported_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("A_NUMBER", "many")
        monkeypatch.setenv("A_FLAG", "perhaps")
        monkeypatch.setenv("A_SPAN", "soon")
        env.number("A_NUMBER", 1)
        env.flag("A_FLAG", default=True)
        env.seconds("A_SPAN", 1)

        with pytest.raises(ImproperlyConfigured) as refusal:
            env.refuse_if_wrong()

        assert all(name in str(refusal.value) for name in ("A_NUMBER", "A_FLAG", "A_SPAN"))

    def test_names_a_secret_given_twice_and_never_its_text(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "secret").write_text("from the file")
        monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "secret"))
        monkeypatch.setenv("A_SECRET", "from the variable")
        env.secret("A_SECRET")

        with pytest.raises(ImproperlyConfigured, match="A_SECRET and A_SECRET_FILE are both set") as refusal:
            env.refuse_if_wrong()

        assert "from the" not in str(refusal.value)

    def test_names_a_secret_file_that_is_not_there(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "missing"))

        env.secret("A_SECRET")

        assert env.wrong == [f"A_SECRET_FILE cannot be read: {tmp_path / 'missing'} (FileNotFoundError)"]

    def test_lets_nothing_wrong_pass(self) -> None:
        env.refuse_if_wrong()
