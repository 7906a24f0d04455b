"""Document -> statements: run the attributors, settle where they overlap, verify every span."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from winset import __version__
from winset.corpus.types import Document
from winset.errors import BadSpan
from winset.provenance import Run
from winset.statements.attributing import attributed
from winset.statements.dates import said_on
from winset.statements.language_model.types import Endpoint
from winset.statements.languages import ANY_LANGUAGE, foreign, is_whole, left_out, read_elsewhere
from winset.statements.media import find_media
from winset.statements.segmentation import segments
from winset.statements.settling import settled
from winset.statements.types import Segment, Statement
from winset.statements.verifier import verify

RULES = ("quotation-marks", "reporting-verbs", "according-to", "attitudes", "speaker-labels", "negotiation-reports")
DEFAULT = ("trained-model", *RULES)
REACH = 600  # characters; a medium named further off in one endless sentence is not credited


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What a document states, and how many proposals did not hold."""

    statements: tuple[Statement, ...]
    segments: tuple[Segment, ...]
    refused: int
    run: Run
    asked: tuple[Run, ...] = ()  # of a language model
    unanswered: str = ""  # why the language model that was asked for did not code it


def extract(document: Document, *, methods: Sequence[str] = DEFAULT, endpoint: Endpoint | None = None) -> Extraction:
    """The document's statements in order of their words, each coded with the method that proposed it.

    Paragraphs in another language than English are searched for quotation marks and speaker labels only.
    methods: ids in ATTRIBUTORS; where two propose one statement the surer proposal stands, then the one
    whose method comes first.
    endpoint: of a language model, for methods that need one; where it gives no answer, DEFAULT codes the document.
    Raises UnknownMethod, NotConfigured.
    """
    blocks = segments(document.text)
    others = foreign(document.text, blocks, tongue=document.language)
    if others and is_whole(blocks, others):
        methods = [name for name in methods if name in ANY_LANGUAGE] or ANY_LANGUAGE
    found = attributed(document, left_out(blocks, others), methods, endpoint=endpoint, otherwise=DEFAULT)
    proposed = (*found.proposed, *read_elsewhere(document, blocks, others, methods))
    run = Run(step="statements", method=found.method, version=__version__, inputs=(document.id,))
    statements: list[Statement] = []
    refused = found.wordless
    for proposal, name in settled(proposed):
        try:
            statements.append(verify(document, proposal, coder=found.coder(name), run_id=run.id))
        except BadSpan:
            refused += 1  # counted, and said in the brief
    dated = [with_context(document, statement, blocks, others) for statement in statements]
    unique = {statement.id: statement for statement in dated}
    ordered = sorted(unique.values(), key=lambda statement: (statement.start, statement.end, statement.id))
    return Extraction(
        statements=tuple(ordered),
        segments=blocks,
        refused=refused,
        run=run,
        asked=found.asked,
        unanswered=found.unanswered,
    )


def with_context(
    document: Document, statement: Statement, blocks: Sequence[Segment], others: Mapping[int, str]
) -> Statement:
    """The statement with its date and the media that its sentence credits, as far as the text says."""
    source = statement.source.span if statement.source else None
    spans = [part.span for part in statement.contents]
    day = said_on(
        document,
        source=source,
        cue=statement.cue.span if statement.cue else None,
        contents=spans,
        segments=blocks,
        languages=others,
    )
    taken = [*spans, source] if source else spans
    named = [
        mention.name
        for mention in find_media(document.text, *_sentence_around(statement, blocks))
        if not any(start < mention.end and mention.start < end for start, end in taken)
    ]
    return replace(statement, said_on=day, via=tuple(dict.fromkeys(named)))


def _sentence_around(statement: Statement, blocks: Sequence[Segment]) -> tuple[int, int]:
    """From the start of the first sentence that the statement touches to the end of the last, within reach."""
    block = blocks[bisect_right(blocks, statement.start, key=lambda block: block.start) - 1]
    first = max(0, bisect_right(block.sentences, statement.start, key=lambda span: span[0]) - 1)
    last = max(first, bisect_right(block.sentences, statement.end - 1, key=lambda span: span[0]) - 1)
    return max(block.sentences[first][0], statement.start - REACH), min(block.sentences[last][1], statement.end + REACH)
