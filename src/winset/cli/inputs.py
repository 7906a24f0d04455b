"""What the commands have in common: the options that state a case, and where documents come from."""

from __future__ import annotations

import getpass
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from winset.cli import completing
from winset.cli.messages import say
from winset.errors import BadCase
from winset.ids import PartialDate
from winset.store.addresses import CaseAddress, is_address, place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from winset.actors.additions import Addition
    from winset.actors.registry import Registry
    from winset.exchange.registry_files import RegistryText
    from winset.issues import CaseSpec
    from winset.store.addresses import Place
else:
    Place = object  # typer takes what `place` gives, and would make a path of what is annotated as one

STATED = "The case"


def _place(given: str) -> Place:
    try:
        return place(given)
    except BadCase as error:
        raise typer.BadParameter(str(error)) from None


KeptCase: TypeAlias = Annotated[
    Place,
    typer.Argument(
        metavar="CASE",
        help="A kept case: a file, NAME.winset by custom, or postgresql://USER@HOST/DATABASE#NAME.",
        show_default=False,
        parser=_place,
        autocompletion=completing.cases,
    ),
]
Documents: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="DOCS...",
        help="Files, folders, globs and http(s) addresses: text, Markdown, HTML, PDF, DOCX, RSS or Atom.",
        show_default=False,
    ),
]
Proposal: TypeAlias = Annotated[
    str | None,
    typer.Option("--proposal", metavar="WORDS", help="What is proposed, in a phrase.", rich_help_panel=STATED),
]
Body: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--body",
        metavar="NAME",
        help="Which body decides: nato, eu, unsc and others.",
        rich_help_panel=STATED,
        autocompletion=completing.bodies,
    ),
]
On: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DATE",
        help="Day of decision, YYYY-MM-DD: who votes, who holds which office.  [default: today]",
        rich_help_panel=STATED,
    ),
]
Options: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--option",
        metavar="LABEL=0..100",
        help="A rung between status quo (0) and proposal (100), as in 'contact point=20'. May be repeated.",
        rich_help_panel=STATED,
        show_default=False,
    ),
]
Rule: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--rule",
        metavar="NAME",
        help="Decision rule; `winset methods` lists them.  [default: the body's own]",
        rich_help_panel=STATED,
        autocompletion=completing.rules,
    ),
]
StatusQuo: TypeAlias = Annotated[
    float,
    typer.Option("--status-quo", metavar="0..100", help="Where things stand without it.", rich_help_panel=STATED),
]
Attributors: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--attributor",
        metavar="NAME,...",
        help="Who codes, instead of the default; `winset methods` lists them. language-model sends the documents'"
        " text to the server that WINSET_LLM_URL names. May be repeated.",
        show_default=False,
        autocompletion=completing.attributors,
    ),
]
StanceMethod: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--stance",
        metavar="NAME",
        help="How statements are judged for or against, instead of the default; `winset methods` lists them."
        " language-model sends the documents' text to the server that WINSET_LLM_URL names.",
        show_default=False,
        autocompletion=completing.stances,
    ),
]
Registries: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--registry",
        metavar="FILE",
        help="Actors of your own: CSV, YAML, a Wikidata query's result or FollowTheMoney entities. May be repeated.",
        show_default=False,
    ),
]
Estimator: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--estimator",
        metavar="NAME",
        help="Makes positions of statements; `winset methods` lists them.  [default: normal-shrinkage]",
        show_default=False,
        autocompletion=completing.estimators,
    ),
]
AsOf: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Only what is known to have been said by then, YYYY, YYYY-MM or YYYY-MM-DD.  [default: everything]",
        show_default=False,
    ),
]
Processes: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--processes",
        metavar="N",
        min=1,
        max=256,
        help="Same result, sooner.  [default: one for each core, as far as memory goes; 1 for little to read]",
        show_default=False,
    ),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON on stdout instead of words.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """The options of one call that state a case, as given."""

    proposal: str | None
    body: str | None
    on: str | None
    options: tuple[str, ...]
    rule: str | None
    status_quo: float

    @classmethod
    def of_nothing(cls) -> Stated:
        """A call that states no case."""
        return cls(proposal=None, body=None, on=None, options=(), rule=None, status_quo=0.0)

    @property
    def nothing(self) -> bool:
        """Whether no option states anything."""
        return not (self.proposal or self.body or self.on or self.options or self.rule or self.status_quo)

    def spec(self, additions: tuple[Addition, ...] = ()) -> CaseSpec:
        """The case, checked; additions: the user's own registries.

        Raises BadCase where something is missing, and what `pipeline.stating.stated` raises.
        """
        from winset.pipeline.clock import now
        from winset.pipeline.stating import stated

        if not self.proposal or not self.body:
            lacking = " and ".join(
                name for name, value in (("--proposal", self.proposal), ("--body", self.body)) if not value
            )
            raise BadCase(
                f"{lacking} missing: write --proposal 'WORDS' --body NAME --on YYYY-MM-DD, or give a case file"
            )
        return stated(
            proposal=self.proposal,
            body=self.body,
            on=self.on or now()[:10],
            rule=self.rule,
            status_quo=self.status_quo,
            options=self.options,
            additions=additions,
        )

    def refuse_with(self, case: Place) -> None:
        """Raises BadCase where options state what the case file states already."""
        if not self.nothing:
            raise BadCase(f"{case}: states the case already: leave out --proposal, --body, --on, --option, --rule")

    def arguments(self, spec: CaseSpec) -> list[str]:
        """The options that state `spec` again, its day written out."""
        issue = spec.issue
        written = ["--proposal", issue.proposal, "--body", issue.body, "--on", str(issue.on), "--rule", issue.rule]
        for option in issue.options:
            written += ["--option", f"{option.label}={option.value:g}"]
        return [*written, *(["--status-quo", f"{issue.status_quo:g}"] if issue.status_quo else [])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a call is about, found out before any document is read."""

    spec: CaseSpec | None  # None: extraction alone
    sources: tuple[str, ...]  # documents to read
    kept: Place | None = None  # a kept case, whose documents are read already
    command: tuple[str, ...] = ()  # the arguments that ask the same again
    additions: tuple[Addition, ...] = ()  # the user's own registries
    registries: tuple[RegistryText, ...] = ()  # the files that these were read from

    @property
    def case(self) -> CaseSpec:
        """What is to be decided.  Raises BadCase for a call that stated nothing."""
        if self.spec is None:
            raise BadCase("no proposal: write --proposal 'WORDS' --body NAME --on YYYY-MM-DD, or give a case file")
        return self.spec

    def shell(self, verb: str, *further: str) -> str:
        """One line for a shell that asks the same again."""
        return shlex.join(["winset", verb, *self.command, *further])


def names(given: list[str] | None) -> tuple[str, ...]:
    """The names in options that may be repeated and may hold several, each once.  Raises BadCase for an empty one.

    >>> names(["attitudes, according-to", "attitudes"]), names(None)
    (('attitudes', 'according-to'), ())
    """
    found = [name.strip() for part in given or () for name in part.split(",")]
    if "" in found:
        raise BadCase("--attributor: an empty name: write NAME, or NAME,NAME; `winset methods` lists them")
    return tuple(dict.fromkeys(found))


def day(given: str | None) -> date:
    """The day of `--on`; a month or year means its last day, as everywhere; today where none is given.

    Raises BadDate.
    """
    from winset.pipeline.clock import now

    return PartialDate(now()[:10] if given is None else given).latest


def estimator(given: str | None) -> str:
    """The estimator of `--estimator`, known before anything is read.  Raises UnknownMethod."""
    from winset.pipeline.defaults import ESTIMATOR
    from winset.positions.estimators import ESTIMATORS

    return ESTIMATORS[ESTIMATOR if given is None else given].id


def as_of(given: str | None) -> PartialDate | None:
    """The day of `--as-of`.  Raises BadDate."""
    return None if given is None else PartialDate(given)


def estimate_arguments(estimator: str, as_of: PartialDate | None) -> list[str]:
    """The options that ask for the same estimate again."""
    from winset.pipeline.defaults import ESTIMATOR

    named = [] if estimator == ESTIMATOR else ["--estimator", estimator]
    return [*named, *(["--as-of", as_of.text] if as_of else [])]


def person(name: str | None) -> str:
    """Who says so, the login name where none is given.  Raises BadCase where nobody is named."""
    if name is None:
        try:
            name = getpass.getuser()
        except (KeyError, OSError):  # a process without a user's name, as in some containers
            name = ""
    if not name.strip():
        raise BadCase("nobody says so: write --by NAME")
    return " ".join(name.split())


def is_case_file(source: str) -> bool:
    """Whether a source is a YAML case file, by its suffix."""
    return source.lower().endswith((".yaml", ".yml")) and "://" not in source


def is_kept_case(source: str) -> bool:
    """Whether a source is a kept case: an address of one, by its suffix, or an SQLite file of any name."""
    from winset.store.header import is_sqlite

    if is_address(source):
        return True
    return "://" not in source and (source.lower().endswith(".winset") or is_sqlite(Path(source)))


def refuse_addresses(documents: Sequence[str]) -> None:
    """Raises BadCase for a kept case on a server among documents: it comes first, and alone."""
    for source in documents:
        if is_address(source):
            raise BadCase(f"{place(source)}: is a kept case and no document: it comes first")


def case_name(source: str) -> str:
    """The name of a case, for a file made of it: that of its own file without the suffix, or the one on its server.

    >>> case_name("cases/tokyo.winset"), case_name("postgresql://db.example/office#tokyo")
    ('tokyo', 'tokyo')
    """
    found = place(source)
    return found.name if isinstance(found, CaseAddress) else found.stem


def registry_texts(given: Sequence[str] | None) -> tuple[RegistryText, ...]:
    """The files of `--registry`.  Raises BadRegistry."""
    if not given:
        return ()
    from winset.exchange.registry_files import registry_texts

    return registry_texts([Path(each) for each in given])


def known(given: Sequence[str] | None) -> Registry:
    """The shipped registry with the files of `--registry`.  Raises BadRegistry, Contradiction."""
    from winset.actors.registry import registry

    return registry(checked(registry_texts(given)))


def checked(texts: Sequence[RegistryText]) -> tuple[Addition, ...]:
    """What registries add; what they leave out or overrule is told on stderr.  Raises BadRegistry, Contradiction."""
    additions = tuple(text.addition() for text in texts)
    _tell_notes(additions)
    return additions


def _tell_notes(additions: tuple[Addition, ...]) -> None:
    if additions:
        from winset.actors.registry import registry

        for note in registry(additions).notes:
            say(note)


def request(
    documents: list[str],
    stated: Stated,
    *,
    may_lack_proposal: bool = False,
    registries: Sequence[str] | None = None,
) -> Request:
    """DOCS and options, as the user meant them: a kept case, a case file with or without further DOCS, or DOCS.

    may_lack_proposal: extraction alone is a wish too.  registries: files of the user's own actors.
    Raises BadCase, BadRegistry and what reading the case raises.
    """
    first, others = documents[0], documents[1:]
    named = tuple(argument for each in registries or () for argument in ("--registry", each))
    refuse_addresses(others)
    if is_kept_case(first):
        kept = place(first)
        stated.refuse_with(kept)
        if others:
            raise BadCase(f"{kept}: a kept case comes alone: add documents with `winset add {kept} DOCS...`")
        if named:
            raise BadCase(f"{kept}: keeps its own registries: give --registry to `winset new`")
        return Request(spec=_kept_spec(kept), sources=(), kept=kept, command=(str(kept),))
    if is_case_file(first):
        from winset.exchange.case_files import load_case

        stated.refuse_with(Path(first))
        found = load_case(Path(first), registries=[Path(each) for each in registries or ()])
        _tell_notes(found.additions)
        if not (found.documents or others):
            raise BadCase(f"{first}: names no 'documents:': add them there, or after it on the command line")
        return Request(
            spec=found.spec,
            sources=(*found.documents, *others),
            command=(*documents, *named),
            additions=found.additions,
            registries=found.registries,
        )
    texts = registry_texts(registries)
    additions = checked(texts)
    if may_lack_proposal and stated.nothing:
        command = (*documents, *named)
        return Request(spec=None, sources=tuple(documents), command=command, additions=additions, registries=texts)
    spec = stated.spec(additions)
    return Request(
        spec=spec,
        sources=tuple(documents),
        command=(*documents, *stated.arguments(spec), *named),
        additions=additions,
        registries=texts,
    )


def _kept_spec(kept: Place) -> CaseSpec:
    from winset.store.case_store import CaseStore

    with CaseStore.open(kept) as store:
        return store.spec()
