"""Rules written in a line: "[39; 7x5, 1x10]", "55% of members and 65% of population or 25 of members"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from winset.decisions.rule import HALF, DecisionRule
from winset.decisions.rules.qualified_majority import qualified_majority
from winset.errors import BadCase, BadQuota
from winset.ids import ActorId
from winset.issues import Seat, Threshold

MOST_PLAYERS = 10_000
_EXAMPLE = 'write "[39; 7x5, 1x10]", or "55% of members and 65% of population" for members that are given'
_JOINED = {word: re.compile(rf"\s+{word}\s+(?![^\[]*\])", re.IGNORECASE) for word in ("or", "and")}  # outside brackets
LONGEST_COMPLAINT = 400  # characters
_GAME = re.compile(r"\[([^\[\]]*)\]")
_SHARE = re.compile(
    r"(?:(?P<how>at\s+least|more\s+than)\s+)?(?P<number>all|an?\s+majority|-?[\d./]+\s*%?)\s+of\s+(?:the\s+|all\s+)?(?P<of>.+)",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"(?:(?P<name>[^=]+?)\s*=\s*)?(?P<weight>[^=\s]+?)(?:\s*[x×*]\s*(?P<count>[^=\s]+))?")


def read_rule(text: str, seats: Sequence[Seat] | None = None) -> DecisionRule:
    """The rule that a line of text says: weighted games and shares, joined by "and" and, less tightly, by "or".

    text: games as "[quota; weight, weight x count, NAME=weight]", shares as "55% of members", "more than 1/2 of votes",
    "25 of members", "all of members".  seats: whose weights the shares are of; unnamed weights of a game are theirs in
    order. Without seats the players of the games are the members, named as written or "player 1" onwards.
    The weights of the first game become the members' `votes`, those of a further one a vector "votes 2" and so on.
    Raises BadQuota for a quota that nothing reaches or that two disjoint coalitions could reach, for weights that are
    negative, no numbers, or do not fit the members; BadCase for words that say no rule.

    >>> council = read_rule("[12; DE=4, FR=4, IT=4, BE=2, NL=2, LU=1]")
    >>> [seat.votes for seat in council.seats], council.ways[0][0].share
    ([4, 4, 4, 2, 2, 1], Fraction(12, 17))
    """
    try:
        return _read(" ".join(text.split()), seats)
    except (BadQuota, BadCase) as error:
        raise type(error)(_shortened(str(error))) from None


def _shortened(complaint: str) -> str:
    """A complaint in which a rule of a page, quoted, does not hide what to do: its begin and its end.

    >>> len(_shortened("x" * 5_000)), _shortened("no rule")
    (405, 'no rule')
    """
    most = LONGEST_COMPLAINT // 2
    return complaint if len(complaint) <= LONGEST_COMPLAINT else f"{complaint[:most]} ... {complaint[-most:]}"


def _read(line: str, seats: Sequence[Seat] | None) -> DecisionRule:
    if not line:
        raise BadCase(f"the rule is empty: {_EXAMPLE}")
    parts = [_JOINED["and"].split(way) for way in _JOINED["or"].split(line)]
    games = [_Game(part) for way in parts for part in way if part.startswith("[")]
    held = _seated(games, None if seats is None else tuple(seats), line)
    numbered = iter(range(len(games)))
    ways = tuple(
        tuple(
            games[n := next(numbered)].threshold(_vector(n)) if part.startswith("[") else _share(part, held)
            for part in way
        )
        for way in parts
    )
    return qualified_majority(held, ways=ways, name=f"the rule {line}")


class _Game:
    """One "[quota; weights]"."""

    def __init__(self, text: str) -> None:
        match = _GAME.fullmatch(text)
        quota, semicolon, rest = match[1].partition(";") if match else ("", "", "")
        if not semicolon:
            raise BadCase(f"cannot read {text!r} as a weighted game: write [quota; weights], as in [39; 7x5, 1x10]")
        self.text = text
        self.quota = _whole(quota, text, "a quota")
        self.names: list[str] = []
        self.weights: list[int] = []
        for entry in rest.split(","):
            self._add(entry.strip())
        whole = sum(self.weights)
        if not 1 <= self.quota <= whole:
            what = "everything passes" if self.quota < 1 else "nothing reaches it"
            raise BadQuota(f"{text}: under a quota of {self.quota} of {whole} votes {what}; write 1 to {whole}")

    def _add(self, entry: str) -> None:
        match = _WEIGHT.fullmatch(entry)
        if match is None:
            raise BadQuota(f"{self.text}: {entry!r} is no weight; write 7, 7x5 (five members of seven) or NAME=7")
        count = _whole(match["count"], self.text, "a number of members") if match["count"] else 1
        if match["name"] and match["count"]:
            raise BadQuota(f"{self.text}: {entry!r} gives one name to several members; name each")
        if not 0 < count <= MOST_PLAYERS - len(self.weights):
            raise BadQuota(f"{self.text}: {entry!r} is not between 1 and {MOST_PLAYERS:,} members in all")
        self.weights += [_whole(match["weight"], self.text, "a weight")] * count
        self.names += [match["name"]] if match["name"] else []

    def threshold(self, vector: str) -> Threshold:
        return Threshold(of=vector, share=Fraction(self.quota, sum(self.weights)))

    def held_by(self, seats: tuple[Seat, ...]) -> list[int]:
        """The weights in the order of those seats."""
        if len(self.weights) != len(seats):
            raise BadQuota(
                f"{self.text} has {len(self.weights)} weights for {len(seats)} members: give each member one"
            )
        if not self.names:
            return self.weights
        own = dict(zip(self.names, self.weights, strict=True))
        missing = [seat.name for seat in seats if seat.actor_id not in own and seat.name not in own]
        if missing:
            raise BadQuota(f"{self.text} has no weight of {missing[0]}: use the same names throughout")
        return [own[seat.actor_id] if seat.actor_id in own else own[seat.name] for seat in seats]


def _whole(text: str, where: str, what: str) -> int:
    """A whole number of 0 or more."""
    number = text.strip()
    if re.fullmatch(r"\d{1,30}", number):
        return int(number)
    if re.fullmatch(r"-\s*[\d.]+", number):
        raise BadQuota(f"{where}: {what} is {number}; allowed is 0 or more")
    if re.fullmatch(r"\d*\.\d+|\d+/\d+", number):
        raise BadQuota(f"{where}: {what} is {number}; take whole numbers, multiplying quota and weights alike")
    raise BadQuota(f"{where}: {number!r} is no number; {what} is written in digits, as in [39; 7x5, 1x10]")


def _vector(number: int) -> str:
    return "votes" if number == 0 else f"votes {number + 1}"


def _seated(games: Sequence[_Game], seats: tuple[Seat, ...] | None, line: str) -> tuple[Seat, ...]:
    """The members with the weights of every game."""
    for game in games:
        if game.names and len(game.names) != len(game.weights):
            raise BadQuota(f"{game.text} names {len(game.names)} of {len(game.weights)} members: name all or none")
        twice = [name for name, times in Counter(game.names).items() if times > 1]
        if twice:
            raise BadQuota(f"{game.text}: {twice[0]} has two weights; add them up into one")
    if seats is None:
        if not games:
            raise BadCase(f"the rule {line!r} names no members: {_EXAMPLE}")
        named = next((game.names for game in games if game.names), None)
        players = named or [f"player {n}" for n in range(1, len(games[0].weights) + 1)]
        seats = tuple(Seat(actor_id=ActorId(name), name=name) for name in players)
    for number, game in enumerate(games):
        weigh = _weighing(number)
        seats = tuple(weigh(seat, weight) for seat, weight in zip(seats, game.held_by(seats), strict=True))
    return seats


def _weighing(number: int) -> Callable[[Seat, int], Seat]:
    def weigh(seat: Seat, weight: int) -> Seat:
        if number == 0:
            return replace(seat, votes=weight)
        return replace(seat, weights=(*seat.weights, (_vector(number), weight)))

    return weigh


def _share(part: str, seats: tuple[Seat, ...]) -> Threshold:
    """A share of members, votes or another vector."""
    match = _SHARE.fullmatch(part.strip())
    if match is None:
        raise BadCase(f"cannot read {part!r} in the rule: {_EXAMPLE}")
    of, number = match["of"].strip(), match["number"].lower()
    if number.endswith("majority"):
        return Threshold(of=of, share=HALF, more_than=True)
    more_than = (match["how"] or "").lower().startswith("more")
    whole = sum(seat.weight(of) for seat in seats)
    share = Fraction(1) if number == "all" else _fraction(number, part, whole)
    if not 0 < share <= 1 or (share == 1 and more_than):
        what = "everything passes" if share <= 0 else f"nothing reaches it: of all {of} there are {whole:,}"
        raise BadQuota(f"{part!r} is no quota, {what}; write more than nothing and up to all, such as 2/3 of {of}")
    return Threshold(of=of, share=share, more_than=more_than)


def _fraction(number: str, part: str, whole: int) -> Fraction:
    """Of the whole: per cent, a fraction, or so many of it."""
    try:
        if number.endswith("%"):
            return Fraction(number.rstrip("% ")) / 100
        if re.fullmatch(r"-?\d+", number):
            return Fraction(int(number), max(1, whole))
        return Fraction(number)
    except (ValueError, ZeroDivisionError):
        raise BadQuota(f"{part!r}: {number!r} is no share; write 55%, 2/3, 0.55, or a number such as 25") from None
