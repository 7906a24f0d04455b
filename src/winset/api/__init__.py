"""What `import winset as ws` offers: cases and their tables, decisions, power, backtests; `winset.api` has it too.

    case = ws.read("tokyo.winset")        a kept case, or a case file; ws.case(documents, ...) makes one
    case.positions.to_pandas()            every table goes to pandas, polars or pyarrow
    case.statement(id)                    the exact words, in their document
    ws.decide(case, rule=..., what_if=...)
    case.brief().save("brief.html")

Tables of numbers alone go in as frames of any library that narwhals knows, or as a path to a CSV file or a list of
dicts, and answers come back in the same library. What cannot be is refused as on the command line, in the same words.
"""

from winset.api.asking import Answer
from winset.api.attributing import attribute
from winset.api.backtesting import backtest
from winset.api.briefs import Brief
from winset.api.deciding import Decision, decide
from winset.api.lists import members, models, rules, who
from winset.api.networks import Network, network
from winset.api.opened import Case
from winset.api.opening import case, read
from winset.api.powers import power
from winset.api.standing import Position
from winset.api.tables import Table
from winset.api.words import Document, Statement, Words
from winset.errors import WinsetError

__all__ = [
    "Answer",
    "Brief",
    "Case",
    "Decision",
    "Document",
    "Network",
    "Position",
    "Statement",
    "Table",
    "WinsetError",
    "Words",
    "attribute",
    "backtest",
    "case",
    "decide",
    "members",
    "models",
    "network",
    "power",
    "read",
    "rules",
    "who",
]
