"""Case files: one YAML file that says what is to be decided, by whom, under which rule, on which day.

proposal: Open a liaison office
body: nato                # a key of the registry, or the name of an own body with `members:` below
on: 2023-07-11
rule: consensus           # the body's own rule when left out
status_quo: 0             # the issue's scale runs from 0 to 100
options:
  contact point embassy: 20
members:                  # only for an own body: names, or
  - {name: Ruritania, votes: 4, veto: true, weights: {population: 2000000}}
thresholds:               # only for a qualified majority
  - {of: members, share: 55%, more_than: false}
documents: [reports/*.txt, https://example.org/statement]   # relative to the file
registries: [own.csv]     # actors of your own, relative to the file
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from winset.errors import BadCase, UnknownName, WinsetError
from winset.exchange import yaml_nodes
from winset.exchange.case_complaints import complaint, place_of
from winset.ids import ActorId, PartialDate, slug
from winset.issues import CaseSpec, Issue, Option, Seat, Threshold

if TYPE_CHECKING:
    from winset.actors.additions import Addition
    from winset.actors.registry import Registry
    from winset.exchange.case_model import CaseModel, Member
    from winset.exchange.registry_files import RegistryText

T = TypeVar("T")

FILE_BYTES = 1_000_000
QUALIFIED = "qualified-majority"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case file read: what is to be decided, and the documents it names."""

    spec: CaseSpec
    documents: tuple[str, ...] = ()  # paths, globs and addresses; paths are relative to the file
    registries: tuple[RegistryText, ...] = ()  # the file's own, and those given beside it
    additions: tuple[Addition, ...] = ()  # what they add


def load_case(path: Path, *, registries: Iterable[Path] = ()) -> CaseFile:
    """The case file at `path`, its documents' paths made relative to where winset runs.

    registries: actors of the user's own, beside those that the file names.
    Raises BadCase naming file, line and field; BadRegistry.
    """
    try:
        with path.open("rb") as stream:
            payload = stream.read(FILE_BYTES + 1)
    except OSError as error:
        raise BadCase(f"{path.name}: cannot be read: {error.strerror}") from None
    if len(payload) > FILE_BYTES:
        raise BadCase(f"{path.name}: more than {FILE_BYTES:,} bytes: a case file is a page")
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = payload.count(b"\n", 0, error.start) + 1
        raise BadCase(f"{path.name} line {line}: not UTF-8: save the file as UTF-8") from None
    found = case_file(text, name=path.name, folder=path.parent, registries=registries)
    return replace(found, documents=tuple(_from(path.parent, source) for source in found.documents))


def read_case(text: str, *, name: str) -> CaseSpec:
    """What the case file `text` states; `name` is for messages.  Raises BadCase naming the line.

    >>> spec = read_case("{proposal: Sail, body: Club, on: 2024, members: [Ann, Bob], rule: consensus}", name="c")
    >>> [seat.name for seat in spec.seats]
    ['Ann', 'Bob']
    """
    return case_file(text, name=name).spec


def case_file(text: str, *, name: str, folder: Path = Path(), registries: Iterable[Path] = ()) -> CaseFile:
    """`text` as a CaseFile, its documents as they are written.  Raises BadCase naming the line, BadRegistry.

    folder: where the registries that it names lie.  registries: further ones.
    """
    tree = yaml_nodes.tree(text, name=name)
    model = _validated(tree)
    own: tuple[RegistryText, ...] = ()
    if model.registries or registries:
        from winset.exchange.registry_files import registry_texts

        own = registry_texts([*(folder / each for each in model.registries), *registries])
    additions = tuple(each.addition() for each in own)
    return CaseFile(
        spec=_spec(model, tree, additions), documents=tuple(model.documents), registries=own, additions=additions
    )


def _from(folder: Path, source: str) -> str:
    return source if "://" in source else str(folder / source)


def _validated(tree: yaml_nodes.Tree) -> CaseModel:
    from pydantic import ValidationError

    from winset.exchange.case_model import CaseModel

    if not isinstance(tree.plain, dict):
        raise tree.refusal((), "a case file is a list of names and values: begin with 'proposal: ...'")
    given = {key: value for key, value in tree.plain.items() if value is not None}  # "options:" and no more
    try:
        return CaseModel.model_validate(given)
    except ValidationError as error:
        mistakes = error.errors(include_url=False)
        details = min(mistakes, key=lambda found: (found["type"] == "missing", tree.line(place_of(found))))
        raise tree.refusal(place_of(details), complaint(details, tree)) from None


