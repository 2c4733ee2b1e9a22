"""The commands that only look: check, summary, graph, reach, gaps."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from netmap.cli.app import Call, Form, Format, ForStaff, Network, Seen, app

if TYPE_CHECKING:
    from netmap.build import Workplace
    from netmap.findings import Finding
    from netmap.gaps.gap import Gap, Report

By = Literal["area", "sector", "role", "approach", "topic", "community", "funding", "rural_urban"]
AtLeast = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="LEVEL",
        help="Exit with 1 if anything at this level or worse is found.",
    ),
]


def _each(
    place: "Workplace",
    name: str | None,
    form: Form,
    answer: Callable[[str], Any],
    show: Callable[[str, Any], None],
) -> list[Any]:
    """Answer for one network or all, as text one after another or as one JSON document."""
    from netmap.cli.console import print_json  # noqa: PLC0415

    names = place.names(name)
    answers = [answer(one) for one in names]
    if form is Form.TEXT:
        for one, said in zip(names, answers, strict=True):
            show(one, said)
    elif name or len(names) == 1:
        print_json(answers[0])
    else:
        print_json({"networks": answers})
    return answers


def level_and_above(text: str | None, levels: Iterable[str]) -> list[str]:
    """List the levels at or above one; none where no level was asked for."""
    known = list(levels)
    if text is None:
        return []
    if text not in known:
        raise typer.BadParameter(
            f"'{text}' is not one of {', '.join(known)}.", param_hint="--fail-on"
        )
    return known[: known.index(text) + 1]


@app.command(epilog="Example: netmap check side-by-side --fail-on error")
def check(
    context: typer.Context,
    networks: Annotated[
        list[str] | None,
        typer.Argument(help="Networks; all of them where left out.", show_default=False),
    ] = None,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
    fail_on: AtLeast = None,
) -> None:
    """List every problem in the files: where, and what to try."""
    from netmap.cli.console import out, print_findings, print_json, print_title  # noqa: PLC0415
    from netmap.findings import Level, counts, in_order, without_cells  # noqa: PLC0415

    failing = level_and_above(fail_on, [level.value for level in Level])
    call: Call = context.obj
    place = call.open()
    findings = in_order(place.check(networks or ()))
    if audience is not Seen.STAFF:
        findings = [without_cells(one) for one in findings]
    if form is Form.JSON:
        print_json(
            {
                "workspace": call.root.as_posix(),
                "counts": counts(findings),
                "findings": [finding_as_json(one) for one in findings],
            }
        )
    else:
        console = out()
        for name in networks or place.workspace.networks():
            print_title(console, name, note=place.read_in_words(name))
        print_findings(console, findings)
        tally = counts(findings)
        console.print(
            f"{tally['error']} errors, {tally['warning']} warnings, {tally['notice']} notices."
            if findings
            else "No problems found."
        )
    if any(one.level.value in failing for one in findings):
        raise typer.Exit(1)


def finding_as_json(one: "Finding") -> dict[str, Any]:
    """Shape a finding for JSON; a sheet is named in the message, the file is the workbook."""
    file, _, sheet = (one.place.file or "").partition(".xlsx#")
    message = f"sheet '{sheet}': {one.message}" if sheet else one.message
    return {
        "level": one.level.value,
        "code": one.code,
        "file": (f"{file}.xlsx" if sheet else one.place.file),
        "row": one.place.row,
        "column": one.place.column,
        "value": one.value,
        "message": message,
        "hint": one.hint,
    }


@app.command(epilog="Example: netmap summary west-yorkshire-harrogate --by area")
def summary(
    context: typer.Context,
    network: Network = None,
    by: Annotated[By, typer.Option(help="What to count by.")] = "area",
    level: Annotated[
        str | None, typer.Option(help="By area: the kind of area to have rows for, as lsoa.")
    ] = None,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
) -> None:
    """Count activities and organisations, with rates and sums."""
    from netmap.cli.console import out, print_table, print_title  # noqa: PLC0415
    from netmap.networks.summary import summarise  # noqa: PLC0415

    place = context.obj.open(audience)

    def answer(name: str) -> Any:  # the shape is in the design
        return _summary(summarise(place.register(name), place.vocabularies, by, level))

    def show(name: str, said: Any) -> None:
        console = out()
        register = place.register(name)
        print_title(console, register.title, note=register.settings.disclaimer)
        lines = [*said["rows"], {"label": "Whole network", **said["total"]}]
        columns = ["population", "organisations", "activities", "activities_per_100k"]
        shown = [c for c in columns if any(line.get(c) is not None for line in lines)]
        print_table(
            console,
            [
                by.replace("_", " "),
                *(c.replace("_", " ").replace("100k", "100,000") for c in shown),
            ],
            [[line["label"], *(line.get(c) for c in shown)] for line in lines],
            numbers=len(shown),
        )
        for one in said["reconciliation"]:
            word = "agrees" if one["agrees"] else f"does not add up: {one['difference']:,g} apart"
            what = one["what"].replace("_", " ")
            console.print(
                f"Stated {what}: {one['stated']:,.10g}; counted {one['counted']:,.10g}; {word}."
            )
        console.print()

    _each(place, network, form, answer, show)


def _summary(found: "Any") -> dict[str, Any]:
    total = asdict(found.total)
    return {
        "network": found.network,
        "by": found.by,
        "rows": [asdict(row) for row in found.rows],
        "total": {
            k: total[k]
            for k in ("activities", "organisations", "population", "activities_per_100k")
        },
        "reconciliation": [
            {
                "what": one.what,
                "stated": _plain(one.stated),
                "counted": _plain(one.counted),
                "difference": _plain(one.difference),
                "agrees": one.agrees,
            }
            for one in found.reconciliation
        ],
    }


def _plain(number: float) -> float:
    return int(number) if float(number).is_integer() else number


@app.command(epilog="Example: netmap graph side-by-side --without mind")
def graph(
    context: typer.Context,
    network: Network = None,
    without: Annotated[
        str | None,
        typer.Option(metavar="ORG", help="Show what breaks if this organisation leaves."),
    ] = None,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
) -> None:
    """Score the network of ties, and each member's place in it."""
    from netmap.cli.console import out, print_table, print_title  # noqa: PLC0415
    from netmap.networks import measures  # noqa: PLC0415

    place = context.obj.open(audience)

    def answer(name: str) -> Any:
        register = place.register(name)
        gone = asdict(measures.without(register, without)) if without else None
        return {"network": name, **asdict(measures.measure(register)), "without": gone}

    def show(name: str, said: Any) -> None:
        console = out()
        register = place.register(name)
        print_title(console, register.title, note=register.settings.disclaimer)
        console.print(
            f"{said['organisations']} organisations, {said['ties']} ties, "
            f"{said['components']} separate parts; density {said['density']:.2f}, "
            f"reciprocity {said['reciprocity']:.2f}."
        )
        names = {one.id: one.name for one in register.organisations}
        print_table(
            console,
            ["organisation", "id", "tied to", "betweenness", "only bridge", "core", "part"],
            [
                [
                    names[m["id"]],
                    m["id"],
                    m["degree"],
                    f"{m['betweenness']:.2f}",
                    m["bridge"],
                    m["core"],
                    m["component"] + 1,
                ]
                for m in said["members"]
            ],
            numbers=5,
        )
        if said["without"]:
            gone = said["without"]
            lost = ", ".join(names[one] for one in gone["cut_off"]) or "nobody"
            console.print(
                f"Without {names[gone['removed']]} there are {gone['components']} separate parts; "
                f"cut off from the largest: {lost}."
            )
        console.print()

    _each(place, network, form, answer, show)


