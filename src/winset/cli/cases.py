"""`winset new`, `add` and `status`: a case that is kept and grows."""

from __future__ import annotations

import json as json_format
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import clusters, inputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, counted, course, one_line, rejected_line, say, say_rejected
from winset.cli.recode import recoding_lines, recoding_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from winset.bulk.keeping import Kept
    from winset.bulk.starting import Mother
    from winset.store.addresses import Place
    from winset.store.case_store import CaseStore

HELD = {"document": "document", "statement": "statement", "duplicate": "copy"}  # table to noun

From = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="A YAML case file that states the case; documents it names are added.",
        rich_help_panel=inputs.STATED,
    ),
]


def new(
    case: inputs.KeptCase,
    *,
    proposal: inputs.Proposal = None,
    body: inputs.Body = None,
    on: inputs.On = None,
    option: inputs.Options = None,
    rule: inputs.Rule = None,
    status_quo: inputs.StatusQuo = 0.0,
    case_file: From = None,
    registry: inputs.Registries = None,
    processes: inputs.Processes = None,
    json: inputs.AsJson = False,
) -> int:
    """Make a case that is kept, to which documents are added. It is one SQLite file, or a schema on a server.

    For example:

    winset new tokyo.winset --proposal "Open a liaison office" --body nato --on 2023-07-11 --option "contact point=20"

    winset new tokyo.winset --from case.yaml
    """
    from winset.pipeline.clock import now
    from winset.store.case_store import CaseStore

    stated = inputs.Stated(
        proposal=proposal, body=body, on=on, options=tuple(option or ()), rule=rule, status_quo=status_quo
    )
    documents: tuple[str, ...] = ()
    if case_file is not None:
        from winset.exchange.case_files import load_case

        stated.refuse_with(case_file)
        found = load_case(case_file, registries=[Path(each) for each in registry or ()])
        spec, documents, own = found.spec, found.documents, found.registries
        inputs.checked(own)
    else:
        own = inputs.registry_texts(registry)
        spec = stated.spec(inputs.checked(own))
    with CaseStore.create(case, spec, created_at=now()) as store:
        for text in own:
            store.add_registry(text.name, text.format, text.text, added_at=now())
        if not json:
            print(one_line(f"{case}: {_decision(store)}"))
        if documents:
            return _tell("new", case, store, _kept(store, documents, processes), as_json=json)
        if json:
            told = of_schema("new", {"case": str(case), **_stated(store)})
            print(json_format.dumps(told, ensure_ascii=False))
    return FINE


def add(
    case: inputs.KeptCase,
    documents: inputs.Documents,
    *,
    processes: inputs.Processes = None,
    cluster: clusters.Cluster = None,
    json: inputs.AsJson = False,
) -> int:
    """Read documents into a kept case. The same text twice is one document; Ctrl-C loses only what is in work.

    DOCS may be JSON lines too, one document a line: {"id", "text", "title", "authors", "publisher", "published",
    "language", "source_url"}, of which the first two must be there. After an interruption the same command goes on
    where it stopped; files that have not changed since they were added are not read again.

    For example:

    winset add tokyo.winset reports/ "more/*.pdf" https://example.org/statement

    winset add tokyo.winset corpus.jsonl.gz --processes 8

    winset add tokyo.winset s3://corpus/news/ --cluster tcp://scheduler.example:8786
    """
    inputs.refuse_addresses(documents)
    if cluster is not None:
        from winset.store.case_store import CaseStore

        with CaseStore.open(case) as store:
            return _tell("add", case, store, clusters.add(store, documents, cluster), as_json=json)
    from winset.bulk.ahead import ahead

    with ahead(documents, processes=processes) as mother:
        from winset.store.case_store import CaseStore  # which takes a while, in which the other one loads

        with CaseStore.open(case) as store:
            return _tell("add", case, store, _kept(store, documents, processes, mother), as_json=json)


def status(case: inputs.KeptCase, *, json: inputs.AsJson = False) -> int:
    """What a kept case is about and what it holds.

    For example:

    winset status tokyo.winset --json
    """
    from winset.store.case_store import CaseStore

    with CaseStore.open(case) as store:
        counts, rejected = store.counts(), store.rejected()
        if json:
            contents = {"documents": store.names(), "statements": counts["statement"], "copies": counts["duplicate"]}
            told = {"case": str(case), **_stated(store), **contents, "rejected": [asdict(each) for each in rejected]}
            told |= recoding_values(store)
            print(json_format.dumps(of_schema("status", told), ensure_ascii=False))
            return FINE
        print(one_line(f"{case}: {_decision(store)}"))
        held = [counted(counts[table], noun) for table, noun in HELD.items()]
        print(f"{', '.join(held)}, {counts['rejection']} rejected")
        for line in recoding_lines(store):
            print(line)
        for each in rejected:
            print(one_line(f"  rejected: {rejected_line(each)}"))
    return FINE


def _kept(store: CaseStore, documents: Sequence[str], processes: int | None, mother: Mother | None = None) -> Kept:
    from winset.bulk.keeping import keep

    with course("adding") as shown:
        return keep(store, documents, processes=processes, progress=shown, tell=say, mother=mother)


def _tell(command: str, case: Place, store: CaseStore, kept: Kept, *, as_json: bool) -> int:
    for rejected in kept.rejected:
        say_rejected(rejected)
    names = {document.id: document.name for document in store.documents()} if kept.near else {}
    near = [
        {"name": names[each.document_id], "of": names[each.of], "similarity": round(each.similarity, 3)}
        for each in kept.near
    ]
    if as_json:
        told = {
            "case": str(case),
            "added": kept.added,
            "there_already": list(kept.again),
            "there_already_count": kept.there_already,
            "near_copies": near,
            "near_copies_sought": kept.compared,
            "rejected": [asdict(each) for each in kept.rejected],
            "documents": store.counts()["document"],
        }
        print(json_format.dumps(of_schema(command, told), ensure_ascii=False))
    else:
        for each in near:
            print(one_line(f"{each['name']} is a copy of {each['of']}"))
        print(
            f"{len(kept.added):,} added, {kept.there_already:,} there already, {len(kept.rejected):,} rejected; "
            f"{counted(store.counts()['document'], 'document')} in the case"
        )
        if not kept.compared:
            print(f"Near copies were not looked for among so many documents: winset sources {case} does")
    return BAD_INPUT if kept.rejected else FINE


def _stated(store: CaseStore) -> dict[str, Any]:
    issue = store.spec().issue
    return {
        "proposal": issue.proposal,
        "body": issue.body,
        "rule": issue.rule,
        "on": str(issue.on),
        "status_quo": issue.status_quo,
        "options": {option.label: option.value for option in issue.options},
    }


def _decision(store: CaseStore) -> str:
    issue = store.spec().issue
    return f"“{issue.proposal}” before {issue.body} on {issue.on}, by {issue.rule}"
