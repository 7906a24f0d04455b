from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.corpus.decoding import decode
from winset.errors import NotText

WRITTEN = {
    "fr": "Le président a rejeté la proposition près de la frontière, où les coûts sont élevés ; c’est « trop ».",
    "de": "Der Außenminister erklärte, die Öffnung müsse später geprüft werden. Für die Länder wäre das schön.",
    "en": "The minister said “we won’t agree” – and left. The rest of the sentence is plain and goes on for a while.",
    "pl": "Minister powiedział, że Polska popiera propozycję otwarcia biura łącznikowego. Mówił też o współpracy.",
    "cs": "Ministr řekl, že země podporuje návrh. Příští týden se bude hlasovat o žádosti dalších států.",
    "ja": "外務大臣は火曜日に、政府はこの提案を支持すると述べた。新しい事務所は来年に開設される予定である。",
    "ru": "Министр заявил во вторник, что страна выступает против предложения об открытии бюро.",
    "el": "Ο υπουργός δήλωσε την Τρίτη ότι η χώρα υποστηρίζει την πρόταση για το γραφείο.",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_in_any_form_is_read(encoding: str) -> None:
    assert decode(WRITTEN["ja"].encode(encoding), name="a.txt") == WRITTEN["ja"]


@pytest.mark.parametrize(
    ("tongue", "encoding"),
    [
        *[("fr", "cp1252"), ("de", "cp1252"), ("en", "cp1252"), ("fr", "iso8859_15"), ("de", "mac_roman")],
        *[("pl", "iso8859_2"), ("pl", "cp1250"), ("cs", "iso8859_2"), ("cs", "cp1250")],
        *[("ja", "shift_jis"), ("ja", "euc_jp"), ("ru", "cp1251"), ("ru", "koi8_r"), ("el", "cp1253")],
    ],
)
def test_older_encodings_are_read_right_or_refused(tongue: str, encoding: str) -> None:
    written = WRITTEN[tongue].encode(encoding, "ignore")
    expected = written.decode(encoding)
    try:
        assert decode(written, name="a.txt") == expected
    except NotText as refusal:
        assert "UTF-8" in str(refusal)  # noqa: PT017 - either outcome is right, a garbled text is not


@pytest.mark.parametrize(("tongue", "encoding"), [("fr", "cp1252"), ("pl", "iso8859_2"), ("ja", "shift_jis")])
def test_common_older_encodings_are_in_fact_read(tongue: str, encoding: str) -> None:
    assert decode(WRITTEN[tongue].encode(encoding), name="a.txt") == WRITTEN[tongue]


def test_a_text_too_short_to_tell_its_encoding_is_refused() -> None:
    with pytest.raises(NotText, match="save it as UTF-8"):
        decode("日本は賛成した。".encode("shift_jis"), name="a.txt")


@pytest.mark.parametrize("payload", [b"some\x00bytes", bytes(range(1, 32)) * 20, b"\xff\xfe\x00\xd8abc"])
def test_binary_under_a_text_name_is_refused(payload: bytes) -> None:
    with pytest.raises(NotText, match=r"a\.txt"):
        decode(payload, name="a.txt")


def test_what_a_page_declares_comes_before_detection() -> None:
    assert decode("près".encode("cp1252"), name="a.html", declared="windows-1252") == "près"


def test_a_declaration_that_is_no_charset_is_passed_over() -> None:
    assert decode("près".encode(), name="a.html", declared="hex") == "près"


@settings(deadline=None)
@given(st.text())
def test_whatever_is_utf_8_comes_back_as_it_was_or_is_refused(text: str) -> None:
    try:
        assert decode(text.encode(), name="a.txt") == text.removeprefix("\ufeff")
    except NotText as refusal:
        assert "control" in str(refusal) or "NUL" in str(refusal)  # noqa: PT017 - binary that happens to decode
