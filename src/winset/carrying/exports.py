"""What a kept case can be written as. The list below is the table of contents of `winset export`."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from winset.carrying.projects import documents_of, project_of
from winset.errors import BadCase, CannotWrite
from winset.exchange.projects import LEFT_BEHIND, Project, counting
from winset.pipeline.kept_cases import WHOLE
from winset.registry import Family, method

if TYPE_CHECKING:
    from winset.actors.types import Actor
    from winset.exchange.decide_files import DecideFile
    from winset.exchange.references import Reference
    from winset.ids import ActorId
    from winset.positions.networks.types import Network
    from winset.store.case_store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What went into a file, and what did not."""

    wrote: tuple[tuple[str, int], ...]  # noun and number: ("document", 9), ("statement", 75)
    losses: tuple[str, ...]  # what the format cannot hold
    left_behind: tuple[str, ...] = ()  # what winset does not carry in any format of this kind


@method("dna", source="DNA3")
def export_dna(store: CaseStore, path: Path) -> Exported:
    """Discourse Network Analyzer 3 (.dna): documents, statements, actors, agreement, coders."""
    from winset.exchange.dna import LOSSES, write_dna

    return _project(store, lambda project: write_dna(project, path), LOSSES)


@method("refi-qda", source="REFI2019")
def export_qdpx(store: CaseStore, path: Path) -> Exported:
    """REFI-QDA project (.qdpx) for NVivo, MAXQDA, ATLAS.ti, Quirkos: sources, codes, selections, cases."""
    from winset.exchange.qda import LOSSES, write_qdpx

    return _project(store, lambda project: write_qdpx(project, path), LOSSES)


@method("web-annotation", source="W3CAnnotation2017")
def export_web_annotation(store: CaseStore, path: Path) -> Exported:
    """W3C Web Annotation (.jsonld): the words as text selectors with who said what."""
    from winset.exchange.web_annotation import LOSSES, write_web_annotation

    return _project(store, lambda project: write_web_annotation(project, path), LOSSES)


@method("csl-json", source="CSL102")
def export_csl(store: CaseStore, path: Path) -> Exported:
    """CSL-JSON (.csl.json): the documents as references, for Zotero and Pandoc."""
    from winset.exchange.csl_json import LOSSES, write_csl

    return _references(store, path, write_csl, LOSSES)


@method("bibtex", source="BibTeX1988")
def export_bibtex(store: CaseStore, path: Path) -> Exported:
    """BibTeX (.bib): the documents as references, for LaTeX and Zotero."""
    from winset.exchange.bibtex import LOSSES, write_bibtex

    return _references(store, path, write_bibtex, LOSSES)


@method("ris", source="RIS2001")
def export_ris(store: CaseStore, path: Path) -> Exported:
    """RIS (.ris): the documents as references, for EndNote, Citavi and Zotero."""
    from winset.exchange.ris import LOSSES, write_ris

    return _references(store, path, write_ris, LOSSES)


@method("followthemoney", source="FollowTheMoney4")
def export_ftm(store: CaseStore, path: Path) -> Exported:
    """FollowTheMoney entities (.ftm.json), one a line: actors, documents, statements, for Aleph and OpenSanctions."""
    from winset.exchange.ftm_entities import LOSSES, ONE_WAY, write_ftm

    project, seen = counting(project_of(store))
    with _text(path) as file:
        entities = write_ftm(project.documents, file, actor_of=_actors(store))
    return Exported(wrote=(("entity", entities), *_seen(seen)), losses=(*LOSSES, *ONE_WAY), left_behind=LEFT_BEHIND)


@method("plover", source="PLOVER2021")
def export_plover(store: CaseStore, path: Path) -> Exported:
    """PLOVER events (.plover.jsonl), one a line: who did what, for whoever works with event data."""
    from winset.exchange.plover_events import LOSSES, write_plover

    with _text(path) as file:
        coded = write_plover(project_of(store).documents, file, actor_of=_actors(store))
    left_out = tuple(f"{why}: {number}" for why, number in coded.left_out)
    return Exported(wrote=(("event", coded.events),), losses=(*LOSSES, *left_out))


