"""The body of a policy: read from data, and refused when it is empty, unknown or looser than the product allows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from inspect import Parameter
from math import isfinite

from content.errors import Invalid
from content.policy.floors import undercut
from content.policy.rules import RULES
from content.policy.verdict import Stage
from content.proof.claims import ClaimLevel

DUE = re.compile(r"([1-9][0-9]{0,3})([dh])")
FIELD = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
FOUR_EYES = ("strict", "last_push", "solo")
PUBLISH = ("on_request", "when_ready")
PUBLIC_INTEREST = ("always", "asked")
EXEMPT_FROM = (ClaimLevel.SUBSTANTIALLY_EDITED.value, ClaimLevel.REVIEWED.value)
CLAIMS = (ClaimLevel.SUBSTANTIALLY_EDITED, ClaimLevel.HUMAN_REWRITTEN)
REASON_LENGTH = 30
KEYS = {
    *("rules", "claims", "four_eyes", "solo_until", "publish", "carry_cosmetic"),
    *("exempt_from", "exempt_reason", "public_interest", "due", "attested_fields"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyError:
    """One thing that is wrong with a body. `pointer` is a JSON pointer (RFC 6901) into it."""

    pointer: str
    code: str
    detail: str


class PolicyInvalid(Invalid):
    """This policy cannot be kept: it says less than the product asks for, or names what there is not."""

    code = "policy_invalid"

    def __init__(self, errors: Sequence[PolicyError]) -> None:
        self.errors = tuple(errors)
        super().__init__(f"{errors[0].pointer}: {errors[0].detail}", pointer=errors[0].pointer)


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleUse:
    """A rule by name, with the parameters that a policy gives it."""

    rule: str
    parameters: Mapping[str, float | str | bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyBody:
    """What a policy asks for; every list of rules must hold as a whole.

    `due` is the time from opening a case to its due time; `solo_until` the last day on which one person is enough.
    """

    rules: tuple[RuleUse, ...]
    claims: Mapping[ClaimLevel, tuple[RuleUse, ...]]
    four_eyes: str
    publish: str
    due: timedelta
    carry_cosmetic: bool = True
    exempt_from: ClaimLevel = ClaimLevel.SUBSTANTIALLY_EDITED
    exempt_reason: str = ""
    public_interest: str = "always"
    attested_fields: tuple[str, ...] = ("title",)
    solo_until: date | None = None


def parse(value: object) -> PolicyBody:
    """Read a policy's body.

    :raises PolicyInvalid: with everything that is wrong: an empty list of rules, an unknown rule or parameter,
        a claim level under the product's floor, a word that is not in its closed set.
    """
    if not isinstance(value, Mapping):
        raise PolicyInvalid([PolicyError(pointer="", code="not_an_object", detail="A policy is an object.")])
    reader = _Reader(value)
    body = PolicyBody(
        rules=reader.rules(value.get("rules"), "/rules", base=True),
        claims=reader.claims(),
        four_eyes=reader.word("four_eyes", FOUR_EYES),
        publish=reader.word("publish", PUBLISH),
        due=reader.due(),
        carry_cosmetic=reader.flag("carry_cosmetic"),
        exempt_from=ClaimLevel(reader.word("exempt_from", EXEMPT_FROM)),
        exempt_reason=reader.text("exempt_reason"),
        public_interest=reader.word("public_interest", PUBLIC_INTEREST),
        attested_fields=reader.fields(),
        solo_until=reader.day("solo_until"),
    )
    if body.exempt_from is ClaimLevel.REVIEWED and len(body.exempt_reason) < REASON_LENGTH:
        reader.add("/exempt_reason", "reason_missing", f"Explain the exemption in {REASON_LENGTH} characters or more.")
    if (body.four_eyes == "solo") != (body.solo_until is not None):
        reader.add("/solo_until", "solo_until", "'solo' names the last day it is in force, and nothing else does.")
    if reader.errors:
        raise PolicyInvalid(reader.errors)
    return body


class _Reader:
    """Reads one body and gathers what is wrong with it."""

    def __init__(self, value: Mapping[str, object]) -> None:
        self.value = value
        self.errors: list[PolicyError] = []
        for key in sorted(set(value) - KEYS):
            self.add(f"/{key}", "unknown_key", f"A policy has no '{key}'.")

    def add(self, pointer: str, code: str, detail: str) -> None:
        self.errors.append(PolicyError(pointer=pointer, code=code, detail=detail))

    def rules(self, value: object, pointer: str, *, base: bool) -> tuple[RuleUse, ...]:
        if not isinstance(value, list) or not value:
            self.add(pointer, "empty", "An empty list of rules would approve everything.")
            return ()
        uses = [self._use(each, f"{pointer}/{index}", base=base) for index, each in enumerate(value)]
        found: dict[str, RuleUse] = {}
        for index, use in enumerate(uses):
            if use is not None and use.rule in found:
                self.add(f"{pointer}/{index}/rule", "rule_twice", f"'{use.rule}' stands in this list twice.")
            elif use is not None:
                found[use.rule] = use
        return tuple(found.values())

    def _use(self, value: object, pointer: str, *, base: bool) -> RuleUse | None:
        name = value.get("rule") if isinstance(value, Mapping) else None
        if not isinstance(value, Mapping) or not isinstance(name, str) or name not in RULES:
            self.add(f"{pointer}/rule", "unknown_rule", f"There is no rule '{name}'.")
            return None
        rule = RULES[name]
        if base and rule.stage is Stage.CLAIM:
            self.add(f"{pointer}/rule", "claim_rule", f"'{name}' decides a claim level; it belongs under claims.")
        given = {key: each for key, each in value.items() if key != "rule"}
        for key in sorted(set(given) - set(rule.parameters)):
            self.add(f"{pointer}/{key}", "unknown_parameter", f"'{name}' has no parameter '{key}'.")
        for key, parameter in rule.parameters.items():
            if key not in given and parameter.default is Parameter.empty:
                self.add(f"{pointer}/{key}", "parameter_missing", f"'{name}' needs '{key}'.")
            elif key in given and not _fits(given[key], parameter.annotation):
                self.add(f"{pointer}/{key}", "parameter_invalid", f"'{key}' is {_called(parameter.annotation)}.")
        return RuleUse(rule=name, parameters=given)

    def claims(self) -> Mapping[ClaimLevel, tuple[RuleUse, ...]]:
        value = self.value.get("claims")
        given = value if isinstance(value, Mapping) else {}
        for key in sorted(set(given) - {level.value for level in CLAIMS}):
            self.add(f"/claims/{key}", "unknown_level", f"There is no claim level '{key}' to give rules for.")
        claims = {}
        for level in CLAIMS:
            pointer = f"/claims/{level.value}"
            claims[level] = self.rules(given.get(level.value), pointer, base=False)
            for fault in undercut(level, {use.rule: use.parameters for use in claims[level]}):
                self.add(pointer, "under_the_floor", fault)
        return claims

    def word(self, key: str, words: Sequence[str]) -> str:
        found = self.value.get(key, words[0])
        if found not in words:
            self.add(f"/{key}", "unknown_word", f"'{key}' is one of {', '.join(words)}.")
            return words[0]
        return str(found)

    def flag(self, key: str) -> bool:
        found = self.value.get(key, True)
        if not isinstance(found, bool):
            self.add(f"/{key}", "not_a_flag", f"'{key}' is true or false.")
        return found is True

    def text(self, key: str) -> str:
        found = self.value.get(key, "")
        if not isinstance(found, str):
            self.add(f"/{key}", "not_a_text", f"'{key}' is a text.")
            return ""
        return found.strip()

    def fields(self) -> tuple[str, ...]:
        found = self.value.get("attested_fields", ["title"])
        if not isinstance(found, list) or not all(isinstance(each, str) and FIELD.fullmatch(each) for each in found):
            self.add("/attested_fields", "not_fields", "A list of names such as 'title', 'summary' or 'teaser'.")
            return ()
        return tuple(found)

    def due(self) -> timedelta:
        match = DUE.fullmatch(str(self.value.get("due", "")))
        if match is None:
            self.add("/due", "not_a_time", "Write days or hours, such as '5d' or '4h'.")
            return timedelta(days=1)
        return timedelta(**{{"d": "days", "h": "hours"}[match[2]]: int(match[1])})

    def day(self, key: str) -> date | None:
        found = self.value.get(key)
        if found is None:
            return None
        try:
            return date.fromisoformat(str(found))
        except ValueError:
            self.add(f"/{key}", "not_a_day", "Write a day such as '2026-12-31'.")
            return None


def _fits(value: object, kind: object) -> bool:
    name = _name_of(kind)
    if isinstance(value, bool):
        return name == "bool"
    if name == "int":
        return isinstance(value, int) and value >= 0
    if name == "float":
        return isinstance(value, int | float) and isfinite(value) and value >= 0
    return name == "str" and isinstance(value, str)


def _called(kind: object) -> str:
    name = _name_of(kind)
    return {"int": "a whole number, 0 or more", "float": "a number, 0 or more", "str": "a word"}.get(name, name)


def _name_of(kind: object) -> str:
    return kind if isinstance(kind, str) else getattr(kind, "__name__", "")
