"""winset on data frames: `import winset.api as ws`. pandas, polars, pyarrow and what else narwhals knows.

Tables go in as frames and come back as frames of the same library; a path to a CSV file or a list of dicts will do too,
and then tables come back as lists of dicts. Bad input is refused as on the command line, in the same words.
"""

from winset.api.backtesting import backtest
from winset.api.deciding import Decision, decide
from winset.api.lists import models, rules
from winset.api.powers import power

__all__ = ["Decision", "backtest", "decide", "models", "power", "rules"]
