"""Learns the shipped fit: `python -m training.forecast --data ../shared/data/decision/deu3 --install`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from winset.decisions.backtest.learning import learn
from winset.decisions.backtest.shipped import FILE, as_json
from winset.exchange.deu_files import read_agendas

SHIPPED = Path(__file__).parents[2] / "src" / "winset" / "decisions" / "backtest" / FILE
SOURCE = "ArreguiPerarnaud2022"
MADE_FROM = (
    "decisions of the Council of the European Union, 1998 to 2019 (DEU III, doi:10.34810/data53, "
    "CC BY 4.0 as others report it; 107 of its proposals)"
)


def main() -> None:
    """Learn, and write the fit down."""
    options = argparse.ArgumentParser(prog="python -m training.forecast", description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="folder with issues.csv and positions.csv")
    options.add_argument("--out", type=Path, default=Path("build/forecast") / FILE, help="where the fit is written")
    options.add_argument("--install", action="store_true", help=f"write it to {SHIPPED.name} of the package")
    given = options.parse_args()
    fit = learn(read_agendas(given.data), source=SOURCE, made_from=MADE_FROM)
    target = SHIPPED if given.install else given.out
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(as_json(fit), indent=1) + "\n", encoding="utf-8")
    print(f"{fit.issues} issues of {fit.proposals} proposals -> {target}")
    for score in fit.scores:
        print(
            f"{score.model:24} {score.n:4} error {score.error:6.2f}  difference {score.difference:6.2f} "
            f"[{score.difference_low:.2f}, {score.difference_high:.2f}]  covered {score.coverage:.3f}  "
            f"width {score.width:.1f}"
        )


if __name__ == "__main__":
    main()
