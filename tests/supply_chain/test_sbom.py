"""The bill of materials: valid CycloneDX, whole, and the same for the same wheel."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from supply_chain.locks import BASE, pins

from supply_chain import sbom

HTMX = b'var htmx=function(){return{version:"2.0.11"}}'


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A wheel with one of each kind of thing that a bill names."""
    path = tmp_path / "winset-9.8.7-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("winset/__init__.py", "")
        archive.writestr(sbom.HTMX, HTMX)
        archive.writestr("winset/statements/tagging/data/attribution.onnx", b"weights")
        archive.writestr("winset/actors/data/countries/countries.csv", "a\n")
        archive.writestr("winset/actors/data/countries/README.md", "a\n")
    return path


def test_it_is_valid_by_the_schema_of_cyclonedx(wheel: Path) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(sbom.bill(wheel))) is None


def test_every_locked_package_is_in_it_with_all_its_checksums(wheel: Path) -> None:
    found = {each["bom-ref"]: each for each in sbom.bill(wheel)["components"]}
    for pin in pins(BASE):
        told = found[f"pkg:pypi/{pin.name}@{pin.version}"]
        assert {each["content"] for each in told["hashes"]} == set(pin.hashes)


def test_what_lies_in_the_wheel_is_in_it_with_its_checksum(wheel: Path) -> None:
    found: dict[str, Any] = {each["bom-ref"]: each for each in sbom.bill(wheel)["components"]}
    weights = found["winset/statements/tagging/data/attribution.onnx"]
    assert weights["type"] == "machine-learning-model"
    assert weights["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(b"weights").hexdigest()}]
    assert (found[sbom.HTMX]["version"], found[sbom.HTMX]["licenses"][0]["license"]["id"]) == ("2.0.11", "0BSD")
    countries = found["winset/actors/data/countries/countries.csv"]
    assert (countries["type"], countries["licenses"][0]["license"]["id"]) == ("data", "ODbL-1.0")
    assert "winset/actors/data/countries/README.md" not in found


def test_it_says_who_asks_for_whom(wheel: Path) -> None:
    made = sbom.bill(wheel)
    asked = {each["ref"]: each["dependsOn"] for each in made["dependencies"]}
    own = made["metadata"]["component"]["bom-ref"]
    refs = {each["bom-ref"] for each in made["components"]} | {own}
    assert {ref for each in asked.values() for ref in each} <= refs
    assert any(ref.startswith("pkg:pypi/lxml@") for ref in asked[own])
    reached, left = {own}, [own]
    while left:
        new = set(asked[left.pop()]) - reached
        reached |= new
        left += new
    assert {ref for ref in refs if ref.startswith("pkg:pypi/")} <= reached


def test_the_same_wheel_gives_the_same_bill(wheel: Path) -> None:
    assert sbom.bill(wheel) == sbom.bill(wheel)


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no wheel of winset"):
        sbom.bill(tmp_path / "other-1.0-py3-none-any.whl")


def test_the_bill_of_the_wheel_that_is_tested_is_valid_and_names_its_weights(project: Path) -> None:
    if os.environ.get("WINSET_TESTED") != "wheel":
        pytest.skip("`make test` builds the wheel first")
    [built] = sorted((project / "dist").glob("winset-*.whl"))
    made = sbom.bill(built)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(made)) is None
    assert {"winset/statements/tagging/data/attribution.onnx", sbom.HTMX} <= {
        each["bom-ref"] for each in made["components"]
    }


def test_the_shipped_htmx_and_weights_are_found_where_the_bill_looks(project: Path) -> None:
    assert sbom._HTMX_VERSION.search((project / "src" / sbom.HTMX).read_text(encoding="utf-8"))
    weights = [path for path in (project / "src").rglob("*") if path.suffix in sbom.WEIGHTS]
    assert len(weights) >= 3
    assert all((project / "src" / folder).is_dir() for folder in sbom.DATA)
