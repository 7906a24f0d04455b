"""Invented cases: a compact of invented states, in sentences written for these tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from winset.actors.types import Body, Identification, SpeaksAs, Standing
from winset.brief.types import Brief, Change, ChangeKind, CodedStatement, HowMade, Party
from winset.corpus.types import Anchor, Document, Duplicate, Rejected, anchor
from winset.decisions.types import (
    Assumption,
    Blocker,
    Concession,
    Consent,
    Forecast,
    Hinge,
    Outcome,
    Outlook,
    Prediction,
    RungSupport,
    Way,
)
from winset.ids import ActorId, EvidenceId, PartialDate, RunId, StatementId
from winset.issues import Issue, Option
from winset.positions.types import Contribution, Position, Shift, Stance, Voice
from winset.sourcing.types import (
    MISSING,
    Arrow,
    Credit,
    DatedPassage,
    Discrepancy,
    DiscrepancyKind,
    Event,
    Lineage,
    Origin,
    Passage,
    Precedent,
    Question,
    SharedClaim,
    Telling,
    Tie,
    Work,
)
from winset.statements.types import Form, Statement

ISSUE = Issue(
    proposal="Station a permanent survey mission in Port Calder",
    body="compact",
    rule="consensus",
    on=PartialDate("2031-05-20"),
    options=(
        Option(label="two visiting officers", value=20),
        Option(label="a mission limited to one year", value=55),
    ),
)
BODY = Body(
    key="compact",
    name="Northern Compact Council",
    organisation=ActorId("northern-compact"),
    rule="consensus",
    founded=date(2004, 3, 1),
    source="Compact Treaty, Article 9",
)

COURIER = Document(
    name="courier.txt",
    title="Arvenia digs in over the Calder mission",
    publisher="Harbour Courier",
    published=PartialDate("2031-05-02"),
    language="en",
    source_url="https://courier.invalid/calder",
    text="""Arvenia digs in over the Calder mission

The Arvenian president told reporters on Thursday that a standing mission "would be a grave mistake" \
and, she added, "an invitation to every quarrel on that coast".

Arvenia objects to any permanent presence, according to a note seen by the Evening Ledger. \
Its foreign ministry said the Compact was made for the northern sea "and for nothing south of it".

The Secretary-General of the Compact, Ines Tarn, said members were still talking and that no decision had been taken.

Boresia's defence minister welcomed the plan. "We have waited ten years for this," he said.

The survey ships will sail in August 2031 whatever is decided, officials at the port said.

It would be the first mission of its kind on that coast. The Compact kept a harbour office in Tarrow from 2011 to \
2016, and shut it for want of ships.

Can nine members agree on anything before May is out? The council meets on 20 May 2031.
""",
)
LEDGER = Document(
    name="ledger.html",
    title="Inside the note that split the Compact",
    publisher="Evening Ledger",
    published=PartialDate("2031-04-28"),
    language="en",
    media_type="text/html",
    reader="html",
    text="""Inside the note that split the Compact

Arvenia opposes the mission and will say so in council, a four-page note shows. \
The president is understood to regard it as a step too far.

"We are in favour of a mission, provided that it is small," \
the ambassador of the United Isles wrote in reply.

Dravia's foreign ministry warned the Compact against "planting flags outside its own waters". \
Estmark hopes the mission will open within the year.

Lena Oduya of the Strand Institute argued that the members would find a form of words. "They always do," she said.
""",
)
DIGEST = Document(
    name="digest.md",
    title="Weekly digest 18",
    publisher="Coastwatch",
    published=PartialDate("2031-05"),
    language="en",
    media_type="text/markdown",
    text="""Weekly digest 18

According to the Evening Ledger, Arvenia "opposes the mission". \
Two members are said to share its doubts, though neither has spoken.

Estmark's prime minister said the mission was "overdue". Dravia called it unacceptable.

A former harbour master of Dravia thought the whole affair absurd. \
Boresia also signed a fisheries accord in 2029, its minister noted.