def _spec(model: CaseModel, tree: yaml_nodes.Tree, additions: tuple[Addition, ...]) -> CaseSpec:
    """Model to CaseSpec; whatever a value refuses is told with the line of the field that holds it."""
    from winset.actors.registry import registry
    from winset.decisions.rules import RULES
    from winset.decisions.rules_in_force import rule_id, rule_in_force

    known = registry(additions)
    on = _told(tree, ("on",), lambda: PartialDate(model.on))
    own = _seats(model.members or [], tree, known)
    if model.members is None:
        body, its_rule, seats = _registered(model.body, on, tree, known)
    else:
        body, its_rule, seats = model.body.strip(), None, own
    rule = model.rule or (QUALIFIED if model.thresholds else its_rule)
    if not rule:
        place = "body" if model.members is None else "members"
        rules = ", ".join(each.id for each in RULES)
        raise tree.refusal((place,), f"a body with members of its own needs a 'rule': one of {rules}")
    if not seats:
        raise tree.refusal(("body",), f"{body}: nobody is a member on {on.latest}: tell its members in the registry")
    _told(tree, ("rule",), lambda: rule_id(rule))
    thresholds = tuple(Threshold(of=each.of, share=each.share, more_than=each.more_than) for each in model.thresholds)
    _told(tree, ("thresholds",) if thresholds else ("rule",), lambda: rule_in_force(rule, seats, thresholds))
    return CaseSpec(
        issue=_issue(model, body, rule, on, tree),
        seats=own,
        thresholds=thresholds,
        body_name=body if model.members is not None else None,
    )


def _registered(
    name: str, on: PartialDate, tree: yaml_nodes.Tree, known: Registry
) -> tuple[str, str, tuple[Seat, ...]]:
    """Key, rule and seats of the registry's body, which must have existed on that day."""
    body = _told(tree, ("body",), lambda: known.body(name))
    return body.key, body.rule_on(on.latest), _told(tree, ("on",), lambda: known.seats(body.key, on.latest))


def _issue(model: CaseModel, body: str, rule: str, on: PartialDate, tree: yaml_nodes.Tree) -> Issue:
    given = model.options
    rungs = [*given.as_mapping.items(), *((rung.label, rung.value) for rung in given.as_list)]
    options = tuple(Option(label=label.strip(), value=float(value)) for label, value in rungs)
    issue = _told(
        tree,
        ("status_quo",),
        lambda: Issue(
            proposal=model.proposal.strip(),
            body=body,
            rule=rule,
            on=on,
            proposal_value=model.proposal_value,
            status_quo=model.status_quo,
            outcome=model.outcome,
        ),
    )
    return _told(tree, ("options",), lambda: replace(issue, options=options))


def own_member(name: str, known: Registry | None = None) -> ActorId:
    """The registry's actor of that name or code, else an id made of the name itself.

    Codes count in capitals alone: BEN is Benin, Ben is a person on some board.  known: the shipped one where None.
    """
    from winset.actors.registry import registry

    try:
        found = (known or registry()).actor(name)
    except UnknownName:
        return ActorId(slug(name))
    names = {each.casefold() for each in (found.name, *found.aliases)}
    return found.id if name.casefold() in names or name.isupper() else ActorId(slug(name))


def _seats(members: Sequence[Member], tree: yaml_nodes.Tree, known: Registry) -> tuple[Seat, ...]:
    """Own members as seats; a name that the registry knows as a state is that state."""
    seats: dict[ActorId, Seat] = {}
    for place, member in enumerate(members):
        name = member.name.strip()
        actor_id = own_member(name, known)
        if actor_id in seats:
            raise tree.refusal(("members", place), f"member {name!r} is already there as {seats[actor_id].name!r}")
        seats[actor_id] = Seat(
            actor_id=actor_id,
            name=name,
            votes=member.votes,
            veto=member.veto,
            weights=tuple(sorted(member.weights.items())),
        )
    return tuple(seats.values())


def _told(tree: yaml_nodes.Tree, path: yaml_nodes.Path, make: Callable[[], T]) -> T:
    try:
        return make()
    except WinsetError as error:
        raise tree.refusal(path, str(error)) from None