@app.command(epilog="Example: netmap reach side-by-side --community bame")
def reach(
    context: typer.Context,
    network: Network = None,
    community: Annotated[
        str | None, typer.Option(help="Count what members of this community may use.")
    ] = None,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
) -> None:
    """Show how far people of each area are from activities."""
    from netmap.cli.console import out, print_table, print_title  # noqa: PLC0415
    from netmap.networks.reach import reach as work_out  # noqa: PLC0415

    place = context.obj.open(audience)
    code = place.community(community) if community else None

    def answer(name: str) -> Any:
        rows = work_out(place.register(name), place.vocabularies["community"], code)
        return {"network": name, "community": code, "rows": [asdict(row) for row in rows]}

    def show(name: str, said: Any) -> None:
        console = out()
        register = place.register(name)
        print_title(console, register.title, note=register.settings.disclaimer)
        columns = [c for c in said["rows"][0] if c != "area"] if said["rows"] else []
        shown = [c for c in columns if any(row[c] is not None for row in said["rows"])]
        print_table(
            console,
            ["area", *(c.replace("_", " ") for c in shown)],
            [[register.areas.name(row["area"]), *(row[c] for c in shown)] for row in said["rows"]],
            numbers=len(shown),
        )
        console.print()

    _each(place, network, form, answer, show)


