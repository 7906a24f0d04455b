"""Network: who agrees with whom, over one case or several."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from winset.api.tables import Row, Table
from winset.errors import BadCase, CannotWrite, NotConfigured

if TYPE_CHECKING:
    from winset.api.opened import Case
    from winset.api.words import Words
    from winset.positions.networks.types import Network as Woven

ACTORS = {
    "actor": "",
    "actor_id": "",
    "standing": "member, secretariat, partner, outside, commentator, medium or unknown",
    "position": "0-100, issue scale; empty where there are several cases",
    "std_error": "same scale",
    "statements": "that count",
    "camp": "number of the group that stands together; empty in other kinds than congruence and subtract",
}
EDGES = {
    "source": "an actor",
    "target": "another actor; in a two-mode network what it is for or against",
    "weight": "how much they share; below 0 they differ",
    "source_id": "",
    "target_id": "",
    "statements": "ids of those behind it",
}
FORMATS = {".graphml": "graphml", ".csv": "csv", ".json": "json", ".svg": "svg"}


def network(
    cases: Case | Iterable[Case],
    *,
    kind: str = "congruence",
    normalise: str = "none",
    duplicates: str = "origin",
    window: int | None = None,
) -> Network:
    """Who agrees with whom, who contradicts whom, who is for what; of one case or several.

    With one case the concepts are its proposal and the options that are spoken of; with several, each proposal.
    kind: congruence, conflict, subtract or two-mode.  normalise: none, average, jaccard or cosine; of a two-mode
    network activity or prominence.  duplicates: within what one stance counts once: origin, document, week, month,
    year, range; or include.  window: the last so many days only.
    Raises BadCase where nobody is for or against anything, and for what no network can be.
    """
    from winset.api.opened import Case
    from winset.pipeline.networks import read_discourse
    from winset.positions.networks.building import check
    from winset.positions.networks.kinds import Duplicates, Kind, Normalisation
    from winset.positions.networks.windows import networks, periods

    chosen = _one_of(Kind, "kind", kind)
    over, once = _one_of(Normalisation, "normalise", normalise), _one_of(Duplicates, "duplicates", duplicates)
    check(chosen, over)
    several = [cases] if isinstance(cases, Case) else list(cases)
    if not several or not all(isinstance(each, Case) for each in several):
        raise BadCase("a network is made of cases: give what ws.read(...) or ws.case(...) gives, or a list of such")
    days = list(dict.fromkeys(each.on_record for each in several))
    if len(days) > 1:
        raise BadCase("the cases are as of different days: give all of them one day, with case.as_of(...)")
    found = read_discourse([(each.source.spec, each.source.material) for each in several], as_of=days[0])
    if not found.referrals:
        raise BadCase("no statement is for or against anything, so nobody is joined to anybody")
    last = None if days[0] is None else days[0].latest
    (woven,) = networks(
        found, periods(found, window=window, as_of=last), kind=chosen, normalisation=over, duplicates=once
    )
    return Network(held=woven, cases=tuple(several))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Network:
    """Actors, joined by the stances they share."""

    held: Woven
    cases: tuple[Case, ...] = field(default=())

    @property
    def kind(self) -> str:
        """congruence, conflict, subtract or two-mode."""
        return self.held.kind.value

    @property
    def actors(self) -> Table:
        """A row for each actor that refers to something."""
        return Table.of(
            "actors",
            (
                {
                    "actor": each["name"],
                    "actor_id": each["id"],
                    **{name: each[name] for name in ("standing", "position", "std_error", "statements", "camp")},
                }
                for each in self._told()["actors"]
            ),
            columns=ACTORS,
            shown=("actor", "standing", "position", "statements", "camp"),
        )

    @property
    def edges(self) -> Table:
        """A row for each pair that is joined, the strongest first; `.words(n)` gives the words behind one."""
        told = self._told()
        names = {each["id"]: each["name"] for each in told["actors"]}
        others = {each["id"]: each["label"] for each in told["concepts"]} if self.held.is_two_mode else names
        rows = [
            {
                "source": names[each["source"]],
                "target": others[each["target"]],
                "weight": each["weight"],
                "source_id": each["source"],
                "target_id": each["target"],
                "statements": list(map(str, each["statements"])),
            }
            for each in told["edges"]
        ]
        rows.sort(key=lambda row: (-abs(row["weight"]), row["source"], row["target"]))
        return Table.of(
            "edges", rows, columns=EDGES, shown=("source", "target", "weight", "statements"), opener=self._behind
        )

    def to_networkx(self) -> Any:
        """A `networkx.Graph`: nodes by id with name, mode, position and camp, edges with weight and statements.

        Raises NotConfigured without networkx: pip install 'winset[networks]'.
        """
        try:
            import networkx as nx
        except ImportError:
            raise NotConfigured("graphs need networkx: pip install 'winset[networks]'") from None
        told = self._told()
        graph = nx.Graph(**{name: told["settings"][name] for name in ("kind", "normalisation", "duplicates")})
        for each in told["actors"]:
            values = {name: value for name, value in each.items() if name != "id" and value is not None}
            graph.add_node(each["id"], mode="actor", **values)
        if self.held.is_two_mode:
            for each in told["concepts"]:
                graph.add_node(each["id"], mode="concept", name=each["label"], statements=each["statements"])
        for each in told["edges"]:
            behind = list(map(str, each["statements"]))
            graph.add_edge(each["source"], each["target"], weight=each["weight"], statements=behind)
        return graph

    def svg(self) -> str:
        """The picture that `winset network -o` draws."""
        from winset.exchange.network_picture import picture

        return picture([self.held])

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it as .graphml, .csv, .json or .svg, whole or not at all.  Raises CannotWrite."""
        from winset.api.files import write
        from winset.exchange.network_files import as_dict, edge_list, graphml

        form = FORMATS.get(Path(path).suffix.lower())
        if form is None:
            raise CannotWrite(f"{path}: end its name with {', '.join(FORMATS)}")
        if form == "json":
            write(path, json.dumps(as_dict([self.held]), ensure_ascii=False, indent=1) + "\n")
        elif form == "svg":
            write(path, self.svg())
        else:
            write(path, edge_list([self.held]) if form == "csv" else graphml(self.held))

    def __repr__(self) -> str:
        from winset.brief.wording import count

        told = self._told()
        size = f"{count(len(told['actors']), 'actor')}, {count(len(told['edges']), 'edge')}"
        return f"<Network of {self.kind}: {size}>"

    def _repr_html_(self) -> str:
        from winset.api import html

        return html.framed(f'<div class="chart">{self.svg()}</div>', f"<p>{html.muted(repr(self)[1:-1])}</p>")

    def _told(self) -> dict[str, Any]:
        from winset.exchange.network_files import as_dict

        told = as_dict([self.held])
        settings = {name: told[name] for name in ("kind", "normalisation", "duplicates")}
        return {**told["networks"][0], "settings": settings}

    def _behind(self, row: Row) -> tuple[Words, ...]:
        found: list[Words] = []
        for id in row["statements"]:
            for case in self.cases:
                if id in case._statement_ids:
                    found.extend(case.statement(id).words)
                    break
        return tuple(found)


def _one_of(kinds: Any, word: str, given: str) -> Any:
    """The member of an enumeration.  Raises BadCase with those there are."""
    try:
        return kinds(given)
    except ValueError:
        raise BadCase(f"{word}={given!r}: allowed is {', '.join(each.value for each in kinds)}") from None
