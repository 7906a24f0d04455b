"""Document -> statements: run the attributors, settle where they overlap, verify every span."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from winset import __version__
from winset.corpus.types import Document
from winset.errors import BadSpan
from winset.provenance import Run
from winset.statements.attributors import ATTRIBUTORS
from winset.statements.dates import said_on
from winset.statements.media import find_media
from winset.statements.segmentation import segments
from winset.statements.types import Form, Proposal, Segment, Statement
from winset.statements.verifier import verify

DEFAULT = ("quotation-marks", "reporting-verbs", "according-to", "attitudes", "speaker-labels")
READ = "en"  # the language whose words the rules know
ANY_LANGUAGE = ("quotation-marks", "speaker-labels")  # what needs no words to find something
REACH = 600  # characters; a medium named further off in one endless sentence is not credited
CELL = 512  # characters; neighbours are looked up by cell so that long documents stay linear
SAME = 0.5  # Jaccard of content characters from which two proposals are one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What a document states, and how many proposals did not hold."""

    statements: tuple[Statement, ...]
    segments: tuple[Segment, ...]
    refused: int
    run: Run


def extract(document: Document, *, methods: Sequence[str] = DEFAULT) -> Extraction:
    """The document's statements in order of their words, each coded with the method that proposed it.

    A text in another language than English is searched for quotation marks and speaker labels only.
    methods: ids in ATTRIBUTORS; where two propose one statement the surer proposal stands, then the one
    whose method comes first. Raises UnknownMethod.
    """
    if document.language not in (None, READ):
        methods = [name for name in methods if name in ANY_LANGUAGE]
    blocks = segments(document.text)
    run = Run(step="statements", method="+".join(methods), version=__version__, inputs=(document.id,))
    proposed = [(proposal, name) for name in methods for proposal in ATTRIBUTORS[name](document, blocks)]
    statements: list[Statement] = []
    refused = 0
    for proposal, name in settled(proposed):
        try:
            statements.append(verify(document, proposal, coder=f"machine: {name}", run_id=run.id))
        except BadSpan:
            refused += 1  # counted, and said in the brief
    dated = [_with_context(document, statement, blocks) for statement in statements]
    unique = {statement.id: statement for statement in dated}
    ordered = sorted(unique.values(), key=lambda statement: (statement.start, statement.end, statement.id))
    return Extraction(statements=tuple(ordered), segments=blocks, refused=refused, run=run)


def settled(proposed: Sequence[tuple[Proposal, str]]) -> list[tuple[Proposal, str]]:
    """One proposal for each statement, without those that another one's content already holds.

    What stands inside another's content is kept only where it names its own source and attitude ("she said
    Riga opposes it") or where the outer source is but a report ("according to").  Cost: linear in the number
    of proposals, as each is compared with its neighbours in the text alone.
    """
    ranked = sorted(range(len(proposed)), key=lambda index: (-proposed[index][0].confidence, index))
    kept: dict[int, Proposal] = {}
    cells: dict[int, list[int]] = {}
    for index in ranked:
        candidate = proposed[index][0]
        places = range(_first(candidate) // CELL, _last(candidate) // CELL + 1)
        near = {other for cell in places for other in cells.get(cell, ())}
        if any(_same(candidate, kept[other]) for other in near):
            continue
        kept[index] = candidate
        for cell in places:
            cells.setdefault(cell, []).append(index)
    names = {index: proposed[index][1] for index in kept}
    outer = {index for index in kept if names[index] != "according-to"}
    inside = {
        index
        for index, candidate in kept.items()
        for other in cells[_first(candidate) // CELL]
        if other in outer and other != index and _within(candidate, kept[other])
    }
    return [(kept[index], names[index]) for index in sorted(kept) if index not in inside]


def _spans(proposal: Proposal) -> list[tuple[int, int]]:
    return [span for span in (proposal.source, proposal.cue, *proposal.contents) if span]


def _first(proposal: Proposal) -> int:
    return min(start for start, _ in _spans(proposal))


def _last(proposal: Proposal) -> int:
    return max(end for _, end in _spans(proposal))


def _overlap(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def _length(spans: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in spans)


def _same(one: Proposal, other: Proposal) -> bool:
    """One cue, or contents that are mostly the same words with sources that do not contradict."""
    if one.source and other.source and not _overlap([one.source], [other.source]):
        return False  # one thing, two that say it: "Oslo and Riga object"; "drew criticism from Oslo"
    if one.cue and other.cue and _overlap([one.cue], [other.cue]):
        return True
    if not one.contents or not other.contents:
        return False
    shared = _overlap(one.contents, other.contents)
    return shared >= SAME * (_length(one.contents) + _length(other.contents) - shared)


def _within(inner: Proposal, outer: Proposal) -> bool:
    if inner.cue is None or not _overlap([inner.cue], outer.contents):
        return False
    return not (inner.form is Form.ACT and inner.names)


def _with_context(document: Document, statement: Statement, blocks: Sequence[Segment]) -> Statement:
    """The statement with its date and the media that its sentence credits, as far as the text says."""
    source = statement.source.span if statement.source else None
    spans = [part.span for part in statement.contents]
    day = said_on(
        document,
        source=source,
        cue=statement.cue.span if statement.cue else None,
        contents=spans,
        segments=blocks,
    )
    taken = [*spans, source] if source else spans
    named = [
        mention.name
        for mention in find_media(document.text, *_sentence_around(statement, blocks))
        if not _overlap([(mention.start, mention.end)], taken)
    ]
    return replace(statement, said_on=day, via=tuple(dict.fromkeys(named)))


def _sentence_around(statement: Statement, blocks: Sequence[Segment]) -> tuple[int, int]:
    """From the start of the first sentence that the statement touches to the end of the last, within reach."""
    block = blocks[bisect_right(blocks, statement.start, key=lambda block: block.start) - 1]
    first = max(0, bisect_right(block.sentences, statement.start, key=lambda span: span[0]) - 1)
    last = max(first, bisect_right(block.sentences, statement.end - 1, key=lambda span: span[0]) - 1)
    return max(block.sentences[first][0], statement.start - REACH), min(block.sentences[last][1], statement.end + REACH)
