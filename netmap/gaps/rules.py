"""The register of rules: what each is called, what it rests on, and the function that looks.

A rule is one small function over one :class:`Check`; it yields gaps and what could not be checked.
The check words ids, severities and prompts, so that a rule only says what it found.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from netmap.errors import UnknownNameError
from netmap.findings import did_you_mean
from netmap.gaps.gap import Gap, Severity, Unchecked
from netmap.gaps.states import Context
from netmap.language import N_, _
from netmap.networks.models import GapSettings
from netmap.privacy import Protected

Family = Literal[
    "coverage", "location", "targets", "money", "people", "delivery", "structure", "records"
]
# What concerns people first, ties and records last.
FAMILIES: tuple[Family, ...] = (
    "coverage",
    "location",
    "targets",
    "money",
    "people",
    "delivery",
    "structure",
    "records",
)
Said = Iterator[Gap | Unchecked]
_NOT_SURVEYED: Final = {
    "activities": N_(
        "The register does not say that it set out to list all activities, so their absence means "
        "nothing."
    ),
    "networks": N_(
        "The register does not say that it set out to list all networks, so their absence means "
        "nothing."
    ),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, as ``netmap gaps --explain`` prints it.

    Its title, evidence and prompt are English texts of the catalogue.

    Attributes:
        slug: Its name.
        title: What it looks for, in a few words.
        family: Which kind of rule it is.
        severity: How pressing its findings are, unless the workspace says otherwise.
        evidence: The document and place it rests on.
        settings: The keys of ``[gaps]`` and ``[reach]`` it reads.
        prompt: What people could do next.
        look: The function.
        hold: Tells which of its gaps stand in another context, where that can be told without
            looking at everything again; None where it cannot.
    """

    slug: str
    title: str
    family: Family
    severity: Severity
    evidence: str
    settings: tuple[str, ...]
    prompt: str
    look: "Callable[[Check], Said]"
    hold: "Callable[[Context, Sequence[Gap]], list[bool]] | None" = None


RULES: dict[str, Rule] = {}


def rule(  # a rule is all of these
    slug: str,
    title: str,
    family: Family,
    severity: Literal["high", "medium", "low", "info"],
    *,
    evidence: str,
    prompt: str,
    settings: tuple[str, ...] = (),
    hold: "Callable[[Context, Sequence[Gap]], list[bool]] | None" = None,
) -> "Callable[[Callable[[Check], Said]], Callable[[Check], Said]]":
    """Register the function below as a rule; title, evidence and prompt are marked by ``N_``."""

    def register(look: "Callable[[Check], Said]") -> "Callable[[Check], Said]":
        RULES[slug] = Rule(
            slug, title, family, Severity(severity), evidence, settings, prompt, look, hold
        )
        return look

    return register


def rule_called(slug: str) -> Rule:
    """Find a rule by its name.

    Raises:
        UnknownNameError: No rule is called that.
    """
    if slug not in RULES:
        raise UnknownNameError("rule", slug, did_you_mean(slug, RULES))
    return RULES[slug]


@dataclass(frozen=True)
class Check:
    """One rule looking at one network."""

    rule: Rule
    context: Context

    @cached_property
    def _prompt(self) -> str:
        """What the rule asks people, said once for a hundred thousand gaps."""
        return _(self.rule.prompt)

    @property
    def settings(self) -> GapSettings:
        """The thresholds of this network."""
        return self.context.register.settings.gaps

    def gap(  # a gap is all of these
        self,
        message: str,
        *,
        area: str | None = None,
        community: str | None = None,
        subject: str | None = None,
        state: str | None = None,
        people: Protected = None,
        value: float | None = None,
        threshold: float | None = None,
        unit: str | None = None,
        evidence: Sequence[str] = (),
        confidence: str = "stated",
        prompt: str | None = None,
        severity: Severity | None = None,
    ) -> Gap:
        """Make a finding of this rule.

        What the workspace says of the rule's severity goes before `severity`, and that before the
        rule's own.
        """
        register = self.context.register
        parts = (register.name, self.rule.slug, area, community, subject)
        identity = "/".join(part for part in parts if part)
        return Gap(
            id=identity,
            rule=self.rule.slug,
            severity=Severity(
                self.settings.rules.get(self.rule.slug, severity or self.rule.severity)
            ),
            message=message,
            prompt=prompt or self._prompt,
            state=state,
            area=area,
            area_name=register.areas.name(area) if area else "",
            community=community,
            subject=subject,
            people=people if people is not None else self._residents(area, community),
            value=value,
            threshold=threshold,
            unit=unit,
            evidence=evidence,
            confidence=confidence,
            planned=self.context.answering(identity),
        )

    def _residents(self, area: str | None, community: str | None) -> int | None:
        return self.context.population(area) if area and not community else None

    def unchecked(
        self,
        message: str,
        *needs: str,
        area: str | None = None,
        subject: str | None = None,
    ) -> Unchecked:
        """Say what this rule could not check, and what would let it."""
        name = self.context.register.areas.name(area) if area else ""
        return Unchecked(self.rule.slug, message, area, name, subject, needs)

    def not_surveyed(self, what: Literal["activities", "networks"]) -> Unchecked:
        """Say that the register never set out to list what the rule would miss."""
        return self.unchecked(_(_NOT_SURVEYED[what]), f'network.toml surveyed: "{what}"')
