import pytest

from content.lineage.depth import Depth, DepthBasis, KnownParent, SourceState, declared_ancestors, depth_of

OURS = "0192f7a0-0000-7000-8000-000000000001"


def depth(sources: list[dict[str, object]], known: dict[str, KnownParent] | None = None) -> Depth:
    return depth_of(declared_ancestors(sources, known or {}), declared=True)


class TestDepth:
    def test_of_a_text_from_a_prompt_alone_is_one(self) -> None:
        assert depth([]) == Depth(depth=1, basis=DepthBasis.DECLARED)

    def test_without_a_word_about_sources_is_one_and_unknown(self) -> None:
        assert depth_of((), declared=False) == Depth(depth=1, basis=DepthBasis.UNKNOWN)

    def test_is_one_more_than_the_deepest_source(self) -> None:
        sources: list[dict[str, object]] = [
            {"url": "https://a.example", "relation": "derived_from", "generation_depth": 1},
            {"url": "https://b.example", "relation": "translates", "generation_depth": 2},
        ]

        assert depth(sources) == Depth(depth=3, basis=DepthBasis.DECLARED)

    @pytest.mark.parametrize("relation", ["quotes", "cites"])
    def test_takes_nothing_from_a_source_that_is_only_named(self, relation: str) -> None:
        sources: list[dict[str, object]] = [{"url": "https://a.example", "relation": relation, "generation_depth": 7}]

        assert depth(sources).depth == 1

    def test_counts_a_source_without_a_stated_depth_as_people_s_work(self) -> None:
        sources: list[dict[str, object]] = [{"url": "https://a.example", "relation": "derived_from"}]

        assert depth(sources) == Depth(depth=1, basis=DepthBasis.UNKNOWN)

    def test_prefers_what_we_attested_ourselves(self) -> None:
        sources: list[dict[str, object]] = [
            {"url": "https://a.example", "relation": "derived_from", "generation_depth": 1},
            {"attestation": OURS, "relation": "derived_from", "generation_depth": 0},
        ]
        known = {OURS: KnownParent(depth=1, retired=False)}

        assert depth(sources, known) == Depth(depth=2, basis=DepthBasis.ATTESTED)


class TestAncestors:
    def test_say_that_an_attestation_of_ours_verifies(self) -> None:
        (ancestor,) = declared_ancestors([{"attestation": OURS}], {OURS: KnownParent(depth=2, retired=False)})

        assert (ancestor.state, ancestor.basis, ancestor.depth) == (SourceState.VERIFIED, DepthBasis.ATTESTED, 2)

    def test_fall_back_to_what_was_declared_when_it_was_taken_back(self) -> None:
        (ancestor,) = declared_ancestors(
            [{"attestation": OURS, "generation_depth": 1}], {OURS: KnownParent(depth=2, retired=True)}
        )

        assert (ancestor.state, ancestor.basis, ancestor.depth) == (SourceState.REVOKED, DepthBasis.DECLARED, 1)

    def test_trust_no_stranger_s_attestation(self) -> None:
        (ancestor,) = declared_ancestors([{"attestation": {"dsseEnvelope": {}}}], {})

        assert (ancestor.state, ancestor.basis) == (SourceState.UNTRUSTED_ISSUER, DepthBasis.UNKNOWN)

    def test_keep_place_address_and_digest(self) -> None:
        ancestors = declared_ancestors(
            [{"url": "https://a.example", "relation": "cites"}, {"digest": "sha256:00", "relation": "quotes"}], {}
        )

        assert [(each.position, each.uri, each.digest, each.relation) for each in ancestors] == [
            (0, "https://a.example", "", "cites"),
            (1, "", "sha256:00", "quotes"),
        ]
