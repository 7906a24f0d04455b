"""Projects as hypothesis draws them: every kind of value that a case can hold, for the laws of the formats.

    from tests.exchange.projects_made import projects

    @given(project=projects())
    def test_what_is_written_is_read_again(project: Project) -> None: ...

`projects(controls=True)` also draws control characters that a text file may hold and XML may not.
"""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from functools import cache
from itertools import pairwise

from hypothesis import strategies as st

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, Link, anchor
from winset.exchange.projects import Project, ProjectDocument, ProjectStatement
from winset.ids import ActorId, IssueId, PartialDate, RunId
from winset.issues import CaseSpec, Issue, Option, Seat, Threshold
from winset.positions.rulings import PROPOSAL_ITSELF, Codes, Ruling
from winset.positions.types import Stance, Voice
from winset.statements.types import Form, Statement

PLAIN = 'ab Zé.,;:"<&>]\\%\t\n'
FAR = (
    "🐟🇫🇷👩\u200d👧ﬁ𝔄漢\U0010fffd\u05e9\u0644\u202e\u200f"  # astral, joined, right to left
    "\u0301\u0323\u2028\u00a0\u3000\ufeff"  # marks that combine, odd blanks
)
CONTROLS = "\x01\x0b\x0c\x1f\x7f\x85"  # of those that a text may hold, the ones that XML 1.0 forbids among them
LONG = (
    "Permanent Delegation of the Confederated Harbour Towns 🐟 to the Standing Conference " * 3
)  # over 190 characters
NAMES = (
    *("Ada Lind", "Ben O'Hara", "Åsa Łoś", "משרד החוץ", "漢字 太郎", "🐟 Guild", "Ida; Per", "media: Harbour Post"),
    *("expert: Quay Institute", "a", " Ola ", "tab\tand\nline", LONG, LONG + "East", "Admin", "winset"),
)
CODED = (  # stance, direction, relevance: codes that go together
    *((None, None, None), ("favour", None, None), ("oppose", -1.0, 1.0), ("favour", 0.3, None)),
    *((None, -0.25, 0.9), (None, None, 0.2), ("none", None, 0.1), ("unclear", 0.1, 0.5), ("neutral", 0.0, None)),
)

shares = st.sampled_from([0.0, 0.1, 0.5, 1 / 3, 1.0]) | st.floats(0, 1)
directions = st.sampled_from([-1.0, -0.5, 0.0, 0.15, 1.0]) | st.floats(-1, 1)
places = st.sampled_from([0.0, 20.0, 62.5, 100.0]) | st.floats(0, 100)
flags = st.booleans()
days = st.dates().map(lambda day: PartialDate(day.isoformat()))
partial_dates = days | days.map(lambda day: PartialDate(day.text[:7])) | days.map(lambda day: PartialDate(day.text[:4]))
ids = st.text("0123456789abcdef", min_size=16, max_size=16)


@cache
def texts(*, controls: bool = False, max_size: int = 60) -> st.SearchStrategy[str]:
    """Text of a document: NFC, LF, Unicode code points of every width."""
    drawn = st.text(st.sampled_from(PLAIN + FAR + (CONTROLS if controls else "")), max_size=max_size)
    return drawn.map(lambda text: unicodedata.normalize("NFC", text))


@cache
def words() -> st.SearchStrategy[str]:
    """A name or a phrase: some character that is no blank, NFC, at most some hundred characters."""
    drawn = st.text(st.sampled_from(PLAIN + FAR), min_size=1, max_size=8)
    return st.sampled_from(NAMES) | drawn.map(lambda text: unicodedata.normalize("NFC", text)).filter(_tells)


@cache
def people() -> st.SearchStrategy[str]:
    """Who codes: never the machine."""
    return words().filter(lambda name: name.strip().lower().split(":")[0] != "machine")