@method("claim-review", source="ClaimReview")
def export_claim_reviews(store: CaseStore, path: Path) -> Exported:
    """schema.org ClaimReview (.claimreview.json): discrepancies that a person has settled, as fact checks."""
    from winset.exchange.claim_reviews import ONE_WAY, write_claim_reviews
    from winset.pipeline.kept_cases import kept_material
    from winset.pipeline.material import accounted
    from winset.pipeline.people import settlements

    if not settlements(store):
        with _text(path) as file:
            write_claim_reviews((), file)
        return Exported(wrote=(("review", 0),), losses=ONE_WAY)
    if store.counts()["statement"] > WHOLE:
        raise BadCase(f"{store.place}: over {WHOLE:,} statements: discrepancies are found in smaller cases")
    material = kept_material(store)
    documents = {document.id: document for document in material.documents}
    found = accounted(store.spec(), material).discrepancies
    settled = [(each, material.settled[each.id]) for each in found if each.id in material.settled]
    with _text(path) as file:
        count = write_claim_reviews(settled, file, document_of=documents.get)
    return Exported(wrote=(("review", count),), losses=ONE_WAY)


@method("graphml", source="GraphML2002")
def export_graphml(store: CaseStore, path: Path) -> Exported:
    """GraphML (.graphml): who agrees with whom as a network; `winset network` has settings."""
    from winset.exchange.network_files import graphml

    return _network(store, path, graphml)


@method("gexf", source="GEXF12")
def export_gexf(store: CaseStore, path: Path) -> Exported:
    """GEXF (.gexf): the same for Gephi; `winset network --step` writes one over time."""
    from winset.exchange.network_gexf import gexf

    return _network(store, path, lambda network: gexf([network]))


@method("decide", source="DEcide2019")
def export_decide(store: CaseStore, path: Path) -> Exported:
    """Input of decide-exchange-model: actors, the issue, who wants what with which power."""
    from winset.exchange.decide_files import write_decide

    found, left_out = _positions(store)
    with path.open("wb") as file:
        write_decide(found, file)
    return Exported(wrote=(("actor", len(found.power)),), losses=(*_POSITIONS_ALONE, *left_out))


@method("ktab", source="KTAB2015")
def export_ktab(store: CaseStore, path: Path) -> Exported:
    """Scenario of KTAB's spatial model of politics: actors with power, position and salience."""
    from winset.exchange.ktab_files import write_ktab

    found, left_out = _positions(store)
    with path.open("wb") as file:
        write_ktab(found, file, title=store.spec().issue.proposal)
    return Exported(wrote=(("actor", len(found.power)),), losses=(*_POSITIONS_ALONE, *left_out))


EXPORTS = Family(
    "export",
    [
        export_dna,
        export_qdpx,
        export_web_annotation,
        export_csl,
        export_bibtex,
        export_ris,
        export_ftm,
        export_plover,
        export_claim_reviews,
        export_graphml,
        export_gexf,
        export_decide,
        export_ktab,
    ],
)
SUFFIXES = {  # of file names by which a format is known; the longest that fits counts
    ".dna": "dna",
    ".qdpx": "refi-qda",
    ".jsonld": "web-annotation",
    ".csl.json": "csl-json",
    ".bib": "bibtex",
    ".ris": "ris",
    ".ftm.json": "followthemoney",
    ".plover.jsonl": "plover",
    ".claimreview.json": "claim-review",
    ".graphml": "graphml",
    ".gexf": "gexf",
}
_POSITIONS_ALONE = (
    "the words behind the positions, and how sure they are",
    "the rule, votes that no power tells, vetoes, the status quo",
)


def _project(store: CaseStore, write: Callable[[Project], object], losses: Iterable[str]) -> Exported:
    project, seen = counting(project_of(store))
    write(project)
    return Exported(wrote=_seen(seen), losses=tuple(map(str, losses)), left_behind=LEFT_BEHIND)


