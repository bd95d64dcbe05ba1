"""Holds a policy's claim lists against the product's floors (`claims.v1`): stricter is fine, looser is not."""

from collections.abc import Iterator, Mapping

from content.proof.claims import ClaimLevel, Floor, floor_of

Parameters = Mapping[str, float | str | bool]


def undercut(level: ClaimLevel, rules: Mapping[str, Parameters]) -> Iterator[str]:
    """Yield a sentence for each way in which the rules of a level ask for less than its floor.

    :param rules: parameters by rule name, as the policy gives them.
    """
    floor = floor_of(level)
    yield from _at_least("minimum_human_share.v1", rules, floor.effective_human_share)
    yield from _at_least("minimum_novel_share.v1", rules, floor.novel_share)
    yield from _at_least("substantive_change.v1", rules, floor.substantive_hunks, default=1)
    yield from _run(rules, floor)


def _at_least(name: str, rules: Mapping[str, Parameters], floor: float, default: float = 0) -> Iterator[str]:
    if name not in rules:
        yield f"'{name}' is missing."
        return
    given = rules[name].get("minimum", default)
    if not isinstance(given, int | float) or given < floor:
        yield f"'{name}' asks for {given}; the product's floor is {floor}."


def _run(rules: Mapping[str, Parameters], floor: Floor) -> Iterator[str]:
    name = "maximum_ai_run.v1"
    if name not in rules:
        yield f"'{name}' is missing."
        return
    given = rules[name].get("maximum")
    if not isinstance(given, int | float) or floor.longest_ai_run is None or given > floor.longest_ai_run:
        yield f"'{name}' allows {given} words; the product's limit is {floor.longest_ai_run}."