@app.command(epilog="Example: netmap gaps west-yorkshire-harrogate --severity high")
def gaps(  # each is an option of the design
    context: typer.Context,
    network: Network = None,
    community: Annotated[
        list[str] | None,
        typer.Option(metavar="COMMUNITY", help="Only this community; may be repeated."),
    ] = None,
    area: Annotated[
        list[str] | None, typer.Option(metavar="AREA", help="Only this area and those below it.")
    ] = None,
    rule: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Only this rule; may be repeated.")
    ] = None,
    severity: Annotated[
        list[str] | None,
        typer.Option(metavar="SEVERITY", help="Only this severity; may be repeated."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many.")] = None,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules.")] = False,  # noqa: FBT002
    explain: Annotated[
        str | None,
        typer.Option(metavar="RULE", help="Print a rule with its evidence and settings."),
    ] = None,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
    fail_on: AtLeast = None,
) -> None:
    """List what may be missing, and what people could do next."""
    from netmap.gaps.gap import Severity  # noqa: PLC0415

    levels = [one.value for one in Severity]
    failing = level_and_above(fail_on, levels)
    for one in severity or ():
        if one not in levels:
            raise typer.BadParameter(
                f"'{one}' is not one of {', '.join(levels)}.", param_hint="--severity"
            )
    if rules or explain:
        _print_rules(explain, form)
        return
    place = context.obj.open(audience)
    wanted = [place.rule(one) for one in rule or ()]
    groups = [place.community(one) for one in community or ()]

    def answer(name: str) -> Any:
        from netmap.gaps.shape import report_as_json  # noqa: PLC0415

        report = _filtered(place, name, groups, area or [], wanted, severity or [])
        counted = report_as_json(report)
        counted["gaps"] = counted["gaps"][:limit]
        return counted if form is Form.JSON else replace(report, gaps=report.gaps[:limit])

    def show(name: str, said: "Report") -> None:
        _show_report(place, name, said)

    answers = _each(place, network, form, answer, show)
    found = [
        g["severity"] if form is Form.JSON else g.severity.value
        for a in answers
        for g in (a["gaps"] if form is Form.JSON else a.gaps)
    ]
    if set(found) & set(failing):
        raise typer.Exit(1)


def _filtered(
    place: "Workplace",
    name: str,
    communities: list[str],
    areas: list[str],
    rules: list[str],
    severities: list[str],
) -> "Report":
    report = place.report(name)
    register = place.register(name)
    codes = {c for text in areas for c in place.areas(register, text)}

    def wanted(gap: "Gap") -> bool:
        return (
            (not communities or gap.community in communities)
            and (not areas or gap.area in codes)
            and (not rules or gap.rule in rules)
            and (not severities or gap.severity.value in severities)
        )

    return replace(
        report,
        gaps=tuple(gap for gap in report.gaps if wanted(gap)),
        could_not_check=tuple(
            one
            for one in report.could_not_check
            if (not rules or one.rule in rules) and (not areas or one.area in codes)
        ),
    )


def _show_report(place: "Workplace", name: str, report: "Report") -> None:
    from netmap.cli.console import out, print_gaps, print_title, print_unchecked  # noqa: PLC0415
    from netmap.gaps import RULES  # noqa: PLC0415

    console = out()
    register = place.register(name)
    print_title(console, register.title, note=register.settings.disclaimer)
    tally = ", ".join(f"{n} {severity}" for severity, n in report.counts.items())
    console.print(f"{tally}. A gap is a prompt for discussion, not a verdict.")
    print_gaps(console, report.gaps, {slug: one.title for slug, one in RULES.items()})
    print_unchecked(console, report)
    console.print()


def _print_rules(explain: str | None, form: Form) -> None:
    from netmap.cli.console import out, print_json, print_table, print_title  # noqa: PLC0415
    from netmap.errors import UnknownNameError  # noqa: PLC0415
    from netmap.findings import did_you_mean  # noqa: PLC0415
    from netmap.gaps import RULES  # noqa: PLC0415
    from netmap.networks.models import GapSettings, ReachSettings  # noqa: PLC0415

    if explain and explain not in RULES:
        raise UnknownNameError("rule", explain, did_you_mean(explain, RULES))
    defaults = {**ReachSettings().model_dump(), **GapSettings().model_dump()}
    listed = [
        {
            "rule": one.slug,
            "title": one.title,
            "family": one.family,
            "severity": one.severity.value,
            "evidence": one.evidence,
            "settings": {key: defaults[key] for key in one.settings},
            "prompt": one.prompt,
        }
        for one in RULES.values()
        if explain in {None, one.slug}
    ]
    if form is Form.JSON:
        print_json(listed[0] if explain else {"rules": listed})
        return
    console = out()
    if not explain:
        print_table(
            console,
            ["rule", "family", "severity", "finds"],
            [[one["rule"], one["family"], one["severity"], one["title"]] for one in listed],
        )
        return
    one = listed[0]
    print_title(
        console, str(one["title"]), note=f"{one['rule']}, {one['family']}, {one['severity']}"
    )
    console.print(f"Evidence: {one['evidence']}")
    settings = ", ".join(f"{key} = {defaults[key]}" for key in RULES[explain].settings)
    console.print(f"Settings and their defaults: {settings or 'none'}")
    console.print(f"Next: {one['prompt']}")