def _seen(seen: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return ("document", seen["documents"]), ("statement", seen["statements"])


def _actors(store: CaseStore) -> Callable[[ActorId], Actor | None]:
    """The actor of an id, as the case's registry knows it."""
    from winset.actors.registry import registry
    from winset.errors import UnknownName
    from winset.pipeline.registries import own_registries

    known = registry(own_registries(store))

    def actor_of(id: ActorId) -> Actor | None:
        try:
            return known.actor(id)
        except UnknownName:
            return None

    return actor_of


def _references(
    store: CaseStore, path: Path, write: Callable[[Iterable[Reference], TextIO], int], losses: Iterable[str]
) -> Exported:
    from winset.exchange.references import references_of

    with _text(path) as file:
        count = write(references_of(documents_of(store)), file)
    return Exported(wrote=(("reference", count),), losses=("the texts, and all that was said", *losses))


def _network(store: CaseStore, path: Path, written: Callable[[Network], str]) -> Exported:
    """Actors joined by what they agree on; of a large case actors and what they speak of, which grows less fast."""
    from winset.carrying.networks import large_discourse
    from winset.pipeline.kept_cases import kept_material
    from winset.pipeline.networks import read_discourse
    from winset.positions.networks.building import network
    from winset.positions.networks.kinds import Kind

    losses = ["the words behind each tie, of which the ids are there", "actors that nothing joins to a concept"]
    if store.counts()["statement"] > WHOLE:
        made = network(large_discourse(store), kind=Kind.TWO_MODE)
        losses.append(f"over {WHOLE:,} statements: who agrees with whom; actors stand beside what they speak of")
    else:
        made = network(read_discourse([(store.spec(), kept_material(store))]))
    with _text(path) as file:
        file.write(written(made))
    return Exported(
        wrote=(("actor", len(made.actors)), ("statement", len(made.referrals))),
        losses=tuple(losses),
    )


def _positions(store: CaseStore) -> tuple[DecideFile, tuple[str, ...]]:
    """Members with something on record, and in words who was left out.  Raises CannotWrite where there is none."""
    from winset.exchange.decide_files import DecideFile, Wish
    from winset.ids import SCALE_HIGH, SCALE_LOW
    from winset.pipeline.estimating import estimated, estimated_from_columns
    from winset.pipeline.kept_cases import kept_material
    from winset.pipeline.registries import own_registries
    from winset.pipeline.seats import seats_of

    spec = store.spec()
    large = store.counts()["statement"] > WHOLE
    found = estimated_from_columns(store) if large else estimated(spec, kept_material(store))
    seats = {seat.actor_id: seat for seat in seats_of(spec, own_registries(store))}
    issue = _plain(spec.issue.proposal)
    held = [each for each in found.positions if each.actor_id in seats and each.evidence]
    if not held:
        raise CannotWrite(f"{store.place}: no member has a position on record: add documents first")
    names = {each.actor_id: _plain(seats[each.actor_id].name) for each in held}
    return DecideFile(
        actors=tuple(names.values()),
        issues=(issue,),
        ends={issue: (SCALE_LOW, SCALE_HIGH)},
        power={names[each.actor_id]: float(seats[each.actor_id].votes) for each in held},
        wishes=tuple(
            Wish(actor=names[each.actor_id], issue=issue, position=each.value, salience=each.salience) for each in held
        ),
        refused=(),
    ), (
        f"{len(seats) - len(held)} of {len(seats)} members, with nothing on record: neither program has an unknown",
        f"{len(found.positions) - len(held)} actors without a vote",
    )


def _plain(words: str) -> str:
    """Without the signs that neither program can hold in a name."""
    return " ".join(words.replace("'", "’").replace('"', "”").split())


@contextmanager
def _text(path: Path) -> Iterator[TextIO]:
    with path.open("wb") as opened:
        file = io.TextIOWrapper(opened, encoding="utf-8", errors="backslashreplace", newline="")
        yield file
        file.flush()
        file.detach()
