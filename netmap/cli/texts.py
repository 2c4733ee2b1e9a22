"""The command that lists what netmap says on pages, and begins a translation: texts."""

from pathlib import Path
from typing import Annotated

import typer

from netmap.cli.app import Form, Format, app


@app.command(
    epilog="Examples: netmap texts 'not recorded'; netmap texts --output texts/cy.po",
)
def texts(
    search: Annotated[
        str | None,
        typer.Argument(help="Words to look for; every text where left out.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Begin a translation, or bring one up to date: texts/<language>.po.",
            show_default=False,
        ),
    ] = None,
    form: Format = Form.TEXT,
) -> None:
    """List the texts of pages, maps and feeds, which netmap.toml may say otherwise."""
    from netmap.cli.console import out, print_json  # noqa: PLC0415
    from netmap.language import english_texts  # noqa: PLC0415

    if output is not None:
        _translate(output)
        return
    wanted = (search or "").casefold()
    found = sorted((t for t in english_texts() if wanted in t.casefold()), key=str.casefold)
    if form is Form.JSON:
        print_json({"texts": found})
        return
    for text in found:
        out().print(text)
    if not found:
        out().print(f"No text has '{search}' in it.")
        return
    out().print()
    out().print(
        "Say one in your own words in netmap.toml, keeping each %(name)s:"
        f"\n  [texts]\n  {_quoted(found[0])} = {_quoted('...')}"
    )


def _quoted(text: str) -> str:
    import json  # noqa: PLC0415  # a TOML basic string is a JSON string

    return json.dumps(text, ensure_ascii=False)


def _translate(file: Path) -> None:
    from netmap.cli.console import out  # noqa: PLC0415
    from netmap.language import is_language  # noqa: PLC0415
    from netmap.language.translating import translation  # noqa: PLC0415
    from netmap.workspace import write_atomically  # noqa: PLC0415

    if not is_language(file.stem):
        raise typer.BadParameter(
            f"'{file.stem}' is no language; name the file after one, as texts/cy.po.",
            param_hint="--output",
        )
    existing = file.read_bytes() if file.is_file() else None
    made = translation(file.stem, existing, file.as_posix())
    write_atomically(file, made.content)
    out().print(
        f"Wrote {file.as_posix()}: {made.texts} texts, {made.translated} translated. Fill in the "
        f'rest in Poedit or an editor, then set language = "{file.stem}" in netmap.toml.'
    )
