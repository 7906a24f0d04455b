"""Known weaknesses in the locked versions: `make audit` asks pip-audit, and says so where there is nobody to ask.

    python -m supply_chain.audit [LOCK ...]

Exit status: 0 when none is known, or when no database of advisories could be reached, which is said; 1 for a weakness.
With AUDIT=must a database that cannot be reached is a failure too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from supply_chain.locks import BASE, DEV, FOLDER

SERVICE = "osv"
SECONDS = 120
_UNREACHED = (
    "ConnectionError",
    "Max retries exceeded",
    "ServiceError",
    "Failed to resolve",
    "timed out",
    "Connection refused",
)


def weaknesses(report: dict[str, Any]) -> list[str]:
    """One line for each known weakness in a report of pip-audit: package, version, advisory, where it is mended."""
    return [
        f"{each['name']} {each['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'no version'}"
        for each in report["dependencies"]
        for found in each.get("vulns", ())
    ]


def audited(lock: Path, program: Sequence[str]) -> dict[str, Any] | None:
    """The report of pip-audit on a lock; None where no database could be reached.

    program: how pip-audit is started.  Raises RuntimeError with what it says where it fails otherwise.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        asked = ["--requirement", str(lock), "--disable-pip", "--require-hashes", "--vulnerability-service", SERVICE]
        line = [*program, *asked, "--format", "json", "--output", str(out), "--progress-spinner", "off"]
        try:
            done = subprocess.run(line, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            return None
        if out.exists() and out.stat().st_size:
            return json.loads(out.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
        if any(words in done.stderr for words in _UNREACHED):
            return None
        raise RuntimeError(f"pip-audit did not end well:\n{done.stderr[-2000:]}")


def main(arguments: Sequence[str]) -> int:
    """Tell the known weaknesses of the locks."""
    found: list[str] = []
    for name in arguments or (BASE, DEV):
        report = audited(FOLDER / name, [sys.executable, "-m", "pip_audit"])
        if report is None:
            must = os.environ.get("AUDIT") == "must"
            print(f"audit of {name}: skipped, no database of advisories can be reached from here")
            if must:
                return 1
            continue
        told = weaknesses(report)
        print(f"audit of {name}: {len(report['dependencies'])} packages, {len(told)} known weaknesses")
        found += told
    print(*dict.fromkeys(found), sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
