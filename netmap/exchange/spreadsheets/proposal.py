"""What netmap makes of a spreadsheet's headings, as a value, and what people make of that."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from netmap.exchange.draft import Note
from netmap.exchange.spreadsheets import headings
from netmap.exchange.spreadsheets.known import How
from netmap.exchange.spreadsheets.mapping import UNREAD, Mapping, SheetMapping
from netmap.exchange.spreadsheets.matching import HeadingMatch


@dataclass(frozen=True, slots=True)
class SheetProposal:
    """What one sheet is taken to be.

    Attributes:
        sheet: Its name; empty for CSV.
        table: The table of the register; None where it is not read.
        heading_row: The row of the headings as a spreadsheet shows it; None where there is none.
        matches: What each heading is taken to mean, in the sheet's order.
        missing: Columns that matter and that no heading means, or would if asked.
        gone: Headings that were agreed on and are not there any more.
        agreed: The name of the sheet under which it was agreed on before; None where it was not.
        notes: What is worth saying about the sheet.
    """

    sheet: str
    table: str | None
    heading_row: int | None = None
    matches: tuple[HeadingMatch, ...] = ()
    missing: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    agreed: str | None = None
    notes: tuple[Note, ...] = ()

    @property
    def questions(self) -> tuple[HeadingMatch, ...]:
        """The headings that are asked about."""
        return tuple(match for match in self.matches if match.how is How.SUGGESTED)

    @property
    def unexpected(self) -> tuple[HeadingMatch, ...]:
        """The headings that are kept as columns of people's own, without ever being agreed on."""
        return tuple(match for match in self.matches if match.how is How.UNEXPECTED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the sheets of one file are taken to be, in the file's order.

    Attributes:
        sheets: One for each visible sheet.
        remembered: What was agreed before.
    """

    sheets: tuple[SheetProposal, ...]
    remembered: Mapping = field(default_factory=Mapping)

    @property
    def questions(self) -> tuple[HeadingMatch, ...]:
        """All headings that are asked about."""
        return tuple(question for sheet in self.sheets for question in sheet.questions)


def decide(proposal: Proposal, accepted: Callable[[HeadingMatch], bool | None]) -> Mapping:
    """Turn a proposal into what is agreed.

    Args:
        proposal: The proposal.
        accepted: Answers each of its questions, in their order; None where nobody was asked, and
            the heading is kept as it is until somebody is.

    Returns:
        The mapping to read with, and to keep. What was agreed before about headings and sheets
        that are not there this time stays in it.
    """
    decided = [
        _decided(sheet, accepted, proposal.remembered) for sheet in proposal.sheets if sheet.table
    ]
    done = {sheet.agreed for sheet in proposal.sheets if sheet.table and sheet.agreed is not None}
    done |= {known.sheet for known in decided}
    return Mapping((*decided, *proposal.remembered.besides(done)))


def answered(sheets: Iterable[SheetProposal], mapping: Mapping) -> tuple[SheetProposal, ...]:
    """Show sheets as they were agreed on: questions that had a yes or a no are none any more."""
    return tuple(
        replace(sheet, matches=tuple(_answered(match, mapping) for match in sheet.matches))
        for sheet in sheets
    )


def _answered(match: HeadingMatch, mapping: Mapping) -> HeadingMatch:
    agreed = mapping.of(match.sheet)
    key = headings.identity(match.heading)
    if match.how is not How.SUGGESTED or agreed is None or key not in agreed.by_key:
        return match
    column = agreed.by_key[key]
    how = How.REMEMBERED if column else How.UNEXPECTED
    return replace(match, column=column, how=how, score=100.0 if column else 0.0)


def _decided(
    sheet: SheetProposal, accepted: Callable[[HeadingMatch], bool | None], before: Mapping
) -> SheetMapping:
    answers = [
        (match, True if match.how is not How.SUGGESTED else accepted(match))
        for match in sheet.matches
    ]
    columns = {
        match.heading: match.column if answer else ""
        for match, answer in answers
        if answer is not None
    }
    agreed = before.of(sheet.agreed) if sheet.agreed is not None else None
    if agreed is not None:
        columns |= {heading: agreed.columns[heading] for heading in sheet.gone}
    return SheetMapping(sheet.sheet, sheet.table or UNREAD, columns)
