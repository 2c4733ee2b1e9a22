"""The sheet of problems: what each colour means, then every problem with a link to its cell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from netmap.exchange.draft import Outcome
from netmap.exchange.spreadsheets.marking.marks import COLOURS, MEANINGS, WORDS, Problem
from netmap.exchange.spreadsheets.marking.text_cells import StyledText, allowed, sheet_data

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = (
    "Where",
    "Outcome",
    "What was in the cell",
    "What became of it",
    "What is the matter",
    "What to try",
)
MOST_PROBLEMS = 20_000
# A link costs more than all else in its row, and nobody follows so many.
MOST_LINKS = 5_000
_OPENING = "What netmap noticed in"
_TITLES = ("Problems", "Problems (netmap)")
_WIDTHS = (20, 13, 34, 28, 56, 48)
_LINK = "0B5394"
_NOTHING = "Nothing was noticed: every cell was taken as it stands."


def is_problem_sheet(title: str, first_cell: str) -> bool:
    """Tell whether a sheet is one of these, in a copy that somebody put right and sent again."""
    return title.startswith(_TITLES[0]) and first_cell.startswith(_OPENING)


def free_title(taken: Sequence[str]) -> str:
    """Choose a title for the sheet that no sheet of the workbook has, whatever its case."""
    used = {title.casefold() for title in taken}
    for title in _TITLES:
        if title.casefold() not in used:
            return title
    number = 2
    while f"problems (netmap {number})" in used:
        number += 1
    return f"Problems (netmap {number})"


def add_problem_sheet(
    workbook: "Workbook",
    shown: str,
    problems: Sequence[Problem],
    titles: Mapping[str, str],
    said: Sequence[str],
) -> tuple[str, str]:
    """Put the sheet of problems first, and open the workbook at it.

    Args:
        workbook: Gets the sheet.
        shown: How messages name the file.
        problems: What to list, in its order.
        titles: The file's sheets to the workbook's.
        said: Sentences about the copy itself, such as that it was cut short.

    Returns:
        The sheet's title, and its cells as XML.
    """
    listed = problems[:MOST_PROBLEMS]
    sheet = workbook.create_sheet(free_title(workbook.sheetnames), 0)
    styles = _Styles(sheet)
    top = list(_key(shown, problems, said, styles))
    heading = len(top) + 1
    rows = [*top, [(text, styles.heading) for text in HEADINGS]]
    rows += [
        _row(problem, titles, styles, linked=place < MOST_LINKS)
        for place, problem in enumerate(listed)
    ]
    _link(sheet, listed, titles, heading + 1)
    _dress(sheet, heading, len(rows))
    _open_at(workbook, sheet)
    return sheet.title, sheet_data(rows)


class _Styles:
    """The numbers of the cell styles; openpyxl gives a style its number once a cell has it."""

    def __init__(self, sheet: "Worksheet") -> None:
        from openpyxl.cell import Cell  # noqa: PLC0415
        from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

        top = Alignment(wrap_text=True, vertical="top")

        def number(font: Font, fill: str = "", alignment: Alignment | None = None) -> int:
            # Each on a cell of its own: openpyxl keeps the style itself, not a copy of it.
            cell = Cell(sheet, row=1, column=1)
            # Text as a format: a cell that begins with = stays text when somebody edits it.
            cell.number_format = "@"
            cell.font = font
            cell.fill = PatternFill("solid", fgColor=fill) if fill else PatternFill()
            cell.alignment = alignment or Alignment()
            return int(cell.style_id)

        black = "000000"
        self.title = number(Font(bold=True, size=14))
        self.plain = number(Font())
        self.heading = number(Font(bold=True, color="FFFFFF"), "404040", top)
        self.text = number(Font(), alignment=top)
        self.link = number(Font(color=_LINK, underline="single"), alignment=top)
        self.outcome = {
            outcome: number(Font(bold=True, color=black), colour, top)
            for outcome, colour in COLOURS.items()
        }


def _key(
    shown: str, problems: Sequence[Problem], said: Sequence[str], styles: _Styles
) -> Iterator[list[StyledText]]:
    yield [(f"{_OPENING} {shown}", styles.title)]
    counts = Counter(_outcome(problem) for problem in problems)
    for outcome in reversed(Outcome):
        text = f"{counts[outcome]:,}: {MEANINGS[outcome]}"
        yield [(WORDS[outcome], styles.outcome[outcome]), (text, styles.plain)]
    sentences = list(said)
    if not problems:
        sentences.append(_NOTHING)
    if len(problems) > MOST_PROBLEMS:
        sentences.append(
            f"Only the first {MOST_PROBLEMS:,} of {len(problems):,} problems are listed here."
        )
    for sentence in sentences:
        yield [(sentence, styles.plain)]
    yield []


def _outcome(problem: Problem) -> Outcome:
    return Outcome.REFUSED if problem.set_aside else problem.note.outcome


def _row(
    problem: Problem, titles: Mapping[str, str], styles: _Styles, *, linked: bool
) -> list[StyledText]:
    note, outcome = problem.note, _outcome(problem)
    linked = linked and _target(problem, titles) is not None
    return [
        (_where(problem, titles), styles.link if linked else styles.text),
        (WORDS[outcome], styles.outcome[outcome]),
        (note.value or "", styles.text),
        (problem.became, styles.text),
        (_sentence(note.message), styles.text),
        (_sentence(note.hint), styles.text),
    ]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _where(problem: Problem, titles: Mapping[str, str]) -> str:
    spot = problem.note.spot
    title = titles.get(spot.sheet)
    if title is None or spot.row is None:
        return str(spot)
    return f"{title}!{spot.column}{spot.row}" if spot.is_cell else f"{title} row {spot.row}"


def _target(problem: Problem, titles: Mapping[str, str]) -> str | None:
    """Name the cell a problem is about as a link does; None where there is no such cell."""
    spot = problem.note.spot
    title = titles.get(spot.sheet)
    if title is None or spot.row is None:
        return None
    letters = spot.column if spot.is_cell else "A"
    return "'{}'!{}{}".format(title.replace("'", "''"), letters, spot.row)


def _link(
    sheet: "Worksheet", problems: Sequence[Problem], titles: Mapping[str, str], first: int
) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink  # noqa: PLC0415

    for row, problem in enumerate(problems[:MOST_LINKS], first):
        target = _target(problem, titles)
        if target is not None:
            # To nowhere but this workbook; the cell's text is written with the others.
            sheet.cell(row, 1).hyperlink = Hyperlink(ref=f"A{row}", location=allowed(target))


def _dress(sheet: "Worksheet", heading: int, last: int) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    final = get_column_letter(len(HEADINGS))
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{heading + 1}"
    sheet.auto_filter.ref = f"A{heading}:{final}{max(last, heading)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{heading}:{heading}"


def _open_at(workbook: "Workbook", sheet: "Worksheet") -> None:
    from openpyxl.workbook.views import BookView  # noqa: PLC0415

    if not workbook.views:
        workbook.views = [BookView()]
    workbook.views[0].firstSheet = 0
    workbook.active = sheet
    # With several sheets selected, what is typed in one is typed in all.
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = other is sheet
