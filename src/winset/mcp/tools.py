"""The tools, in the order in which an assistant meets them. This list is the table of contents of the server.

No description holds a word that comes from a case: what a tool says of itself is the same for every case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from winset.mcp import briefing, deciding, models, overview, reading, said, searching, standing, suggesting
from winset.mcp import told_differently as differing
from winset.mcp.answered import Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """Something an assistant may ask."""

    name: str
    title: str
    description: str
    takes: type[models.Given]
    gives: type[models.Answer]
    answer: Callable[[Any, Any], Answered]  # of a ServedCase and what `takes` holds
    writes: bool = False
    destroys: bool = False  # whether it takes something back


TOOLS: tuple[Tool, ...] = (
    Tool(
        name="case_overview",
        title="What the case is about",
        description="What is proposed, which body decides when and by which rule, the 0-100 scale with its options, how"
        " much there is. Ask this first.",
        takes=models.Nothing,
        gives=models.Overview,
        answer=overview.overview,
    ),
    Tool(
        name="decide",
        title="Who can block, and what if",
        description="What the rule makes of the positions: outcome with its probability, who can block and on whose"
        " word (exact words with their place), members of whom nothing is known, what was assumed by name, what could"
        " pass. With what_if, rule, on or as_of also what the answer would be otherwise; nothing is kept.",
        takes=models.Deciding,
        gives=models.Decision,
        answer=deciding.decide,
    ),
    Tool(
        name="positions",
        title="Where everybody stands",
        description="Positions on the 0-100 scale with standard error and 90% interval, by how many statements from how"
        " many independent origins; members with nothing on record are told as unknown. With an actor: the words"
        " behind its position.",
        takes=models.AskingPositions,
        gives=models.Positions,
        answer=standing.positions,
    ),
    Tool(
        name="statements",
        title="Who said what",
        description="Statements of an actor or a person, for or against, of one document, or by their ids, in order of"
        " time: exact words with their place, who says them, when, the stance on the proposal and who read it so.",
        takes=models.AskingStatements,
        gives=models.Statements,
        answer=said.statements,
    ),
    Tool(
        name="search_passages",
        title="Passages that answer a question",
        description="Passages of the documents that answer a question, word for word with their place, or that hold"
        " given words; it says so where nothing answers.",
        takes=models.Searching,
        gives=models.Passages,
        answer=searching.search_passages,
    ),
    Tool(
        name="brief_section",
        title="A section of the brief",
        description="Sentences of the brief with the words behind them: the answer, who stands where, what could pass,"
        " what it rests on, what is not known, how it was made.",
        takes=models.AskingBrief,
        gives=models.Brief,
        answer=briefing.brief,
    ),
    Tool(
        name="discrepancies",
        title="What the documents tell differently",
        description="The same name, number, date, place or quotation told differently: both passages, which one the"
        " documents bear out if they do, and what a person says of it.",
        takes=models.Paged,
        gives=models.Discrepancies,
        answer=differing.discrepancies,
    ),
    Tool(
        name="timeline",
        title="What happened when",
        description="Events by date, each once, with the passages that tell it; planned ones and differing dates are"
        " marked.",
        takes=models.AskingTimeline,
        gives=models.Timeline,
        answer=differing.timeline,
    ),
    Tool(
        name="documents",
        title="The documents",
        description="The documents of the case with title, publisher, authors, date, address and length.",
        takes=models.Paged,
        gives=models.Documents,
        answer=reading.documents,
    ),
    Tool(
        name="document_text",
        title="A stretch of a document",
        description="The words of a document from one place on, for the context of a citation.",
        takes=models.Reading,
        gives=models.DocumentText,
        answer=reading.document_text,
    ),
    Tool(
        name="check_citation",
        title="Whether a quotation holds",
        description="Whether words stand in a document as they are about to be cited, at which offsets, or where they"
        " nearly do.",
        takes=models.Citing,
        gives=models.Citation,
        answer=reading.check_citation,
    ),
    Tool(
        name="suggest_codes",
        title="Suggest a reading of a statement",
        description="Suggest for or against, and for whom a statement counts. It counts for nothing until a person"
        " adopts it.",
        takes=models.SuggestingCodes,
        gives=models.Kept,
        answer=suggesting.suggest_codes,
        writes=True,
    ),
    Tool(
        name="suggest_verdict",
        title="Suggest that a statement is none",
        description="Suggest that what the machine took for a statement is none, or is one after all. It counts for"
        " nothing until a person adopts it.",
        takes=models.SuggestingVerdict,
        gives=models.Kept,
        answer=suggesting.suggest_verdict,
        writes=True,
    ),
    Tool(
        name="suggestions",
        title="What assistants suggested",
        description="Suggestions that nobody took back, with what they say and why.",
        takes=models.Paged,
        gives=models.Suggestions,
        answer=suggesting.suggestions,
    ),
    Tool(
        name="keep_what_if",
        title="Keep a what-if",
        description="Keep what was supposed under a name, for the person to look at again. It moves nobody.",
        takes=models.KeepingWhatIf,
        gives=models.Kept,
        answer=suggesting.keep_what_if,
        writes=True,
    ),
    Tool(
        name="take_back",
        title="Take back an own change",
        description="Take back a suggestion or a what-if of this assistant by its change's number; the trail keeps"
        " both.",
        takes=models.TakingBack,
        gives=models.Kept,
        answer=suggesting.take_back,
        writes=True,
        destroys=True,
    ),
)


def offered(*, writes: bool) -> dict[str, Tool]:
    """The tools of a server by name; those that write only where it may."""
    return {tool.name: tool for tool in TOOLS if writes or not tool.writes}
