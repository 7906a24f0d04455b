"""A language model's server over real HTTP: what is sent, and what becomes of every way not to answer."""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.statements.language_model.chat_server import (
    ChatServer,
    drips,
    fails,
    hangs_up,
    pours,
    refuses_schemas,
    says,
    serving,
    sleeps,
    tells,
)

from winset.errors import NoAnswer, NotAsAsked
from winset.exchange.chat_endpoint import ChatEndpoint, Patience
from winset.exchange.chat_settings import ChatSettings, chat_settings
from winset.statements.language_model.types import Message

SOON = Patience(pause=0.01, longest_pause=0.05, answer_bytes=200_000)
KEY = "sesame-0123456789"
QUESTION: list[Message] = [{"role": "user", "content": "Who said what? “Ünïcode”"}]
SCHEMA: dict[str, Any] = {"type": "object"}


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serving() as chat:
        yield chat


def endpoint(server: ChatServer, *, timeout: float = 2.0, patience: Patience = SOON) -> ChatEndpoint:
    settings = server.settings(WINSET_LLM_TIMEOUT=str(timeout), WINSET_LLM_KEY=KEY)
    return ChatEndpoint(chat_settings(settings), patience=patience)


def asked(of: ChatEndpoint) -> str:
    return of.ask(QUESTION, schema=SCHEMA, read=str)


def test_the_question_is_sent_with_key_seed_schema_and_no_randomness(server: ChatServer) -> None:
    server.does(says("An answer: “ünïcode”"))
    assert asked(endpoint(server)) == "An answer: “ünïcode”"
    body = server.asked[0]
    assert (body["model"], body["temperature"], body["seed"]) == ("stub-1", 0, 0)
    assert body["messages"] == QUESTION
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert server.paths == ["/v1/chat/completions"]
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_without_a_key_none_is_sent(server: ChatServer) -> None:
    server.does(says("yes"))
    asked(ChatEndpoint(chat_settings(server.settings())))
    assert "Authorization" not in server.headers[0]


def test_a_server_that_knows_no_schemas_is_asked_without_from_then_on(server: ChatServer) -> None:
    server.does(refuses_schemas(says("yes")))
    model = endpoint(server)
    assert [asked(model), asked(model)] == ["yes", "yes"]
    assert ["response_format" in body for body in server.asked] == [True, False, False]


def test_a_server_that_refuses_both_ways_is_not_asked_on(server: ChatServer) -> None:
    server.does(fails(400))
    with pytest.raises(NoAnswer, match="answers 400"):
        asked(endpoint(server))
    assert len(server.asked) == 2


def test_a_busy_server_is_asked_again_when_it_says(server: ChatServer) -> None:
    server.does(fails(429, Retry_After="0"), fails(503, Retry_After="86400"), says("at last"))
    began = time.monotonic()
    assert asked(endpoint(server)) == "at last"
    assert time.monotonic() - began < 20  # a day was asked for
    assert [body["seed"] for body in server.asked] == [0, 1, 2]


def test_a_server_that_fails_forever_is_asked_three_times(server: ChatServer) -> None:
    server.does(fails(500))
    with pytest.raises(NoAnswer, match=r"stub-1 at 127\.0\.0\.1:.* answers 500, asked 3 times"):
        asked(endpoint(server))
    assert len(server.asked) == 3


@pytest.mark.parametrize("behaviour", [sleeps, drips])
def test_a_slow_server_is_left_in_time(server: ChatServer, behaviour: Any) -> None:
    server.does(behaviour)
    began = time.monotonic()
    with pytest.raises(NoAnswer, match=r"no full answer in 0\.2 s"):
        asked(endpoint(server, timeout=0.2))
    assert time.monotonic() - began < 20  # of 60 that it would have taken


def test_a_slow_answer_may_be_followed_by_a_quick_one(server: ChatServer) -> None:
    server.does(sleeps, says("yes"))
    assert asked(endpoint(server, timeout=1.0, patience=Patience(attempts=6, pause=0.01))) == "yes"


def test_an_answer_that_breaks_off_is_asked_for_again(server: ChatServer) -> None:
    server.does(hangs_up, says("whole"))
    assert asked(endpoint(server)) == "whole"


def test_an_answer_without_end_is_not_read_to_it(server: ChatServer) -> None:
    server.does(pours)
    with pytest.raises(NoAnswer, match="over 200,000 bytes"):
        asked(endpoint(server))
    assert len(server.asked) == 1


def test_a_packed_answer_is_refused(server: ChatServer) -> None:
    server.does(fails(200, b"\x1f\x8b", Content_Encoding="gzip"))
    with pytest.raises(NoAnswer, match="packed"):
        asked(endpoint(server))