@st.composite
def documents(draw: st.DrawFn, *, controls: bool = False) -> Document:
    """A document with everything that may be known of one, each also absent."""
    text = draw(texts(controls=controls))
    return Document(
        name=draw(words()),
        text=text,
        title=draw(st.none() | words()),
        authors=tuple(draw(st.lists(words(), max_size=3))),
        publisher=draw(st.none() | words()),
        published=draw(st.none() | partial_dates),
        language=draw(st.none() | st.sampled_from(["en", "fr-CH", "he", "und"])),
        source_url=draw(st.none() | st.sampled_from(["https://example.org/a?b=c&d=é#e", "http://example.org/"])),
        retrieved_at=draw(st.none() | st.just("2024-05-06T07:08:09Z")),
        media_type=draw(st.sampled_from(["text/plain", "text/html", "application/pdf"])),
        reader=draw(st.sampled_from(["text", "html", "pdf"])),
        found_in=tuple(draw(st.lists(st.tuples(st.sampled_from(["title", "published"]), words()), max_size=2))),
        links=tuple(
            Link(start=start, end=end, target=target)
            for (start, end), target in zip(
                draw(_spans(len(text), most=2)), draw(st.tuples(_targets(), _targets())), strict=False
            )
        ),
    )


@st.composite
def statements(draw: st.DrawFn, document: Document) -> Statement:
    """A statement of a document that holds at least one character."""
    size = len(document.text)
    contents = draw(_spans(size, most=3))
    source = draw(st.none() | _span(size))
    cue = draw(_span(size) if not contents else st.none() | _span(size))
    return Statement(
        document_id=document.id,
        source=anchor(document, *source) if source else None,
        cue=anchor(document, *cue) if cue else None,
        contents=tuple(anchor(document, *span) for span in contents),
        form=draw(st.sampled_from(Form)),
        hedged=draw(flags),
        via=tuple(draw(st.lists(words(), max_size=2))),
        said_on=draw(st.none() | partial_dates),
        confidence=draw(shares),
        coder=draw(st.sampled_from(["machine", "machine: quotation-marks"]) | people()),
        run_id=RunId(draw(st.just("") | ids)),
    )


@st.composite
def project_statements(draw: st.DrawFn, document: Document, issue: Issue | None = None) -> ProjectStatement:
    """A statement, who made it, and what machine and people hold it to say."""
    said = draw(statements(document))
    coders = sorted(draw(st.sets(people(), max_size=3)))
    return ProjectStatement(
        statement=said,
        identification=draw(_identifications(said)),
        stance=draw(st.none() | _stances(said, issue)),
        rulings=tuple(
            Ruling(statement_id=said.id, coder=coder, codes=draw(codes()), why=draw(st.just("") | words()))
            for coder in coders
        ),
        concept=draw(st.none() | words()),
    )


@st.composite
def codes(draw: st.DrawFn) -> Codes:
    """What a person coded, at least something."""
    stance, direction, relevance = draw(st.sampled_from(CODED))
    found = Codes(
        stance=stance,
        direction=direction,
        relevance=relevance,
        firmness=draw(st.none() | shares),
        hedged=draw(st.none() | flags),
        conditional=draw(st.none() | flags),
        voice=draw(st.none() | st.sampled_from(Voice)),
        rung=draw(st.none() | st.just(PROPOSAL_ITSELF) | words()),
        actor=draw(st.none() | st.sampled_from(["FRA", "nato"]) | words()),
    )
    return Codes(stance="favour") if found.is_empty else found


