"""How long `winset --help` takes and, with --install, how large a base installation is.

python -m benchmarks.bench_start [--runs 9] [--install] [--json]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import MEGABYTE, PROJECT, WINSET, Measured, cold

SECONDS = 0.3
INSTALL_MEGABYTES = 400.0


def start(*, runs: int) -> Measured:
    """`winset --help`; one run before, not counted, lets Python write its bytecode."""
    cold((WINSET, "--help"))
    return Measured(
        name="winset --help",
        runs=tuple(cold((WINSET, "--help")) for _ in range(runs)),
        seconds_limit=SECONDS,
    )


def installed_megabytes() -> float:
    """The growth of site-packages by `pip install .` in a new environment, bytecode included."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = Path(folder) / "bin" / "python"
        packages = next(Path(folder).glob("lib*/python*/site-packages"))
        before = _size(packages)
        install = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", str(PROJECT)]
        subprocess.run(install, check=True, stdin=subprocess.DEVNULL)
        return (_size(packages) - before) / MEGABYTE


def _size(folder: Path) -> int:
    """Bytes on disk, in blocks as `du` counts them."""
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*"))


def main() -> int:
    """Print what was measured; exit status 1 where a limit does not hold."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--runs", type=int, default=9, help="how often (default 9)")
    options.add_argument("--install", action="store_true", help="also measure a fresh base installation (minutes)")
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    measured = start(runs=chosen.runs)
    size = installed_megabytes() if chosen.install else None
    holds = measured.holds and (size is None or size < INSTALL_MEGABYTES)
    if chosen.json:
        print(json.dumps({"start": measured.as_dict(), "install_megabytes": size, "holds": holds}, indent=2))
    else:
        print(measured)
        if size is not None:
            print(f"base installation: {size:.0f} MB (limit {INSTALL_MEGABYTES:.0f} MB)")
    return 0 if holds else 1


if __name__ == "__main__":
    raise SystemExit(main())
