"""Exchanges of moves between pairs of actors on pairs of issues; shared by the models that trade."""

from winset.decisions.exchanges.trading import Concession, Exchange, Round, exchanges, traded

__all__ = ["Concession", "Exchange", "Round", "exchanges", "traded"]