The president spoke on 30 April 2031, the Courier wrote. It would not be the first mission on that coast: \
an office in Tarrow opened in 2011. Who will pay for the ships?
""",
)
DOCUMENTS = (LEDGER, COURIER, DIGEST)

MEMBERS = ("Arvenia", "Boresia", "United Isles", "Fenmark", "Gallia Nova", "Hestia", "Illyra", "Jorland", "Kesh")
PARTNERS, OUTSIDE = ("Estmark",), ("Dravia",)
AGAINST, FOR = -0.9, 0.8


def actor_id(name: str) -> ActorId:
    """A slug, as for any actor that is no registered state."""
    return ActorId(name.lower().replace(" ", "-"))


def said(
    document: Document,
    source: str | None,
    cue: str | None,
    contents: Sequence[str],
    *,
    represents: str | None,
    standing: Standing,
    direction: float = 0.0,
    relevance: float = 0.9,
    form: Form = Form.INDIRECT,
    origin: str | None = None,
    speaker: str | None = None,
    coder: str = "machine: cues",
    hedged: bool = False,
    conditional: bool = False,
    firmness: float = 1.0,
) -> CodedStatement:
    """A coded statement whose words are looked up in the document, one after another."""

    def found(words: str, after: int = 0) -> int:
        return document.text.index(words, after)

    start = found(contents[0]) if contents else 0
    spans = []
    for words in contents:
        start = found(words, start)
        spans.append(anchor(document, start, start + len(words)))
        start += len(words)
    edges = (spans[0].start, spans[-1].end) if spans else (0, 0)

    def nearest(words: str) -> int:
        places = [match.start() for match in re.finditer(rf"\b{re.escape(words)}\b", document.text)]
        return min(places, key=lambda place: min(abs(place - edge) for edge in edges))

    statement = Statement(
        document_id=document.id,
        source=anchor(document, nearest(source), nearest(source) + len(source)) if source else None,
        cue=anchor(document, nearest(cue), nearest(cue) + len(cue)) if cue else None,
        contents=tuple(spans),
        form=form,
        hedged=hedged,
        via=(origin,) if origin else (),
        said_on=document.published,
        confidence=0.83,
        coder=coder,
    )
    key = origin or f"own reporting of {document.name}"
    label = f"{origin}, via {document.name}" if origin else key
    return CodedStatement(
        statement=statement,
        identification=Identification(
            statement_id=statement.id,
            speaker=speaker,
            represents=represents,
            actor_id=actor_id(represents) if represents else None,
            standing=standing,
            speaks_as=SpeaksAs.ACTOR if represents else SpeaksAs.UNRESOLVED,
            score=0.9 if represents else 0.0,
            rule="demonym and office" if represents else "none",
        ),
        stance=Stance(
            statement_id=statement.id,
            issue_id=ISSUE.id,
            relevance=relevance,
            direction=direction,
            confidence=0.8,
            by="A. Coder" if coder == "A. Coder" else "machine",
            reason="“mistake”" if direction < 0 else "",
            firmness=firmness,
            hedged=hedged,
            conditional=conditional,
            voice=Voice.OWN if form is Form.DIRECT else Voice.REPORTED if origin else Voice.ASCRIBED,
        ),
        origin=Origin(statement_id=statement.id, key=key.lower(), label=label),
    )


def _statements() -> tuple[CodedStatement, ...]:
    member, other = Standing.MEMBER, Standing.OUTSIDE
    ledger = "Evening Ledger"
    return (
        said(
            LEDGER,
            "Arvenia",
            "opposes",
            ["the mission"],
            represents="Arvenia",
            standing=member,
            direction=AGAINST,
            form=Form.ACT,
            origin=ledger,
        ),
        said(
            LEDGER,
            "The president",
            "is understood to",
            ["regard it as a step too far"],
            represents="Arvenia",
            standing=member,
            direction=AGAINST,
            origin=ledger,
            hedged=True,
        ),
        said(
            COURIER,
            "The Arvenian president",
            "told",
            ["would be a grave mistake", "an invitation to every quarrel on that coast"],
            represents="Arvenia",
            standing=member,
            direction=AGAINST,
            form=Form.DIRECT,
            speaker="Mira Solen",
            coder="machine: quotation-marks",
        ),
        said(
            COURIER,
            "Arvenia",
            "objects",
            ["to any permanent presence"],
            represents="Arvenia",
            standing=member,
            direction=AGAINST,
            form=Form.ACT,
            origin=ledger,
        ),
        said(
            COURIER,
            "Its foreign ministry",
            "said",
            ['the Compact was made for the northern sea "and for nothing south of it"'],
            represents="Arvenia",
            standing=member,
            direction=AGAINST,
            form=Form.MIXED,
        ),
        said(
            COURIER,
            "Boresia's defence minister",
            "welcomed",
            ["the plan"],
            represents="Boresia",
            standing=member,
            direction=FOR,
            form=Form.ACT,
        ),
        said(
            COURIER,
            "he",
            "said",
            ["We have waited ten years for this"],
            represents="Boresia",
            standing=member,
            direction=FOR,
            form=Form.DIRECT,
            coder="A. Coder",
        ),
        said(
            LEDGER,
            "the ambassador of the United Isles",
            "wrote",
            ["We are in favour of a mission, provided that it is small"],
            represents="United Isles",
            standing=member,
            direction=0.5,
            form=Form.DIRECT,
            conditional=True,
            firmness=0.6,
        ),
        said(
            COURIER,
            "The Secretary-General of the Compact, Ines Tarn",
            "said",
            ["members were still talking and that no decision had been taken"],
            represents="Northern Compact",
            standing=Standing.SECRETARIAT,
            speaker="Ines Tarn",
        ),
        said(
            LEDGER,
            "Dravia's foreign ministry",
            "warned",
            ["planting flags outside its own waters"],
            represents="Dravia",
            standing=other,
            direction=AGAINST,
            form=Form.MIXED,
        ),
        said(DIGEST, "Dravia", "called", ["it unacceptable"], represents="Dravia", standing=other, direction=AGAINST),
        said(
            LEDGER,
            "Estmark",
            "hopes",
            ["the mission will open within the year"],
            represents="Estmark",
            standing=Standing.PARTNER,
            direction=FOR,
        ),
        said(
            DIGEST,
            "Estmark's prime minister",
            "said",
            ['the mission was "overdue"'],
            represents="Estmark",
            standing=Standing.PARTNER,
            direction=FOR,
            form=Form.MIXED,
        ),
        said(
            LEDGER,
            "Lena Oduya of the Strand Institute",
            "argued",
            ["that the members would find a form of words"],
            represents="expert: Strand Institute",
            standing=Standing.COMMENTATOR,
            direction=0.3,
            speaker="Lena Oduya",
        ),
        said(
            DIGEST,
            "Evening Ledger",
            "According to",
            ['Arvenia "opposes the mission"'],
            represents="Arvenia",
            standing=member,
            direction=AGAINST,
            form=Form.MIXED,
            origin=ledger,
        ),
        said(
            DIGEST,
            "Arvenia",
            "opposes",
            ["the mission"],
            represents="Arvenia",
            standing=member,
            direction=AGAINST,
            form=Form.ACT,
            origin=ledger,
        ),
        said(
            DIGEST,
            "Two members",
            "are said to",
            ["share its doubts"],
            represents=None,
            standing=Standing.UNKNOWN,
            direction=-0.4,
            hedged=True,
        ),
        said(
            DIGEST,
            "A former harbour master of Dravia",
            "thought",
            ["the whole affair absurd"],
            represents="expert: former harbour master",
            standing=Standing.COMMENTATOR,
            direction=AGAINST,
        ),
        said(
            DIGEST,
            "its minister",
            "noted",
            ["Boresia also signed a fisheries accord in 2029"],
            represents="Boresia",
            standing=member,
            relevance=0.1,
        ),
        said(
            COURIER,
            "officials at the port",
            "said",
            ["The survey ships will sail in August 2031 whatever is decided"],
            represents=None,
            standing=Standing.UNKNOWN,
            relevance=0.2,
        ),
    )


def party(
    name: str, standing: Standing, statements: Sequence[CodedStatement], *, value: float | None, error: float = 8
) -> Party:
    """A party with all that it said; `value` None is nothing on record."""
    own = [coded for coded in statements if coded.identification.represents == name]
    evidence = [coded for coded in own if coded.stance.word != "none"]
    position = None
    if value is not None:
        position = Position(
            actor_id=actor_id(name),
            issue_id=ISSUE.id,
            value=value,
            std_error=error,
            salience=0.6,
            as_of=ISSUE.on,
            evidence=tuple(EvidenceId(coded.id) for coded in evidence),
            origins=len({coded.origin.key for coded in evidence}),
            contributions=tuple(_contributions(evidence)),
            salience_error=0.15,
            method="normal-shrinkage",
        )
    return Party(
        actor_id=actor_id(name),
        name=name,
        standing=standing,
        votes=1 if standing is Standing.MEMBER else 0,
        position=position,
        statements=tuple(coded.id for coded in own),
        changes=_changes(name, evidence),
        course=_course(position) if name == "Boresia" and position else (),
        shifts=_shifts(evidence) if name == "Boresia" and position else (),
    )


def _contributions(evidence: Sequence[CodedStatement]) -> Iterator[Contribution]:
    """As an estimator would fill them in: each origin counts once, and its statements share that."""
    keys = [coded.origin.key for coded in evidence]
    for coded in evidence:
        weight = 1 / len(set(keys)) / keys.count(coded.origin.key)
        spoken = 50 + 50 * coded.stance.direction
        yield Contribution(
            statement_id=coded.id,
            origin=coded.origin.key,
            value=spoken,
            weight=weight,
            moved=round(0.6 * weight * (spoken - 50), 1),
        )


def _changes(name: str, evidence: Sequence[CodedStatement]) -> tuple[Change, ...]:
    """Arvenia holds whatever is added; the United Isles hang on one letter."""
    if name == "Arvenia":
        ledger = tuple(coded.id for coded in evidence if coded.origin.key == "evening ledger")
        label = "Evening Ledger"
        return (
            Change(kind=ChangeKind.WITHOUT, value=11.0, std_error=9.0, statements=ledger, origin=label),
            Change(kind=ChangeKind.FOR, value=15.0, std_error=9.4, added=1),
            Change(kind=ChangeKind.FOR, value=38.2, std_error=16.0, added=5),
        )
    if name == "United Isles":
        only = tuple(coded.id for coded in evidence)
        label = evidence[0].origin.label
        return (
            Change(kind=ChangeKind.WITHOUT, value=None, std_error=None, statements=only, origin=label),
            Change(kind=ChangeKind.AGAINST, value=38.0, std_error=17.0, added=1, crosses=True),
        )
    return ()


def _course(position: Position) -> tuple[Position, ...]:
    """It leaned for it, then said so outright."""
    steps = (("2031-04", 58.0, 24.0), ("2031-05-01", 61.0, 20.0), ("2031-05-02", position.value, position.std_error))
    return tuple(
        replace(position, value=value, std_error=error, as_of=PartialDate(when), contributions=())
        for when, value, error in steps
    )


def _shifts(evidence: Sequence[CodedStatement]) -> tuple[Shift, ...]:
    return (
        Shift(
            actor_id=actor_id("Boresia"),
            on=PartialDate("2031-05-02"),
            before=61.0,
            after=93.0,
            std_error=12.0,
            statements=tuple(StatementId(coded.id) for coded in evidence),
        ),
    )


def _parties(statements: Sequence[CodedStatement]) -> tuple[Party, ...]:
    known = {"Arvenia": (6, 5.0), "Boresia": (93, 7.0), "United Isles": (64, 14.0)}
    members = [
        party(
            name, Standing.MEMBER, statements, value=known.get(name, (None, 0))[0], error=known.get(name, (None, 8))[1]
        )
        for name in MEMBERS
    ]
    return (
        *members,
        party("Northern Compact", Standing.SECRETARIAT, statements, value=58, error=22),
        party("Estmark", Standing.PARTNER, statements, value=91, error=9),
        party("Dravia", Standing.OUTSIDE, statements, value=7, error=7),
        party("expert: former harbour master", Standing.COMMENTATOR, statements, value=12, error=20),
        party("expert: Strand Institute", Standing.COMMENTATOR, statements, value=61, error=24),
    )


def forecast(**changes: object) -> Forecast:
    """Blocked by Arvenia; any field may be given another value."""
    blocked = Forecast(
        model="draws",
        outcome=Outcome.BLOCKED,
        probability=0.9731,
        probability_adopted=0.0269,
        blockers=(
            Blocker(
                actor_id=actor_id("Arvenia"),
                probability=0.97,
                alone=True,
                consents_up_to=24.0,
                consents=(
                    Consent(way=Way.ABSTAIN, points=0.0, to=100.0, loss=61.0),
                    Consent(way=Way.MOVE, points=76.0, to=24.0, loss=0.0),
                ),
            ),
            Blocker(actor_id=actor_id("United Isles"), probability=0.11, alone=True, consents_up_to=88.0),
        ),
        unknown=tuple(actor_id(name) for name in MEMBERS[3:]),
        rungs=(
            RungSupport(option=Option(label="status quo", value=0), objectors=(), probability=1.0),
            RungSupport(option=ISSUE.options[0], objectors=(), probability=0.83),
            RungSupport(option=ISSUE.options[1], objectors=(actor_id("Arvenia"),), probability=0.06),
            RungSupport(
                option=Option(label=ISSUE.proposal, value=100), objectors=(actor_id("Arvenia"),), probability=0.0269
            ),
        ),
        adopted_range=(0.0269, 0.0269),
        winset=(0.0, 24.0),
        core=None,
        hinges=(
            Hinge(
                actor_id=actor_id("Arvenia"),
                objects=0.97,
                adopted_if_yes=0.88,
                adopted_if_no=0.0001,
                rank=1,
                adopted_after=0.88,
                flips=True,
            ),
            Hinge(
                actor_id=actor_id("United Isles"),
                objects=0.11,
                adopted_if_yes=0.031,
                adopted_if_no=0.0001,
                rank=2,
                adopted_after=0.99,
                flips=False,
            ),
        ),
        concessions=(
            Concession(chance=0.5, value=25.0, points=75.0, rung=ISSUE.options[0].label),
            Concession(chance=0.8, value=16.0, points=84.0, rung=None),
            Concession(chance=0.95, value=0.0, points=100.0, rung=None),
        ),
        predictions=(
            Prediction(model="compromise", value=54.3, low=49.0, high=59.0, passes=0.03),
            Prediction(model="median", value=64.0, low=46.0, high=82.0, passes=0.02),
        ),
        outlook=Outlook(
            model="smoothed-median",
            value=52.0,
            low=24.0,
            high=81.0,
            nominal=0.8,
            coverage=0.81,
            decisions=120,
            group="unanimity",
            borrowed=True,
            note="No decision under such a rule was among them, so its error there is not known.",
            error=22.0,
            error_of_midpoint=28.0,
        ),
        assumptions=(
            Assumption(
                name="silent members do not object",
                text="Members with nothing on record are taken not to object",
                otherwise="each objects as often as the members on record",
                adopted_if_held=0.027,
                adopted_otherwise=0.004,
            ),
        ),
        draws=20_000,
        seed=0,
        run_id=RunId("0123456789abcdef"),
    )
    return replace(blocked, **changes)  # type: ignore[arg-type] # field names are the caller's


def compact_brief() -> Brief:
    """Nine members, three on record, one against; partners, an outside power, commentators."""
    statements = _statements()
    credited = _credits(statements)
    return Brief(
        issue=ISSUE,
        body=BODY,
        rule_name="consensus under a silence procedure",
        rule_source="CompactTreaty2004",
        forecast=forecast(),
        parties=_parties(statements),
        statements=statements,
        documents=DOCUMENTS,
        rejected=(
            Rejected(name="annex.pdf", reason="annex.pdf wants a password: save it without one", kind="Encrypted"),
        ),
        duplicates=(Duplicate(name="digest-copy.md", document_id=DIGEST.id, of=DIGEST.id, similarity=0.94),),
        credits=credited,
        lineage=_lineage(credited),
        shared=_shared(statements),
        discrepancies=_discrepancies(),
        precedents=_precedents(),
        questions=_questions(statements),
        events=_events(),
        refused_spans=2,
        how_made=HowMade(
            winset_version="0.1.0",
            methods=(
                ("statements", "quotation-marks"),
                ("statements", "cues"),
                ("stance", "lexicon"),
                ("model", "draws"),
            ),
            seed=0,
            draws=20_000,
            generated_at="2031-05-10T08:00:00Z",
            seconds=1.234,
            command='winset brief docs --proposal "Station a permanent survey mission in Port Calder" --body compact',
        ),
    )


def words(document: Document, exact: str) -> Anchor:
    """Where these words first stand."""
    start = document.text.index(exact)
    return anchor(document, start, start + len(exact))


def _credits(statements: Sequence[CodedStatement]) -> tuple[Credit, ...]:
    return (
        Credit(
            document_id=COURIER.id,
            origin="Evening Ledger",
            kind="medium",
            anchor=words(COURIER, "a note seen by the Evening Ledger"),
            statement_ids=(statements[3].id,),
        ),
        Credit(
            document_id=DIGEST.id,
            origin="Evening Ledger",
            kind="medium",
            anchor=words(DIGEST, "According to the Evening Ledger"),
            dated=PartialDate("2031-04-28"),
            url="https://ledger.invalid/note",
            statement_ids=(statements[14].id, statements[15].id),
        ),
        Credit(
            document_id=COURIER.id,
            origin="briefing of Thursday",
            kind="occasion",
            anchor=words(COURIER, "told reporters on Thursday"),
            statement_ids=(statements[2].id,),
        ),
        Credit(
            document_id=DIGEST.id,
            origin="Harbour Courier",
            kind="medium",
            anchor=words(DIGEST, "the Courier wrote"),
        ),
    )


def _works(credits: Sequence[Credit]) -> tuple[Work, ...]:  # noqa: A002 - the field's word
    return (
        Work(name="Evening Ledger, 28 April 2031", kind="medium", medium="Evening Ledger", credits=tuple(credits[:2])),
        Work(name="briefing of Thursday", kind="occasion", credits=(credits[2],)),
        Work(name="Harbour Courier", kind="medium", document_id=COURIER.id, credits=(credits[3],)),
    )


def _lineage(credits: Sequence[Credit]) -> Lineage:  # noqa: A002 - the field's word
    works = _works(credits)
    credited = [
        Arrow(document_id=credit.document_id, to=work.key, how="credits", anchors=(credit.anchor,))
        for work in works
        for credit in work.credits
    ]
    back = Arrow(
        document_id=COURIER.id, to=f"document:{DIGEST.id}", how="retells", anchors=(words(COURIER, "It would be"),)
    )
    copied = Arrow(document_id=DIGEST.id, to=f"document:{LEDGER.id}", how="copies", anchors=())
    return Lineage(works=works, arrows=(*credited, back, copied), cycles=((COURIER.id, DIGEST.id),))


def _shared(statements: Sequence[CodedStatement]) -> tuple[SharedClaim, ...]:
    note, told = _works(_credits(statements))[0], [statements[n].statement for n in (3, 14, 15)]
    return (
        SharedClaim(
            statement_ids=tuple(each.id for each in told),
            document_ids=(COURIER.id, DIGEST.id),
            words=words(DIGEST, 'Arvenia "opposes the mission"'),
            origins=(note.key,),
            labels=(note.name,),
            said_on=PartialDate("2031-04-28"),
            ties=(Tie(first=told[0].id, second=told[1].id, why="report", strength=0.9),),
        ),
        SharedClaim(
            statement_ids=(statements[9].id, statements[10].id),
            document_ids=(LEDGER.id, COURIER.id, DIGEST.id),
            words=words(LEDGER, "planting flags outside its own waters"),
            origins=(f"document:{LEDGER.id}", f"document:{DIGEST.id}"),
            labels=("own reporting of Evening Ledger", "own reporting of Coastwatch"),
            quoted=(words(COURIER, "and for nothing south of it"),),
        ),
    )


def _discrepancies() -> tuple[Discrepancy, ...]:
    def telling(document: Document, exact: str, value: str) -> Telling:
        return Telling(value=value, anchor=words(document, exact))

    return (
        Discrepancy(
            kind=DiscrepancyKind.REFERENCE,
            about="note seen by the Evening Ledger",
            tellings=(telling(COURIER, "a note seen by the Evening Ledger", MISSING),),
            why="The note is nowhere among the references.",
        ),
        Discrepancy(
            kind=DiscrepancyKind.FIRST,
            about="first mission on that coast",
            tellings=(
                telling(COURIER, "It would be the first mission of its kind on that coast", "the first"),
                telling(DIGEST, "It would not be the first mission on that coast", "not the first"),
            ),
            right=1,
            why="An office in Tarrow is named, which opened in 2011.",
            confidence=0.8,
        ),
        Discrepancy(
            kind=DiscrepancyKind.DATE,
            about="when the president spoke",
            tellings=(
                telling(COURIER, "told reporters on Thursday", "1 May 2031"),
                telling(DIGEST, "The president spoke on 30 April 2031", "30 April 2031"),
            ),
            why="Nothing else dates it.",
            confidence=0.7,
        ),
    )


def _precedents() -> tuple[Precedent, ...]:
    return (
        Precedent(
            kind="harbour office",
            place="Tarrow",
            since="2011",
            until="2016",
            fate="shut for want of ships",
            anchors=(
                words(COURIER, "The Compact kept a harbour office in Tarrow from 2011 to 2016"),
                words(DIGEST, "an office in Tarrow opened in 2011"),
            ),
        ),
    )


def _questions(statements: Sequence[CodedStatement]) -> tuple[Question, ...]:
    said_so = words(LEDGER, "argued that the members would find a form of words")
    return (
        Question(
            document_id=COURIER.id,
            anchor=words(COURIER, "Can nine members agree on anything before May is out?"),
            passages=(Passage(anchor=said_so, score=0.71, statement_id=statements[13].id),),
        ),
        Question(document_id=DIGEST.id, anchor=words(DIGEST, "Who will pay for the ships?")),
    )


def _events() -> tuple[Event, ...]:
    def event(document: Document, words: str, when: str, kind: str, *, planned: bool = False) -> Event:
        start = document.text.index(words)
        return Event(
            date=PartialDate(when),
            anchor=anchor(document, start, start + len(words)),
            document_id=document.id,
            kind=kind,
            planned=planned,
        )

    told = event(
        COURIER,
        'The Arvenian president told reporters on Thursday that a standing mission "would be a grave mistake"',
        "2031-05-01",
        "statement",
    )
    return (
        event(LEDGER, "Inside the note that split the Compact", "2031-04-28", "publication"),
        event(COURIER, "Arvenia digs in over the Calder mission", "2031-05-02", "publication"),
        replace(
            told,
            passages=(
                DatedPassage(date=told.date, anchor=told.anchor),
                DatedPassage(
                    date=PartialDate("2031-04-30"), anchor=words(DIGEST, "The president spoke on 30 April 2031")
                ),
            ),
            spread=(PartialDate("2031-04-30"), PartialDate("2031-05-01")),
        ),
        event(
            COURIER, "The survey ships will sail in August 2031 whatever is decided", "2031-08", "mention", planned=True
        ),
        event(DIGEST, "Boresia also signed a fisheries accord in 2029", "2029", "mention"),
    )


def assumed_brief() -> Brief:
    """A model was given a prior for who says nothing: Kesh, and Strand Institute without a vote."""
    full = compact_brief()

    def assumed(entry: Party) -> Party:
        if entry.name not in {"Kesh", "expert: Strand Institute"}:
            return entry
        position = Position(
            actor_id=entry.actor_id,
            issue_id=ISSUE.id,
            value=50,
            std_error=40,
            salience=0.5,
            as_of=ISSUE.on,
            evidence=(),
            assumed="prior: anywhere on the scale",
        )
        return replace(entry, position=position)

    return replace(full, parties=tuple(map(assumed, full.parties)), as_of=PartialDate("2031-05-10"))


def empty_brief() -> Brief:
    """Documents that say nothing on the proposal, and a body of which nobody is on record."""
    full = compact_brief()
    parties = tuple(
        replace(entry, position=None, statements=()) for entry in full.parties if entry.standing is Standing.MEMBER
    )
    return replace(
        full,
        forecast=forecast(
            outcome=Outcome.PENDING,
            probability=0.51,
            probability_adopted=0.49,
            blockers=(),
            unknown=tuple(entry.actor_id for entry in parties),
            rungs=(),
            winset=None,
            assumptions=(),
        ),
        parties=parties,
        statements=(),
        rejected=(),
        duplicates=(),
        credits=(),
        events=(),
        lineage=Lineage(works=(), arrows=()),
        shared=(),
        discrepancies=(),
        precedents=(),
        questions=(),
        refused_spans=0,
    )


def many_brief(number: int = 200) -> Brief:
    """The same case with one long minute in which `number` statements are made."""
    full = compact_brief()
    sentences = [
        f'Speaker {i} of Boresia said that point {i} of the mission "stands as written".' for i in range(number)
    ]
    minute = Document(
        name="minute.txt",
        title="Minute of the long meeting",
        text="\n\n".join(sentences) + "\n",
        published=PartialDate("2031-05-06"),
    )
    more = tuple(
        said(
            minute,
            f"Speaker {i} of Boresia",
            "said",
            [f'that point {i} of the mission "stands as written"'],
            represents="Boresia",
            standing=Standing.MEMBER,
            direction=FOR,
            relevance=0.9 if i % 2 else 0.1,
            form=Form.MIXED,
        )
        for i in range(number)
    )
    statements = (*full.statements, *more)
    return replace(full, documents=(*full.documents, minute), statements=statements, parties=_parties(statements))


def hostile_brief() -> Brief:
    """Markup wherever a stranger's words can stand: text, title, names, reasons, addresses, commands."""
    full = compact_brief()
    attack = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    bad = Document(
        name=f"a{attack}.txt",
        title=f"T{attack}",
        publisher=f"P{attack}",
        authors=(f"W{attack}",),
        source_url="javascript:document.title='owned'",
        text=f'Before {attack} the minister said "{attack}" <!-- ]]> & &amp; \x00 \u202e back after.\n',
    )
    hostile = said(
        bad,
        "the minister",
        "said",
        [attack],
        represents="Arvenia",
        standing=Standing.MEMBER,
        direction=AGAINST,
        form=Form.DIRECT,
        origin=attack,
        speaker=f"S{attack}",
        coder=f"machine: {attack}",
    )
    statements = (*full.statements, hostile)
    parties = tuple(
        replace(entry, name=f"Arvenia {attack}", statements=(*entry.statements, hostile.id))
        if entry.name == "Arvenia"
        else entry
        for entry in full.parties
    )
    place = anchor(bad, 0, 30)
    credit = Credit(document_id=bad.id, origin=attack, kind="link", anchor=place, url="javascript:alert(1)")
    work = Work(name=attack, kind="link", title=attack, url="javascript:alert(1)", credits=(credit,))
    return replace(
        full,
        issue=replace(
            full.issue, proposal=f"Open {attack} `code` [x](javascript:1)", options=(Option(label=attack, value=20),)
        ),
        body=replace(full.body, name=f"Council {attack}"),
        rule_name=f"rule {attack}",
        parties=parties,
        statements=statements,
        documents=(*full.documents, bad),
        rejected=(Rejected(name=attack, reason=attack, kind=attack),),
        credits=(credit,),
        lineage=Lineage(
            works=(work,),
            arrows=(
                Arrow(document_id=bad.id, to=work.key, how="credits", anchors=(place,)),
                Arrow(document_id=bad.id, to=f"document:{LEDGER.id}", how="copies", anchors=()),
                Arrow(document_id=LEDGER.id, to=f"document:{bad.id}", how="retells", anchors=()),
            ),
            cycles=((bad.id, LEDGER.id),),
            self_citations=(Arrow(document_id=bad.id, to=f"document:{bad.id}", how="credits", anchors=(place,)),),
        ),
        shared=(
            SharedClaim(
                statement_ids=(statements[0].id, hostile.id),
                document_ids=(LEDGER.id, bad.id),
                words=place,
                origins=(work.key,),
                labels=(attack,),
            ),
        ),
        discrepancies=(
            Discrepancy(
                kind=DiscrepancyKind.QUOTATION,
                about=attack,
                tellings=(Telling(value=attack, anchor=place), Telling(value=MISSING, anchor=place)),
                why=attack,
            ),
        ),
        events=(
            Event(date=PartialDate("2031"), anchor=place, document_id=bad.id, kind=attack, planned=True, ongoing=True),
        ),
        precedents=(Precedent(kind=attack, place=attack, since=attack, fate=attack, detail=attack, anchors=(place,)),),
        questions=(
            Question(document_id=bad.id, anchor=place, passages=(Passage(anchor=place, score=1.0),)),
            Question(document_id=bad.id, anchor=anchor(bad, 2, 40)),
        ),
        how_made=replace(full.how_made, command=attack),
    )
