"""Case: what is to be decided, what the documents say of it, where everybody stands; worked out when asked for."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from winset.api.tables import SHOWN_AT_ONCE, Row, Table, sheet_rows
from winset.errors import BadCase, UnknownName

if TYPE_CHECKING:
    import os
    from datetime import date

    from winset.actors.additions import Addition
    from winset.api.asking import Answer
    from winset.api.briefs import Brief
    from winset.api.networks import Network
    from winset.api.standing import Position
    from winset.api.words import Document, Statement, Words
    from winset.brief.page import Page
    from winset.brief.types import Brief as Composed
    from winset.brief.types import CodedStatement
    from winset.corpus.types import Document as ReadText
    from winset.exchange.position_cases import Question
    from winset.exchange.registry_files import RegistryText
    from winset.ids import PartialDate
    from winset.issues import CaseSpec, Issue
    from winset.pipeline.estimating import Estimated
    from winset.pipeline.material import Material
    from winset.store.case_store import CaseStore

STATEMENTS_SHOWN = ("represents", "speaker", "content", "stance", "said_on", "document")
POSITIONS_SHOWN = ("actor", "votes", "position", "std_error", "stands", "origins")
DOCUMENTS_SHOWN = ("title", "publisher", "published", "language", "characters", "statements", "name")
DISCREPANCIES_SHOWN = ("kind", "about", "telling", "value", "exact", "borne_out")
TIMELINE_SHOWN = ("date", "until", "planned", "exact")
ORIGINS = {
    "origin": "where it comes from in the end: an outside source, or a document's own reporting",
    "origin_id": "",
    "statements": "that rest on it, about the proposal",
    "other": "statements that rest on it, about other things",
    "documents": "titles, else names, of the documents that tell them",
    "actors": "whose statements they are",
    "evidence": "ids of the statements about the proposal",
}
SOURCES = {
    "source": "an outside source that documents lean on",
    "source_id": "",
    "kind": "medium, document, reference, link, occasion or person",
    "dated": "YYYY, YYYY-MM or YYYY-MM-DD, as told",
    "title": "",
    "url": "",
    "documents": "titles, else names, of the documents that lean on it",
    "credits": "passages that name it",
}
OVER_TIME = {
    "actor": "",
    "actor_id": "",
    "as_of": "a day on which it said something for or against",
    "position": "from all that was on record that day; 0-100, issue scale",
    "std_error": "same scale",
    "low_90": "of the 90% interval",
    "high_90": "",
    "evidence": "ids of the statements behind it",
}
MEMBERS_SHOWN = 250  # rows of positions in a notebook: who is silent takes one line
BARS = 12  # of positions that a case shows by itself


@dataclass(frozen=True, kw_only=True)  # no slots: what is worked out is kept
class Source:
    """Where a case comes from: documents that were read, or the place where it is kept."""

    name: str
    spec: CaseSpec
    read: Material | None = None  # of documents; None: kept
    place: str | None = None  # of a kept case
    documents: int = 0  # of a kept case
    statements: int = 0  # of a kept case
    arguments: tuple[str, ...] = ()  # that ask the command line for the same
    registries: tuple[RegistryText, ...] = ()

    @property
    def is_large(self) -> bool:
        """Whether it is read in portions only."""
        from winset.pipeline.kept_cases import WHOLE

        return self.read is None and self.statements > WHOLE

    @cached_property
    def material(self) -> Material:
        """All that it holds.  Raises BadCase for a case too large for that."""
        from winset.pipeline.kept_cases import WHOLE, kept_material

        if self.read is not None:
            return self.read
        if self.is_large:
            raise BadCase(
                f"{self.name}: {self.statements:,} statements, too many to be worked out whole (up to {WHOLE:,}): take"
                " .documents, .statements or .positions in batches, or open it with `winset serve`"
            )
        with self.opened() as store:
            return kept_material(store)

    def opened(self) -> CaseStore:
        """The kept case.  Raises what `CaseStore.open` does."""
        from winset.store.case_store import CaseStore

        assert self.place is not None  # noqa: S101 - only kept cases are opened
        return CaseStore.open(self.place)

    @cached_property
    def additions(self) -> tuple[Addition, ...]:
        """The user's own registries."""
        if not self.is_large:
            return self.material.additions
        from winset.pipeline.registries import own_registries

        with self.opened() as store:
            return own_registries(store)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)  # no slots: what is worked out is kept
