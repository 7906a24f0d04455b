"""Bytes to text: right, or refused; never garbled."""

from __future__ import annotations

import codecs
import re
import unicodedata

from winset.corpus.language import language
from winset.errors import NotText

BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LEGACY = (  # what texts that are not Unicode are still written in
    *("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "iso8859_15", "mac_roman"),
    *("cp1251", "koi8_r", "cp1253", "iso8859_7", "cp1255", "cp1256"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
)
SAMPLE = 200_000  # bytes looked at to find a legacy encoding
DOUBTFUL = 0.1  # share of non-ASCII characters that may be foreign to the language
CONTROL_SHARE = 0.001  # of a text's characters; more is binary that happens to decode
MESS_MARGIN = 0.05  # on charset-normalizer's 0-1 scale of disorder
FEW = 20  # characters of another script than Latin: fewer spell words in several encodings at once
SYMBOLS = frozenset("“”„‘’‚‹›«»–—―…•·§°£€©®™¿¡½¼¾²³×±ªº†‡\u00a0\u00ad\ufeff、。「」『』・（），！？：；《》〈〉％〜～")

LAST_LATIN = "\u024f"

_CYRILLIC, _HAN = r"\u0400-\u04ff", r"\u3005-\u3007\u3400-\u9fff\uf900-\ufaff"
LETTERS = {  # the letters beyond a-z in which each language is written
    "en": "éèïöçñêë",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "de": "äöüßé",
    "es": "áéíñóúüïç",
    "pt": "áâãàçéêíóôõúü",
    "it": "àèéìíîòóùú",
    "ca": "àçèéíïòóúü",
    "gl": "áéíñóúü",
    "nl": "áéëïóöüèê",
    "sv": "åäöéü",
    "da": "æøåéö",
    "no": "æøåéòôó",
    "nn": "æøåéòôó",
    "is": "áðéíóúýþæö",
    "fi": "äöåšž",
    "et": "äõöüšž",
    "ga": "áéíóú",
    "sq": "çë",
    "eu": "ñü",
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșțşţ",
    "hr": "čćđšž",
    "bs": "čćđšž",
    "sl": "čšžćđ",
    "tr": "çğıöşüâîûi̇",
    "az": "çəğıöşü",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "sr": r"čćđšž\u0400-\u04ff",
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "kk", "ky", "mn", "tg"), _CYRILLIC),
    "el": r"\u0370-\u03ff",
    "he": r"\u0590-\u05ff",
    "ar": r"\u0600-\u06ff",
    "fa": r"\u0600-\u06ff",
    "ja": r"\u3040-\u30ff\uff66-\uff9f" + _HAN,
    "ko": r"\uac00-\ud7a3" + _HAN,
    **dict.fromkeys(("zh", "yue", "wuu"), _HAN),
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_C1 = re.compile(r"[\x80-\x9f]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def decode(payload: bytes, *, name: str, declared: str | None = None) -> str:
    """The text that the bytes spell.

    Tried in order: byte order mark, `declared` (what a page says of itself), UTF-8, then the legacy
    encoding in which the text is written with the letters of its own language.
    Raises NotText where the bytes are binary, or where two encodings are equally likely.
    Source: the WHATWG Encoding Standard for the order; charset-normalizer for the candidates.
    """
    for mark, encoding in BOMS:
        if payload.startswith(mark):
            return _checked(_decoded(payload, encoding, name=name), name=name)
    if b"\x00" in payload:
        raise NotText(f"{name}: binary, not text (it holds NUL bytes); give text, Markdown, HTML, PDF, DOCX or a feed")
    for stated in (declared, "utf-8"):
        text = _attempt(payload, stated)
        if text is not None:
            return _checked(text, name=name)
    return _checked(_decoded(payload, _legacy(payload, name=name), name=name), name=name)


def _decoded(payload: bytes, encoding: str, *, name: str) -> str:
    text = _attempt(payload, encoding)
    if text is None:
        raise NotText(f"{name}: begins like {encoding} but breaks it further on; save it as UTF-8")
    return text


def _attempt(payload: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return payload.decode(encoding)
    except (LookupError, UnicodeError):  # an unknown name, a codec that is no text codec, or bytes it cannot hold
        return None


def _checked(text: str, *, name: str) -> str:
    """`text`, if it is not control characters that happened to decode."""
    controls = len(_CONTROL.findall(text))
    if controls > max(1, CONTROL_SHARE * len(text)):
        raise NotText(f"{name}: binary, not text ({controls} control characters in it); give a text document")
    return text


def _legacy(payload: bytes, *, name: str) -> str:
    """The one encoding that spells the text in its own language's letters; raises NotText where none or several do."""
    from charset_normalizer import from_bytes

    matches = from_bytes(_sample(payload), cp_isolation=list(LEGACY), enable_fallback=False, preemptive_behaviour=False)
    doubts: dict[str, tuple[float, float, str]] = {}
    for match in matches:
        spelled = str(match)
        if not _C1.search(spelled) and not _CONTROL.search(spelled):
            doubts.setdefault(spelled, (_doubt(spelled), match.chaos, match.encoding))
    ranked = sorted(doubts.values())
    if not ranked or ranked[0][0] > DOUBTFUL or (len(ranked) > 1 and not _clearly_better(ranked[0], ranked[1])):
        raise NotText(f"{name}: neither UTF-8 nor, for certain, any older encoding; save it as UTF-8 and add it again")
    return ranked[0][2]


def _clearly_better(best: tuple[float, float, str], second: tuple[float, float, str]) -> bool:
    """Fewer foreign letters; or, where neither has any, far fewer signs of disorder."""
    return best[0] < second[0] or best[1] + MESS_MARGIN < second[1]


def _sample(payload: bytes) -> bytes:
    """The first part, cut at a line end so that no character of several bytes is split."""
    if len(payload) <= SAMPLE:
        return payload
    return payload[: payload.rfind(b"\n", 0, SAMPLE) + 1] or payload


def _doubt(spelled: str) -> float:
    """Share of the non-ASCII characters that the text's language is not written with: 0 is none, 1 all."""
    letters = LETTERS.get(language(spelled) or "")
    if letters is None:
        return 1.0
    known = re.compile(f"[{letters}]", re.IGNORECASE)
    beyond = _NOT_ASCII.findall(unicodedata.normalize("NFC", spelled))
    if sum(1 for character in beyond if character > LAST_LATIN and character not in SYMBOLS) in range(1, FEW):
        return 1.0
    foreign = sum(1 for character in beyond if character not in SYMBOLS and not known.match(character))
    return foreign / max(1, len(beyond))
