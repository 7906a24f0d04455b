"""The API does what its description says, asked at random: no 5xx, answers as described, nothing without a token.

Few examples of each operation, the same each time; the ids in paths are real ones, so that acts are done and not only
refused. WINSET_EXAMPLES asks for more.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.web.team import team_over

from winset.store.case_store import CaseStore
from winset.store.desk import Desk, replayed
from winset.web.access.roles import Role

EXAMPLES = int(os.environ.get("WINSET_EXAMPLES", "2"))
TOO_LONG = 414  # of an address; the shield around everything says so in plain text
ASKED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


def ask(operation: Any, mode: GenerationMode, headers: dict[str, str], real: dict[str, object]) -> None:
    """Some examples of one operation, with these words for what they name in its path."""

    @ASKED
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case: Any) -> None:
        there = case.path_parameters or {}
        case.path_parameters = {**there, **{name: word for name, word in real.items() if name in there}}
        answer = case.call(headers=headers)
        if answer.status_code == TOO_LONG:
            return
        # data that fit may still mean nothing: an actor whom nobody knows, words that stand nowhere
        case.validate_response(answer, headers=headers, excluded_checks=[positive_data_acceptance])

    asked()


def test_every_operation_answers_as_described(example_case: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(example_case, tmp_path / "tokyo.winset"))
    team = team_over(path, folder=tmp_path, hosts=("testserver", "127.0.0.1"))  # as schemathesis names it
    _, token = team.accounts.issue("editor", "script", role="editor", by="test")
    headers = {"Authorization": f"Bearer {token}"}
    told = team.script(Role.EDITOR).get("/api/v1/openapi.json").json()
    del told["security"]  # else half of the requests come without the token; test_api asks that
    schema = schemathesis.openapi.from_dict(told)
    schema.app = team.app
    with CaseStore.open(str(path)) as store:
        row = Desk(store).queue(coder="editor", limit=1)[0]
    real = {
        "case": "tokyo",
        "document_id": row.document_id,
        "statement_id": row.statement.id,
        "number": 1,
    }
    found: Any = schema.get_all_operations()
    operations = [each.ok() for each in found]
    assert len(operations) >= 17
    for operation in operations:
        ask(operation, GenerationMode.POSITIVE, headers, real)
        if operation.body or operation.query:
            ask(operation, GenerationMode.NEGATIVE, headers, {"case": "tokyo"})  # a wrong id shall stay wrong
    with CaseStore.open(str(path)) as store:
        assert replayed(store) == ()
