"""The bill of materials of a base installation, in CycloneDX 1.6: packages, weights, bundled scripts, data.

    python -m supply_chain.sbom dist/winset-0.1.0-py3-none-any.whl     writes dist/winset-0.1.0.cdx.json

The same wheel and the same lock give the same file: it names no time and no machine.
Source: CycloneDX 1.6 (ECMA-424).
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import json
import re
import uuid
import zipfile
from pathlib import Path
from typing import Any

from supply_chain.licences import licence_of
from supply_chain.locks import BASE, Pin, pins

WEIGHTS = (".onnx", ".npz")
HTMX = "winset/web/static/htmx.min.js"
DATA = {  # folders of the wheel with data under a licence of their own
    "winset/actors/data/countries/": "ODbL-1.0",
    "winset/actors/data/offices/": "CC0-1.0",
}
_NAMED = re.compile(r"winset-(?P<version>[^-]+)-py3-none-any\.whl")
_HTMX_VERSION = re.compile(r'version:"(\d+\.\d+\.\d+)"')


def bill(wheel: Path) -> dict[str, Any]:
    """What the wheel holds, and what it is installed with.  Raises ValueError for a file that is no wheel of winset."""
    match = _NAMED.fullmatch(wheel.name)
    if match is None:
        raise ValueError(f"{wheel.name}: is no wheel of winset: build one with `make dist`")
    version, digest = match["version"], hashlib.sha256(wheel.read_bytes()).hexdigest()
    locked = pins(BASE)
    own = f"pkg:pypi/winset@{version}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{own}#{digest}')}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "winset",
                "version": version,
                "purl": own,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
                "hashes": [_hash(digest)],
            }
        },
        "components": [*map(_package, locked), *_bundled(wheel)],
        "dependencies": _dependencies(own, locked),
    }


def _package(pin: Pin) -> dict[str, Any]:
    """A locked package; its checksums are those of all the files that a system may take."""
    found: dict[str, Any] = {"type": "library", "bom-ref": _ref(pin), "name": pin.name, "version": pin.version}
    try:
        licence = licence_of(pin.name)
    except importlib.metadata.PackageNotFoundError:  # for another system than this one
        licence = None
    if licence:
        found["licenses"] = [{"expression": licence}] if " " in licence else [{"license": {"id": licence}}]
    found["purl"] = _ref(pin)
    found["hashes"] = [_hash(each) for each in pin.hashes]
    if pin.marker is not None:
        found["properties"] = [{"name": "winset:marker", "value": str(pin.marker)}]
    return found


def _bundled(wheel: Path) -> list[dict[str, Any]]:
    """What lies in the wheel that is no Python code of ours: weights, a script, data of others."""
    found: list[dict[str, Any]] = []
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            licence = next((each for folder, each in DATA.items() if name.startswith(folder)), None)
            kind = "machine-learning-model" if name.endswith(WEIGHTS) else "data" if licence else None
            content = archive.read(name) if kind or name == HTMX else b""
            one = {"bom-ref": name, "name": name, "hashes": [_hash(hashlib.sha256(content).hexdigest())]}
            if name == HTMX:
                version = _HTMX_VERSION.search(content.decode("utf-8"))
                one |= {"name": "htmx", "version": version[1] if version else "unknown"}
                one |= {"purl": f"pkg:npm/htmx.org@{one['version']}"}
                found.append({"type": "library", **one, "licenses": [{"license": {"id": "0BSD"}}]})
            elif kind and name.endswith((*WEIGHTS, ".csv")):
                licensed = {"licenses": [{"license": {"id": licence or "Apache-2.0"}}]}
                found.append({"type": kind, **one, **licensed})
    return found


def _dependencies(own: str, locked: tuple[Pin, ...]) -> list[dict[str, Any]]:
    """Who asks for whom, as the lock notes it; a package that is locked in two versions is asked for in both."""
    asked: dict[str, list[str]] = {own: [], **{_ref(pin): [] for pin in locked}}
    refs: dict[str, list[str]] = {"winset": [own]}
    for pin in locked:
        refs.setdefault(pin.name, []).append(_ref(pin))
    for pin in locked:
        for name in pin.wanted_by:
            for asking in refs.get(name, ()):
                asked[asking].append(_ref(pin))
    return [{"ref": ref, "dependsOn": sorted(set(others))} for ref, others in asked.items()]


def _ref(pin: Pin) -> str:
    return f"pkg:pypi/{pin.name}@{pin.version}"


def _hash(digest: str) -> dict[str, str]:
    return {"alg": "SHA-256", "content": digest}


def main() -> None:
    """Write the bill beside the wheel."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    wheel: Path = parser.parse_args().wheel
    made = bill(wheel)
    version = made["metadata"]["component"]["version"]
    text = json.dumps(made, ensure_ascii=False, indent=1)
    (wheel.parent / f"winset-{version}.cdx.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