class Case:
    """A case as `read` and `case` give it: a snapshot; what others add meanwhile is there when it is read again."""

    source: Source
    estimator: str
    on_record: PartialDate | None = None  # only what was said by then counts; None: everything

    @property
    def name(self) -> str:
        """Where it comes from: a path, or an address without a password."""
        return self.source.name

    @property
    def issue(self) -> Issue:
        """What is to be decided: proposal, body, rule, day, and the scale with its options."""
        return self.source.spec.issue

    def as_of(self, day: date | str) -> Case:
        """The same case as it was on record that day: "2023-06-30", "2023-06", "2023".  Raises BadDate."""
        from winset.api.days import partial

        return replace(self, on_record=partial(day))

    # -- tables

    @property
    def documents(self) -> Table:
        """A row for each document."""
        return self._sheet("documents", DOCUMENTS_SHOWN)

    @property
    def statements(self) -> Table:
        """Who said what, word for word: a row for each statement, in the order of the documents."""
        return self._sheet("statements", STATEMENTS_SHOWN)

    @property
    def positions(self) -> Table:
        """Where everyone stands, who is on record first; nothing on record is an empty position, never the middle."""
        return self._sheet("positions", POSITIONS_SHOWN)

    @property
    def contributions(self) -> Table:
        """What moved each position, and by how much: a row for each statement that counts."""
        return self._sheet("contributions")

    @property
    def discrepancies(self) -> Table:
        """What is told differently: a row for each telling, those of one discrepancy share `id`."""
        return self._sheet("discrepancies", DISCREPANCIES_SHOWN)

    @property
    def timeline(self) -> Table:
        """What happened when: a row for each passage, by date; those of one event share `event_id`."""
        return self._sheet("timeline", TIMELINE_SHOWN)

    @property
    def rejected(self) -> Table:
        """What could not be read, and why."""
        return self._sheet("refused")

    @cached_property
    def origins(self) -> Table:
        """What the statements rest on in the end, most about the proposal first: ten articles on one report are one."""
        from winset.brief.index import relevant
        from winset.brief.wording import shown

        index, found = self._page.index, dict[str, list["CodedStatement"]]()
        for coded in self._composed.statements:
            found.setdefault(coded.origin.key, []).append(coded)
        owner = {id: shown(party.name) for party in self._composed.parties for id in party.statements}
        rows: list[Row] = []
        for key, told in found.items():
            about = [each for each in told if relevant(each)]
            rows.append(
                {
                    "origin": told[0].origin.label,
                    "origin_id": key,
                    "statements": len(about),
                    "other": len(told) - len(about),
                    "documents": _once(index.title(each.statement.document_id) for each in told),
                    "actors": _once(owner[each.id] for each in told if each.id in owner),
                    "evidence": [str(each.id) for each in about],
                }
            )
        rows.sort(key=lambda row: (-row["statements"], -row["other"], row["origin"], row["origin_id"]))
        about_it = "What statements rest on in the end, each origin once."
        shown_columns = ("origin", "statements", "other", "documents", "actors")
        return Table.of(
            "origins", rows, about=about_it, columns=ORIGINS, shown=shown_columns, opener=self._evidence_words
        )

    @cached_property
    def sources(self) -> Table:
        """The outside sources that the documents lean on, most leaned on first."""
        index = self._page.index
        works = self._composed.lineage.works
        rows = [
            {
                "source": work.name,
                "source_id": work.key,
                "kind": str(work.kind),
                "dated": work.dated.text if work.dated else None,
                "title": work.title,
                "url": work.url,
                "documents": [index.title(id) for id in work.document_ids],
                "credits": len(work.credits),
            }
            for work in works
        ]
        anchors = {work.key: [credit.anchor for credit in work.credits] for work in works}

        def credited(row: Row) -> tuple[Words, ...]:
            return tuple(
                self._at(each.document_id, each.start, each.end, "source") for each in anchors[row["source_id"]]
            )

        return Table.of(
            "sources",
            rows,
            about="Outside sources that documents lean on.",
            columns=SOURCES,
            shown=("source", "kind", "dated", "documents", "credits"),
            opener=credited,
        )

    @cached_property
    def over_time(self) -> Table:
        """Each actor's position on every day on which it said something for or against."""
        from winset.brief.account import interval
        from winset.positions.movement import course

        found = self._estimated
        rows = []
        for each in course(found.evidence, issue=self.issue, method=self.estimator, as_of=self.on_record):
            low, high = interval(each)
            rows.append(
                {
                    "actor": found.names[each.actor_id],
                    "actor_id": str(each.actor_id),
                    "as_of": each.as_of.text,
                    "position": each.value,
                    "std_error": each.std_error,
                    "low_90": round(low, 1),
                    "high_90": round(high, 1),
                    "evidence": [str(id) for id in each.evidence],
                }
            )
        return Table.of(
            "over_time",
            rows,
            about="Positions day by day.",
            columns=OVER_TIME,
            shown=tuple(OVER_TIME)[:1] + tuple(OVER_TIME)[2:-1],
            opener=self._evidence_words,
        )

    def table(self, name: str) -> Table:
        """Any table that `winset tables` writes, by its name: "forecast", "codes", "changes" and others too.

        Raises UnknownName.
        """
        from winset.exchange.position_cases import nearest
        from winset.exchange.tables import NAMES

        own = ("origins", "sources", "over_time")
        if name in own:
            found = getattr(self, name)
            assert isinstance(found, Table)  # noqa: S101 - each of them is one
            return found
        if name not in NAMES:
            raise UnknownName(f"no table {name!r}: {nearest(name, [*NAMES, *own])}")
        return self._sheet(name)

    # -- one thing

    def statement(self, id: str | int) -> Statement:
        """A statement with its exact words, by its id or by the number under which the brief cites it.

        Raises UnknownName.
        """
        from winset.api.words import statement_of

        if self.source.is_large:
            return self._large_statement(id)
        key = self._numbers.get(id) if isinstance(id, int) else str(id)
        row, coded = self._rows.get(key or ""), self._coded.get(key or "")
        if row is None or coded is None:
            raise UnknownName(f"no statement {id!r} in {self.name}: take an id of case.statements")
        return statement_of(coded.statement, self._texts[coded.statement.document_id], row)

    def document(self, name: str) -> Document:
        """A document with its text and its statements, by id, name or title.  Raises UnknownName."""
        from winset.api.words import Document
        from winset.exchange.position_cases import nearest

        if self.source.is_large:
            raise BadCase(f"{self.name}: too large to be searched by name: open it with `winset serve`")
        wanted = name.strip().casefold()
        for each in self.source.material.documents:
            label = each.name.replace("\\", "/").rpartition("/")[2]
            if wanted in (each.id, each.name.casefold(), label.casefold(), (each.title or "").casefold()):
                return Document(
                    id=str(each.id),
                    name=each.name,
                    title=each.title,
                    publisher=each.publisher,
                    published=each.published.text if each.published else None,
                    language=each.language,
                    text=each.text,
                    statements=self.statements.where(document_id=str(each.id)),
                )
        names = [each.title or each.name for each in self.source.material.documents]
        raise UnknownName(f"no document {name!r}: {nearest(name, names) if names else 'the case holds none'}")

    def position(self, actor: str) -> Position:
        """Where an actor stands and by which words, by its name or id.  Raises UnknownName."""
        from winset.api.standing import position_of
        from winset.brief.wording import shown
        from winset.exchange.position_cases import nearest

        wanted, names = actor.strip().casefold(), []
        for row in self.positions:
            names += [row["actor"]]
            if wanted in (str(row["actor_id"]).casefold(), row["actor"].casefold(), shown(row["actor"]).casefold()):
                return position_of(row, self._statements_of)
        raise UnknownName(f"no actor {actor!r}: {nearest(actor, names) if names else 'nobody votes and nobody spoke'}")

    @property
    def _statement_ids(self) -> Container[str]:
        """The ids of its statements, to be looked in; of a large case none."""
        return () if self.source.is_large else self._rows.keys()

    # -- what follows

    def brief(self, *, draws: int = 20_000, seed: int = 0) -> Brief:
        """The brief: the answer in sentences that cite.  draws, seed: of the forecast.

        Raises BadCase for a case without a document, or too large to be worked out whole.
        """
        from winset.api.briefs import Brief
        from winset.pipeline.defaults import DRAWS, SEED

        if not self.source.material.documents:
            raise BadCase(f"{self.name}: holds no document yet: add some with `winset add CASE DOCS...`")
        drawn = (draws, seed) == (DRAWS, SEED)
        return Brief(held=self._composed if drawn else self._compose(draws, seed))

    def network(
        self,
        *,
        kind: str = "congruence",
        normalise: str = "none",
        duplicates: str = "origin",
        window: int | None = None,
    ) -> Network:
        """Who agrees with whom; see `winset.network`."""
        from winset.api.networks import network

        return network(self, kind=kind, normalise=normalise, duplicates=duplicates, window=window)

    def ask(self, question: str, *, top: int = 5) -> Answer:
        """The passages that answer a question best, word for word; or that nothing here does.

        Raises BadQuestion, BadCase where there is no document.
        """
        from winset.api.asking import answer

        return answer(self.source, question, top=top)

    def keep(self, place: str | os.PathLike[str]) -> Case:
        """Keep a case that was made of documents: "tokyo.winset", or an address of a server.

        Raises BadCase for one that is kept already, CaseExists, CannotWrite, NoServer.
        """
        from winset.api.opening import kept

        return kept(self, place)

    # -- how it shows

    def __repr__(self) -> str:
        issue = self.issue
        by = f", as of {self.on_record.text}" if self.on_record else ""
        return f"<Case “{issue.proposal}” before {issue.body} on {issue.on}, by {issue.rule}: {self._size()}{by}>"

    def _repr_html_(self) -> str:
        from winset.api import html
        from winset.api.standing import figure
        from winset.brief.account import interval
        from winset.brief.index import stand
        from winset.brief.wording import shown

        issue = self.issue
        facts = f"before {issue.body} on {issue.on}, by {issue.rule}; {self._size()}"
        head = f'<p class="big"><b>{html.safe(issue.proposal)}</b></p><p>{html.safe(facts)}</p>'
        if self.source.is_large:
            return html.framed(head, f"<p>{html.muted('Large: its tables are read in batches.')}</p>")
        found = self._estimated
        rows = []
        known = sorted(
            found.positions, key=lambda each: (each.actor_id not in found.members, found.names[each.actor_id])
        )
        for each in known[:BARS]:
            low, high = interval(each)
            side = stand(each, issue).value
            vote = "" if each.actor_id in found.members else f" {html.muted('no vote')}"
            rows.append(
                (
                    f"{html.safe(shown(found.names[each.actor_id]))}{vote}",
                    html.bar(each.value, low, high, stands=side),
                    html.safe(figure(each.value, each.std_error)),
                    html.safe(side),
                )
            )
        table = html.table(("on record", "position, 0–100", "", "stands"), rows) if rows else ""
        silent = len(set(found.members) - {each.actor_id for each in found.positions})
        more = f"{len(known) - BARS} more on record; " if len(known) > BARS else ""
        members = f"{silent} of {len(found.members)} members have nothing on record" if silent else ""
        note = f"<p>{html.muted(more + members)}</p>" if more or members else ""
        return html.framed(head, table, note, self._refused())

    def _refused(self) -> str:
        from winset.api import html

        rejected = self.source.material.rejected
        if not rejected:
            return ""
        listed = "; ".join(f"{each.name}: {each.reason}" for each in rejected[:3])
        return f"<p>{html.muted(f'{len(rejected)} could not be read: ')}{html.short(listed)}</p>"

    def _size(self) -> str:
        from winset.brief.wording import count

        source = self.source
        if source.read is None:
            documents, statements, refused = source.documents, source.statements, 0
        else:
            documents, refused = len(source.read.documents), len(source.read.rejected)
            statements = sum(len(coding.statements) for coding in source.read.codings)
        parts = [count(documents, "document"), count(statements, "statement")]
        return ", ".join([*parts, *([f"{refused} could not be read"] if refused else [])])

    # -- inside

    def _question(
        self, *, rule: str | None, on: date | str | None, cost_of_objecting: float, as_of: date | str | None
    ) -> Question:
        """What `decide` answers."""
        from winset.api.days import partial
        from winset.pipeline.deciding import question
        from winset.pipeline.estimating import estimated_as_of

        day = None if as_of is None else partial(as_of)
        if day is None or self.source.is_large:
            found = (self if day is None else self.as_of(day.text))._estimated
        else:
            found = estimated_as_of(self.source.spec, self._estimated, day, estimator=self.estimator)
        return question(
            self.source.spec,
            found,
            name=self.name,
            rule=rule,
            on=None if on is None else partial(on),
            cost_of_objecting=cost_of_objecting,
            additions=self.source.additions,
        )

    @cached_property
    def _estimated(self) -> Estimated:
        from winset.pipeline.estimating import estimated, estimated_from_columns

        if self.source.is_large:
            with self.source.opened() as store:
                return estimated_from_columns(store, estimator=self.estimator, as_of=self.on_record)
        return estimated(self.source.spec, self.source.material, estimator=self.estimator, as_of=self.on_record)

    def _compose(self, draws: int, seed: int) -> Composed:
        import shlex

        from winset.pipeline.brief import compose_brief
        from winset.pipeline.defaults import DRAWS, ESTIMATOR, SEED

        words = ["winset", "brief", *self.source.arguments]
        words += [] if self.estimator == ESTIMATOR else ["--estimator", self.estimator]
        words += ["--as-of", self.on_record.text] if self.on_record else []
        words += [] if (draws, seed) == (DRAWS, SEED) else ["--seed", str(seed), "--draws", str(draws)]
        return compose_brief(
            self.source.spec,
            self.source.material,
            draws=draws,
            seed=seed,
            command=shlex.join(words),
            estimator=self.estimator,
            as_of=self.on_record,
        )

    @cached_property
    def _composed(self) -> Composed:
        from winset.pipeline.defaults import DRAWS, SEED

        return self._compose(DRAWS, SEED)

    @cached_property
    def _page(self) -> Page:
        from winset.brief.page import Page

        return Page(self._composed)

    @cached_property
    def _sheets(self) -> Mapping[str, Table]:
        from winset.exchange.tables import sheets

        openers = {
            "statements": lambda row: self.statement(row["id"]).words,
            "positions": self._evidence_words,
            "blockers": self._evidence_words,
            "contributions": lambda row: self.statement(row["statement_id"]).words,
            "discrepancies": lambda row: (self._at(row["document_id"], row["start"], row["end"], "telling"),),
            "timeline": lambda row: (self._at(row["document_id"], row["start"], row["end"], "event"),),
        }
        found = {sheet.name: Table.of_sheet(sheet, opener=openers.get(sheet.name)) for sheet in sheets(self._composed)}
        dated = sorted(found["timeline"].rows, key=lambda row: (row["date"], row["until"] or ""))
        known = sorted(found["positions"].rows, key=lambda row: row["position"] is None)  # who is on record first
        names = {row["actor_id"]: row["actor"] for row in known}
        moved = found["contributions"]
        named = tuple({"actor": names.get(row["actor_id"]), **row} for row in moved.rows)
        return {
            **found,
            "timeline": replace(found["timeline"], rows=tuple(dated)),
            "positions": replace(found["positions"], rows=tuple(known)),
            "contributions": replace(moved, rows=named, columns={"actor": "", **moved.columns}),
        }

    def _sheet(self, name: str, shown: tuple[str, ...] = ()) -> Table:
        from winset.api.words import statement_rows

        def painted(rows: Sequence[Row]) -> str:
            return statement_rows(rows, lambda row: self.statement(row["id"]).words)

        painter = {"statements": painted, "positions": self._painted}.get(name)
        if self.source.is_large:
            return self._large_sheet(name, shown)
        if name in ("codes", "judgements", "changes"):
            return self._kept_sheet(name)
        most = MEMBERS_SHOWN if name == "positions" else SHOWN_AT_ONCE
        return replace(self._sheets[name], shown=shown, painter=painter, most=most)

    def _painted(self, rows: Sequence[Row]) -> str:
        from winset.api.standing import position_rows

        return position_rows(rows, self._statements_of)

    def _kept_sheet(self, name: str) -> Table:
        """A table of what people did; of a case that is not kept it is empty."""
        from winset.exchange.tables import CHANGES, CODES, JUDGEMENTS, NAMES, change_sheet, coding_sheets
        from winset.pipeline.people import held_rulings
        from winset.pipeline.tables import change_rows

        if self.source.place is None:
            columns = {"codes": CODES, "judgements": JUDGEMENTS, "changes": CHANGES}[name]
            return Table(name=name, about=NAMES[name], columns=columns)
        with self.source.opened() as store:
            if name == "changes":
                return Table.of_sheet(change_sheet(change_rows(store)))
            held = [each for every in held_rulings(store).values() for each in every]
            found = coding_sheets(store.rulings(), store.takes(), held, store.judgements())
            return next(Table.of_sheet(sheet) for sheet in found if sheet.name == name)

    def _large_sheet(self, name: str, shown: tuple[str, ...]) -> Table:
        """A table read row by row."""
        from winset.exchange.tables import DOCUMENTS, NAMES, POSITIONS, STATEMENTS
        from winset.pipeline.tables import kept_tables

        kinds = {"documents": DOCUMENTS, "statements": STATEMENTS, "positions": POSITIONS}
        if name in ("codes", "judgements", "changes"):
            return self._kept_sheet(name)
        if name not in kinds or self.on_record is not None:
            self.source.material  # noqa: B018 - refuses it
        source = self.source

        def rows() -> Iterator[Row]:
            with source.opened() as store:
                yield from next(sheet_rows(sheet) for sheet in kept_tables(store) if sheet.name == name)

        table = Table(name=name, about=NAMES[name], columns=kinds[name], shown=shown)
        if name == "positions":
            return replace(table, rows=tuple(rows()))
        number = source.documents if name == "documents" else self._counting
        opener = (lambda row: self.statement(row["id"]).words) if name == "statements" else None
        return replace(table, stream=rows, length=number, opener=opener)

    @cached_property
    def _counting(self) -> int:
        """How many statements of a large case count."""
        from winset.pipeline.tables import PAGE
        from winset.store.desk import Desk

        last = counted = 0
        with self.source.opened() as store:
            while found := Desk(store).documents(coder="", after=last, limit=PAGE):
                counted += sum(row.statements for row in found)
                last = found[-1].rank
        return counted

    def _large_statement(self, id: str | int) -> Statement:
        from winset.api.words import statement_of
        from winset.exchange.tables import STATEMENTS, large_sheets
        from winset.ids import EvidenceId, StatementId
        from winset.store.desk import Desk

        with self.source.opened() as store:
            desk = Desk(store)
            found = desk.row(StatementId(EvidenceId(str(id))), coder="")
            told = (found.document_name, found.statement, found.identification, found.stance)
            sheet = next(each for each in large_sheets((), (told,), ()) if each.columns is STATEMENTS)
            return statement_of(found.statement, desk.document(found.document_id), next(sheet_rows(sheet)))

    @cached_property
    def _rows(self) -> Mapping[str, Row]:
        return {row["id"]: row for row in self._sheets["statements"].rows}

    @cached_property
    def _coded(self) -> Mapping[str, CodedStatement]:
        return {str(coded.id): coded for coded in self._composed.statements}

    @cached_property
    def _numbers(self) -> Mapping[int, str]:
        return {number: str(id) for id, number in self._page.numbers.items()}

    @cached_property
    def _texts(self) -> Mapping[str, ReadText]:
        return {str(document.id): document for document in self.source.material.documents}

    def _statements_of(self, ids: Sequence[str]) -> Table:
        if self.source.is_large:
            return replace(self._large_sheet("statements", STATEMENTS_SHOWN), rows=(), stream=None, length=0)
        return replace(self.statements, rows=tuple(self._rows[id] for id in ids if id in self._rows))

    def _evidence_words(self, row: Row) -> tuple[Words, ...]:
        return tuple(part for id in row["evidence"] if id in self._rows for part in self.statement(id).words)

    def _at(self, document_id: str, start: int, end: int, role: str) -> Words:
        from winset.api.words import Words

        document = self._texts[document_id]
        return Words(
            document=document.title or document.name,
            document_id=document_id,
            start=start,
            end=end,
            role=role,
            text=document.text,
        )


def _once(names: Any) -> list[str]:
    return list(dict.fromkeys(names))
