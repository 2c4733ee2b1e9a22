"""Languages by their English names, written as BCP 47 codes.

Codes are from ISO 639 (parts 1 and 3), as the IANA language subtag registry has them.
"""

import re
from collections.abc import Mapping

from netmap.exchange.draft import Outcome
from netmap.exchange.spreadsheets.mending.blanks import is_blank_word
from netmap.exchange.spreadsheets.mending.lists import by_commas
from netmap.exchange.spreadsheets.mending.outcomes import Remark, Understood, quoted
from netmap.findings import did_you_mean

_NAMES = """
Afrikaans af, Akan ak, Albanian sq, Amharic am, Arabic ar, Armenian hy, Azerbaijani az, Bangla bn,
Basque eu, Belarusian be, Bengali bn, Bosnian bs, British Sign Language bfi, BSL bfi, Bulgarian bg,
Burmese my, Cantonese yue, Catalan ca, Chinese zh, Cornish kw, Croatian hr, Cymraeg cy, Czech cs,
Danish da, Dari prs, Dutch nl, English en, Estonian et, Ewe ee, Farsi fa, Fijian fj, Filipino fil,
Finnish fi, French fr, Fula ff, Gaelic gd, Ganda lg, Georgian ka, German de, Greek el, Gujarati gu,
Haitian Creole ht, Hakka hak, Hausa ha, Hebrew he, Hindi hi, Hindko hno, Hungarian hu,
Icelandic is, Igbo ig, Indonesian id, Irish ga, Italian it, Jamaican Patois jam, Japanese ja,
Kannada kn, Kashmiri ks, Kazakh kk, Khmer km, Kikuyu ki, Kinyarwanda rw, Kirundi rn, Konkani kok,
Korean ko, Krio kri, Kurdish ku, Kurmanji kmr, Lao lo, Latvian lv, Lingala ln, Lithuanian lt,
Luganda lg, Luxembourgish lb, Macedonian mk, Malay ms, Malayalam ml, Maltese mt, Mandarin cmn,
Mandinka mnk, Manx gv, Marathi mr, Mirpuri phr, Mongolian mn, Ndebele nd, Nepali ne, Norwegian nb,
Oromo om, Pahari phr, Panjabi pa, Pashto ps, Patois jam, Persian fa, Polish pl, Portuguese pt,
Pothwari phr, Punjabi pa, Pushto ps, Quechua qu, Romanes rom, Romani rom, Romanian ro, Russian ru,
Saraiki skr, Scots sco, Scottish Gaelic gd, Serbian sr, Shona sn, Sindhi sd, Sinhala si,
Sinhalese si, Slovak sk, Slovene sl, Slovenian sl, Somali so, Sorani ckb, Spanish es, Swahili sw,
Swedish sv, Sylheti syl, Tagalog tl, Tajik tg, Tamil ta, Telugu te, Tetum tet, Thai th, Tibetan bo,
Tigrinya ti, Turkish tr, Turkmen tk, Twi tw, Ukrainian uk, Urdu ur, Uyghur ug, Uzbek uz,
Vietnamese vi, Welsh cy, Wolof wo, Xhosa xh, Yiddish yi, Yoruba yo, Zulu zu
"""
_TWO_LETTERS = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz
ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln
lo lt lu lv mg mh mi mk ml mn mr ms mt my nb nd ne ng nl nn nr nv ny oc oj om or os pa pi pl ps
pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl
tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""


def _named() -> Mapping[str, str]:
    pairs = (entry.strip().rpartition(" ") for entry in _NAMES.replace("\n", " ").split(","))
    return {name: code for name, _, code in pairs}


_WRITTEN = _named()
_CODES = {name.casefold(): code for name, code in _WRITTEN.items()}
_KNOWN = frozenset(_TWO_LETTERS.split()) | frozenset(_CODES.values())
_TAG = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{2,8})*)")
_BETWEEN = re.compile(r"\s*(?:/|&|\+|\band\b|\bor\b)\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"(.*?)\s*\(([^()]*)\)\s*")
_BESIDE = re.compile(r"\s+(?:language|speakers?|speaking|spoken)$", re.IGNORECASE)


def read_languages(text: str) -> Understood:
    """Read languages by name or code.

    Args:
        text: The cell, tidied.

    Returns:
        The codes joined by ``;`` in their order; an unknown language is left out, and said.
    """
    found: dict[str, None] = {}
    unknown: list[str] = []
    for item in (part for line in by_commas(text) for part in _BETWEEN.split(line)):
        name = item.strip(" .")
        code = _code(name)
        if code is not None:
            found[code] = None
        elif not is_blank_word(name):
            unknown.append(name)
    return Understood(";".join(found), tuple(_not_known(name) for name in unknown))


def _code(name: str) -> str | None:
    """Find the code for a name; in ``Kurdish (Sorani)`` the narrower one counts."""
    bare = _BESIDE.sub("", name.casefold())
    if bare in _CODES:
        return _CODES[bare]
    tag = _TAG.fullmatch(name)
    if tag is not None and tag[1].casefold() in _KNOWN:
        return tag[1].casefold() + tag[2]
    around = _BRACKETS.fullmatch(bare)
    if around is None:
        return None
    return _CODES.get(around[2].strip()) or _CODES.get(around[1].strip())


def _not_known(name: str) -> Remark:
    message = f"{quoted(name)} is not a language netmap knows."
    hint = did_you_mean(name, _WRITTEN) or "Write its code, as in en or ur."
    return Remark(Outcome.REFUSED, "unknown-language", message, hint)
