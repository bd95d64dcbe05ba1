import pytest

from tests.review.maker import CaseMaker


@pytest.fixture
def make(db: None) -> CaseMaker:
    return CaseMaker()
