import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.proof.seal import SealBroken, SealKeyUnusable, new_key, seal, unseal

KEY = b"\x07" * 32


class TestSealing:
    @given(st.binary(max_size=200), st.binary(max_size=20))
    def test_what_is_sealed_can_be_opened(self, secret: bytes, context: bytes) -> None:
        assert unseal(seal(secret, key=KEY, context=context), key=KEY, context=context) == secret

    def test_the_secret_is_not_in_the_text_and_no_two_texts_are_equal(self) -> None:
        first, second = seal(b"whsec_abc", key=KEY), seal(b"whsec_abc", key=KEY)

        assert first != second
        assert "whsec" not in first

    def test_another_key_or_place_does_not_open_it(self) -> None:
        sealed = seal(b"secret", key=KEY, context=b"endpoint 1")

        with pytest.raises(SealBroken):
            unseal(sealed, key=new_key(), context=b"endpoint 1")
        with pytest.raises(SealBroken):
            unseal(sealed, key=KEY, context=b"endpoint 2")

    @pytest.mark.parametrize("sealed", ["", "rds1.", "rds1.QQ==", "rds1.!", "rds2." + "A" * 60, "é"])
    def test_another_text_is_refused(self, sealed: str) -> None:
        with pytest.raises(SealBroken):
            unseal(sealed, key=KEY)

    def test_a_key_of_another_length_is_refused(self) -> None:
        with pytest.raises(SealKeyUnusable):
            seal(b"secret", key=b"short")
