"""Forecasts against decisions of the past: a backtest, the error a forecast has to admit, the learned default."""

from winset.decisions.backtest.error import TrackRecord, model_error, track_record
from winset.decisions.backtest.folds import DEFAULT
from winset.decisions.backtest.learning import learn
from winset.decisions.backtest.scoring import backtest
from winset.decisions.backtest.types import Agenda, Backtest, ErrorBand, GroupScore, Score

__all__ = [
    "DEFAULT",
    "Agenda",
    "Backtest",
    "ErrorBand",
    "GroupScore",
    "Score",
    "TrackRecord",
    "backtest",
    "learn",
    "model_error",
    "track_record",
]
