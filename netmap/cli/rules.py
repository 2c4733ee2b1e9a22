"""The rules of gaps, listed or one explained."""

from typing import TYPE_CHECKING, Any

from netmap.cli.app import Form

if TYPE_CHECKING:
    from netmap.gaps import Rule


def print_rules(explain: str | None, form: Form) -> None:
    """Print every rule in a line, or one with its evidence and settings.

    Raises:
        UnknownNameError: No rule is called that.
    """
    from netmap.cli.console import print_json  # noqa: PLC0415
    from netmap.gaps import RULES, rule_called  # noqa: PLC0415

    rule = rule_called(explain) if explain else None
    if form is Form.JSON:
        listed = {"rules": [_as_json(one) for one in RULES.values()]}
        print_json(_as_json(rule) if rule else listed)
    elif rule:
        _show_one(rule)
    else:
        _show_all(list(RULES.values()))


def _as_json(rule: "Rule") -> dict[str, Any]:
    from netmap.gaps.standing import alternatives_for  # noqa: PLC0415
    from netmap.language import _  # noqa: PLC0415

    return {
        "rule": rule.slug,
        "title": _(rule.title),
        "family": rule.family,
        "severity": rule.severity.value,
        "evidence": _(rule.evidence),
        "settings": _defaults(rule),
        "prompt": _(rule.prompt),
        "alternatives": [_(one.words) for one in alternatives_for(rule)],
    }


def _defaults(rule: "Rule") -> dict[str, Any]:
    """Give the settings a rule reads, with what holds where the workspace says nothing."""
    from netmap.networks.models import GapSettings, ReachSettings  # noqa: PLC0415

    defaults = {**ReachSettings().model_dump(), **GapSettings().model_dump()}
    return {key: defaults[key] for key in rule.settings}


def _show_all(rules: "list[Rule]") -> None:
    from netmap.cli.console import out, print_table  # noqa: PLC0415
    from netmap.language import _  # noqa: PLC0415

    print_table(
        out(),
        ["rule", "family", "severity", "finds"],
        [[one.slug, one.family, one.severity.value, _(one.title)] for one in rules],
    )


def _show_one(rule: "Rule") -> None:
    from netmap.cli.console import out, print_title  # noqa: PLC0415
    from netmap.gaps.standing import alternatives_for  # noqa: PLC0415
    from netmap.language import _  # noqa: PLC0415

    console = out()
    print_title(console, _(rule.title), note=f"{rule.slug}, {rule.family}, {rule.severity.value}")
    console.print(f"Evidence: {_(rule.evidence)}")
    settings = ", ".join(f"{key} = {value}" for key, value in _defaults(rule).items())
    console.print(f"Settings and their defaults: {settings or 'none'}")
    tried = "; ".join(_(one.words) for one in alternatives_for(rule))
    if tried:
        console.print(f"How sure: looked at again with {tried}.")
    console.print(f"Next: {_(rule.prompt)}")