def test_a_redirect_is_not_followed(server: ChatServer) -> None:
    with serving() as elsewhere:
        elsewhere.does(says("mine now"))
        for status in (301, 302, 307, 308):
            server.does(fails(status, Location=f"{elsewhere.url}/chat/completions"))
            with pytest.raises(NoAnswer, match="redirects elsewhere"):
                asked(endpoint(server))
        assert (elsewhere.asked, elsewhere.paths) == ([], [])


def test_a_page_is_no_answer(server: ChatServer) -> None:
    server.does(fails(200, b"<html>Log in</html>", Content_Type="text/html; charset=utf-8"))
    with pytest.raises(NoAnswer, match="text/html"):
        asked(endpoint(server))
    assert len(server.asked) == 1


@pytest.mark.parametrize("body", [b'{"choices": []}', b'{"choices": [{"mess', b"[]", b"\xff\xfe", b'{"error": "x"}'])
def test_what_is_no_completion_is_asked_for_again_and_told(server: ChatServer, body: bytes) -> None:
    server.does(fails(200, body))
    with pytest.raises(NotAsAsked, match="no chat completion, asked 3 times"):
        asked(endpoint(server))


@pytest.mark.parametrize("behaviour", [says(None), says(""), says('{"attr', finish_reason="length")])
def test_no_words_or_half_of_them_are_no_answer(server: ChatServer, behaviour: Any) -> None:
    server.does(behaviour, says("yes"))
    assert asked(endpoint(server)) == "yes"


def test_an_answer_that_its_reader_refuses_is_asked_for_again(server: ChatServer) -> None:
    server.does(says("first"), says("second"))

    def second_only(text: str) -> str:
        if text != "second":
            raise NotAsAsked("answers something else")
        return text

    assert endpoint(server).ask(QUESTION, schema=SCHEMA, read=second_only) == "second"
    server.does(says("first"))
    with pytest.raises(NotAsAsked, match="something else, asked 3 times"):
        endpoint(server).ask(QUESTION, schema=SCHEMA, read=second_only)


@pytest.mark.parametrize(("status", "why"), [(401, "key"), (403, "key"), (404, "model"), (413, "413"), (204, "204")])
def test_what_no_further_attempt_would_mend_is_told_at_once(server: ChatServer, status: int, why: str) -> None:
    server.does(fails(status, b""))
    with pytest.raises(NoAnswer, match=why):
        asked(endpoint(server))
    assert len(server.asked) == 1


def test_nobody_there_is_told_at_once() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(NoAnswer, match="nothing answers there"):
        asked(ChatEndpoint(ChatSettings(url=f"http://127.0.0.1:{port}/v1", model="m")))


def test_a_server_that_never_answers_is_left_alone_after_three_questions(server: ChatServer) -> None:
    server.does(fails(401))
    model = endpoint(server)
    for _ in range(5):
        with pytest.raises(NoAnswer):
            asked(model)
    assert len(server.asked) == 3
    with pytest.raises(NoAnswer, match="not asked any more"):
        asked(model)


def test_an_answer_in_between_mends_it(server: ChatServer) -> None:
    server.does(fails(401), fails(401), says("yes"), fails(401), fails(401), says("yes"))
    model = endpoint(server)
    for _ in range(2):
        for _ in range(2):
            with pytest.raises(NoAnswer):
                asked(model)
        assert asked(model) == "yes"


def test_the_key_is_in_no_message_and_no_log(server: ChatServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    echo = f'{{"error": "bad key {KEY}"}}'.encode()
    told = []
    for behaviour in (fails(401, echo), fails(500, echo), fails(400, echo), fails(302, Location="/"), says(KEY)):
        server.does(behaviour)

        def refuse(text: str) -> str:
            raise NotAsAsked("answers something else")

        with pytest.raises(NoAnswer) as refused:
            endpoint(server).ask(QUESTION, schema=SCHEMA, read=refuse)
        told.append(str(refused.value))
    assert KEY not in " ".join(told)
    assert KEY not in caplog.text
    assert KEY not in repr(vars(endpoint(server)))


def test_proxies_in_the_environment_are_not_used(server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.does(tells())
    assert asked(endpoint(server)) == '{"attributions": []}'


def test_a_certificate_that_nobody_vouches_for_ends_it_before_anything_is_sent(tmp_path: Path) -> None:
    received: list[bytes] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            try:
                with context.wrap_socket(connection, server_side=True) as secure:
                    received.append(secure.recv(1000))
            except OSError:
                connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        port = listening.getsockname()[1]
        with pytest.raises(NoAnswer, match="certificate does not hold"):
            asked(ChatEndpoint(ChatSettings(url=f"https://127.0.0.1:{port}/v1", model="m", timeout=2)))
        thread.join(2)
    assert received == []


def certificate(folder: Path) -> Path:
    """A certificate that signs itself, with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    day = timedelta(days=1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, datetime.now(UTC) - day, datetime.now(UTC) + day)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "server.pem"
    path.write_bytes(private + builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path
