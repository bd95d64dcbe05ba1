"""The register of policy rules, and how a rule says what it is called, when it is judged and what it measures."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from inspect import Parameter

from content.policy.evidence import Evidence
from content.policy.verdict import Refusal, Stage
from content.registry import Registry, RegistryRefused

Judge = Callable[..., Refusal | None]
RULES: Registry["Rule"] = Registry("rule")
_READABLE = {each.name for each in fields(Evidence)} | {"asserted_share"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One requirement, named for ever.

    :param measures: field of `Evidence` that holds its number, and `needs` the parameter it is held against;
        both empty for a rule without a number.
    """

    name: str
    stage: Stage
    judge: Judge
    measures: str = ""
    needs: str = ""

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters a policy gives, by name."""
        return dict(list(inspect.signature(self.judge).parameters.items())[1:])

    @property
    def meaning(self) -> str:
        """What the rule asks for: the first line of its docstring."""
        return (self.judge.__doc__ or "").strip().partition("\n")[0]


def rule(name: str, *, stage: Stage, measures: str = "", needs: str = "") -> Callable[[Judge], Judge]:
    """Register a pure function `(evidence, *, parameters) -> Refusal | None` under its versioned name.

    :raises RegistryRefused: if the name is taken or unversioned, or `measures` or `needs` name nothing.
    """
    register = RULES.register(name)

    def keep(judge: Judge) -> Judge:
        made = Rule(name=name, stage=stage, judge=judge, measures=measures, needs=needs)
        if measures and measures not in _READABLE:
            raise RegistryRefused(f"rule '{name}' measures '{measures}', which Evidence does not have.")
        if needs and needs not in made.parameters:
            raise RegistryRefused(f"rule '{name}' needs '{needs}', which is none of its parameters.")
        register(made)
        return judge

    return keep