@st.composite
def specs(draw: st.DrawFn) -> CaseSpec:
    """A question before a body of the registry, or before an own one."""
    status_quo, proposal = draw(st.tuples(places, places).filter(lambda ends: ends[0] != ends[1]))
    issue = Issue(
        proposal=draw(words()),
        body=draw(st.sampled_from(["nato", "Quay Council"])),
        rule=draw(st.sampled_from(["unanimity", "simple-majority"])),
        on=draw(partial_dates),
        proposal_value=proposal,
        status_quo=status_quo,
        options=tuple(
            Option(label=label, value=draw(places)) for label in draw(st.lists(words(), max_size=2, unique=True))
        ),
        outcome=draw(st.none() | places),
    )
    seats = draw(st.lists(words(), max_size=3, unique=True))
    return CaseSpec(
        issue=issue,
        seats=tuple(
            Seat(
                actor_id=ActorId(name),
                name=name,
                votes=draw(st.integers(0, 2**40)),
                veto=draw(flags),
                weights=tuple(draw(st.lists(st.tuples(words(), st.integers(0, 2**40)), max_size=2))),
            )
            for name in seats
        ),
        thresholds=tuple(
            Threshold(of=of, share=share, more_than=draw(flags))
            for of, share in draw(
                st.lists(st.tuples(st.just("votes") | words(), st.fractions(Fraction(1, 99), 1)), max_size=2)
            )
        ),
        body_name=draw(st.none() | words()),
    )


@st.composite
def projects(draw: st.DrawFn, *, controls: bool = False) -> Project:
    """A project of up to three documents with up to three statements each, in text order."""
    spec = draw(st.none() | specs())
    found = draw(st.lists(documents(controls=controls), max_size=3, unique_by=lambda document: document.text))
    return Project(
        spec=spec,
        documents=tuple(
            ProjectDocument(document=document, statements=draw(_coded(document, spec.issue if spec else None)))
            for document in found
        ),
    )


@st.composite
def _coded(draw: st.DrawFn, document: Document, issue: Issue | None) -> tuple[ProjectStatement, ...]:
    if not document.text:
        return ()
    drawn = draw(st.lists(project_statements(document, issue), max_size=3, unique_by=lambda each: each.statement.id))
    return tuple(sorted(drawn, key=lambda each: (each.statement.start, each.statement.end, each.statement.id)))


@st.composite
def _identifications(draw: st.DrawFn, said: Statement) -> Identification:
    return Identification(
        statement_id=said.id,
        speaker=draw(st.none() | words()),
        represents=draw(st.none() | words()),
        actor_id=draw(st.none() | st.sampled_from(["FRA", "nato", "harbour-board"]).map(ActorId)),
        standing=draw(st.sampled_from(Standing)),
        speaks_as=draw(st.sampled_from(SpeaksAs)),
        role=draw(st.none() | words()),
        affiliation=draw(st.none() | words()),
        joint=draw(flags),
        score=draw(shares),
        rule=draw(words()),
        by=draw(st.just("machine") | people()),
        at=draw(st.none() | st.just("2024-05-06T07:08:09Z")),
        why=draw(st.none() | words()),
    )


@st.composite
def _stances(draw: st.DrawFn, said: Statement, issue: Issue | None) -> Stance:
    return Stance(
        statement_id=said.id,
        issue_id=issue.id if issue else IssueId(draw(ids)),
        relevance=draw(shares),
        direction=draw(directions),
        confidence=draw(shares),
        by=draw(st.sampled_from(["machine", "machine: lexicon"]) | people()),
        reason=draw(st.just("") | words()),
        firmness=draw(shares),
        hedged=draw(flags),
        conditional=draw(flags),
        voice=draw(st.sampled_from(Voice)),
        rung=draw(st.none() | words()),
    )


@cache
def _span(size: int) -> st.SearchStrategy[tuple[int, int]]:
    """Half-open, not empty, within a text of at least one character."""
    return st.integers(0, size - 1).flatmap(lambda start: st.tuples(st.just(start), st.integers(start + 1, size)))


@cache
def _spans(size: int, *, most: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    """In text order, none inside another, perhaps next to each other."""
    if not size:
        return st.just([])
    bounds = st.lists(st.integers(0, size), max_size=2 * most, unique=True).map(sorted)
    apart = bounds.map(lambda found: list(zip(found[::2], found[1::2], strict=False)))
    touching = bounds.map(lambda found: list(pairwise(found))[:most])
    return apart | touching


@cache
def _targets() -> st.SearchStrategy[str]:
    return st.sampled_from(["https://example.org/é?a=b&c", "#top", "", "note 3"])


def _tells(text: str) -> bool:
    return bool(text.strip())
