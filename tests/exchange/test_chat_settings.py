"""Which language model may be asked, and what of a wrong setting is told."""

from __future__ import annotations

import importlib.util
from typing import Any

import pytest

from winset.errors import NotConfigured
from winset.exchange.chat_settings import ChatSettings, chat_settings

GOOD = {"WINSET_LLM_URL": "http://localhost:11434/v1", "WINSET_LLM_MODEL": "small"}


def test_address_and_model_are_enough() -> None:
    found = chat_settings(GOOD)
    assert found == ChatSettings(url="http://localhost:11434/v1", model="small", key=None, timeout=120.0)
    assert found.host == "localhost:11434"


def test_a_slash_at_the_end_is_no_part_of_the_address() -> None:
    assert chat_settings({**GOOD, "WINSET_LLM_URL": "https://models.example.org/v1/"}).url.endswith("/v1")


def test_the_key_is_in_no_print_of_the_settings() -> None:
    assert "sesame" not in repr(chat_settings({**GOOD, "WINSET_LLM_KEY": "sesame"}))


@pytest.mark.parametrize("missing", ["WINSET_LLM_URL", "WINSET_LLM_MODEL"])
def test_half_a_configuration_is_none(missing: str) -> None:
    with pytest.raises(NotConfigured, match=f"{missing} not set"):
        chat_settings({**GOOD, missing: "  "})


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/v1",
        "http://[::1]:8000/v1",
        "http://192.168.1.20/v1",
        "http://model-server:8080/v1",
        "http://box.local/v1",
        "https://models.example.org",
    ],
)
def test_these_addresses_may_be_asked(url: str) -> None:
    assert chat_settings({**GOOD, "WINSET_LLM_URL": url}).url == url


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://localhost/v1", "scheme 'ftp'"),
        ("file:///etc/passwd", "scheme 'file'"),
        ("localhost:11434/v1", "write http"),
        ("http://", "without a host"),
        ("http://[::1/v1", "no address"),
        ("http://localhost:99999/v1", "no address"),
        ("http://localhost/v1?tenant=7", "base alone"),
        ("http://local host/v1", "space"),
        ("http://models.example.org/v1", "use https"),
        ("http://93.184.215.14/v1", "use https"),
    ],
)
def test_these_may_not(url: str, why: str) -> None:
    with pytest.raises(NotConfigured, match=why):
        chat_settings({**GOOD, "WINSET_LLM_URL": url})


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    for url in ("https://me:sesame@models.example.org/v1", "https://sesame@models.example.org/v1", "x://sesame@y"):
        with pytest.raises(NotConfigured, match="WINSET_LLM_KEY") as refused:
            chat_settings({**GOOD, "WINSET_LLM_URL": url})
        assert "sesame" not in str(refused.value)


@pytest.mark.parametrize("key", ["open sesame", "sesame\nX-Evil: 1", "sésame"])
def test_a_key_that_no_header_can_carry_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(NotConfigured, match="WINSET_LLM_KEY") as refused:
        chat_settings({**GOOD, "WINSET_LLM_KEY": key})
    assert "same" not in str(refused.value)


@pytest.mark.parametrize("seconds", ["soon", "0", "-1", "nan", "inf", "1e9"])
def test_a_timeout_is_a_number_of_seconds(seconds: str) -> None:
    with pytest.raises(NotConfigured, match="WINSET_LLM_TIMEOUT"):
        chat_settings({**GOOD, "WINSET_LLM_TIMEOUT": seconds})
    assert chat_settings({**GOOD, "WINSET_LLM_TIMEOUT": "2.5"}).timeout == 2.5


def test_a_model_has_a_name_that_can_be_printed() -> None:
    with pytest.raises(NotConfigured, match="WINSET_LLM_MODEL"):
        chat_settings({**GOOD, "WINSET_LLM_MODEL": "small\x1b[31m"})


def test_without_the_package_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec

    def blind(name: str, *rest: Any) -> Any:
        return None if name == "httpx2" else find(name, *rest)

    monkeypatch.setattr(importlib.util, "find_spec", blind)
    with pytest.raises(NotConfigured, match=r"pip install 'winset\[llm\]'"):
        chat_settings(GOOD)
