"""docs/reference/fuzzing.md: what was fuzzed for how long, and what came of it."""

from __future__ import annotations

from fuzz import campaign
from fuzz.mended import MENDED
from fuzz.targets import TARGETS

HEAD = """\
# Fuzzing

Everything that takes bytes of a stranger is fuzzed: atheris (a package for Python, on libFuzzer) changes inputs,
watches which lines of winset and of the Python libraries under it they reach, and goes on with those that reach new
ones. What comes out must obey laws:

- a refusal is one of winset's own, and says something;
- a document is clean text; every statement's words stand where it says;
- references that were read are written and read again as the same;
- a case that took a file in opens again;
- a rule adopts what all agree to, and nothing that all object to;
- of JSON lines none is lost, and none spoils another;
- a file of many documents that is cut into parts holds the same ones;
- of a backup that is refused nothing is put back.

Anything else is a finding, as is more than {seconds} s or {memory} MB for one input. Code in C (PDFium, libxml2,
SQLite, ONNX Runtime) is run but not watched.

    make fuzz SECONDS=600                        # all targets, one after the other; Linux or macOS
    make fuzz SECONDS=60 TARGETS="html rules"

Packed formats are fuzzed behind their packing too: a DOCX, a workbook or a REFI-QDA project by its parts, a PDF by
what its page draws, a study file of DNA by changes to one (`fuzz/packing.py`). The shortest inputs that reach what
all of them reached lie in `fuzz/corpora`, all grown from our own sentences; those that once broke something lie in
`fuzz/regressions`. `make test` plays them again (`tests/fuzz`).

## The last campaign of each target

"""


def page() -> str:
    """The page as it stands in the documentation."""
    return "".join((_head(), _table(), "\n\n## What was found and mended\n\n", _mended()))


def _head() -> str:
    return HEAD.format(seconds=campaign.MOST_SECONDS, memory=f"{campaign.MOST_MEMORY:,}")


def _table() -> str:
    known, kept = campaign.known(), campaign.inputs((campaign.CORPORA,))
    rows = [
        "| target | its bytes | seconds | of these CPU | executions | edges | inputs kept | open findings |",
        "| --- | --- | --: | --: | --: | --: | --: | --: |",
    ]
    for target in TARGETS.values():
        found = known.get(target.name)
        if found is None:
            continue
        figures = (found[name] for name in ("seconds", "cpu_seconds", "executions", "edges"))
        told = " | ".join(f"{figure:,}" for figure in figures)
        findings = found["findings"]
        open_ones = len(findings) if isinstance(findings, list) else 0
        rows.append(f"| `{target.name}` | {target.about} | {told} | {len(kept.get(target.name, ()))} | {open_ones} |")
    return "\n".join(rows)


def _mended() -> str:
    if not MENDED:
        return "Nothing yet.\n"
    rows = ["| target | what came out | what was done |", "| --- | --- | --- |"]
    rows += [f"| `{each.target}` | {each.found} | {each.done} |" for each in MENDED]
    return "\n".join(rows) + "\n"


def write() -> None:
    """Write the page anew: after a campaign, and after an input was kept or a finding mended."""
    (campaign.FOLDER.parent / "docs" / "reference" / "fuzzing.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
