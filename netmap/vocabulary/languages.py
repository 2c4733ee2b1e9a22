"""Languages by their English names and their BCP 47 codes.

Codes are from ISO 639 (parts 1 and 3), as the IANA language subtag registry has them.
"""

import re

from netmap.language import language_name

# Of several names of one language, the one that people are shown stands first.
_NAMES = """
Afrikaans af, Akan ak, Albanian sq, Amharic am, Arabic ar, Armenian hy, Azerbaijani az, Bengali bn,
Bangla bn, Basque eu, Belarusian be, Bosnian bs, British Sign Language bfi, BSL bfi, Bulgarian bg,
Burmese my, Cantonese yue, Catalan ca, Chinese zh, Cornish kw, Croatian hr, Welsh cy, Cymraeg cy,
Czech cs, Danish da, Dari prs, Dutch nl, English en, Estonian et, Ewe ee, Persian fa, Farsi fa,
Fijian fj, Filipino fil, Finnish fi, French fr, Fula ff, Scottish Gaelic gd, Gaelic gd, Luganda lg,
Ganda lg, Georgian ka, German de, Greek el, Gujarati gu, Haitian Creole ht, Hakka hak, Hausa ha,
Hebrew he, Hindi hi, Hindko hno, Hungarian hu, Icelandic is, Igbo ig, Indonesian id, Irish ga,
Italian it, Jamaican Patois jam, Japanese ja, Kannada kn, Kashmiri ks, Kazakh kk, Khmer km, Kikuyu
ki, Kinyarwanda rw, Kirundi rn, Konkani kok, Korean ko, Krio kri, Kurdish ku, Kurmanji kmr, Lao lo,
Latvian lv, Lingala ln, Lithuanian lt, Luxembourgish lb, Macedonian mk, Malay ms, Malayalam ml,
Maltese mt, Mandarin cmn, Mandinka mnk, Manx gv, Marathi mr, Pahari phr, Mirpuri phr, Mongolian mn,
Ndebele nd, Nepali ne, Norwegian nb, Oromo om, Punjabi pa, Panjabi pa, Pashto ps, Patois jam, Polish
pl, Portuguese pt, Pothwari phr, Pushto ps, Quechua qu, Romani rom, Romanes rom, Romanian ro,
Russian ru, Saraiki skr, Scots sco, Serbian sr, Shona sn, Sindhi sd, Sinhala si, Sinhalese si,
Slovak sk, Slovenian sl, Slovene sl, Somali so, Sorani ckb, Spanish es, Swahili sw, Swedish sv,
Sylheti syl, Tagalog tl, Tajik tg, Tamil ta, Telugu te, Tetum tet, Thai th, Tibetan bo, Tigrinya ti,
Turkish tr, Turkmen tk, Twi tw, Ukrainian uk, Urdu ur, Uyghur ug, Uzbek uz, Vietnamese vi, Wolof wo,
Xhosa xh, Yiddish yi, Yoruba yo, Zulu zu
"""
_TWO_LETTERS = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz
ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln
lo lt lu lv mg mh mi mk ml mn mr ms mt my nb nd ne ng nl nn nr nv ny oc oj om or os pa pi pl ps
pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl
tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_ENTRIES = (entry.strip().rpartition(" ") for entry in _NAMES.replace("\n", " ").split(","))
_PAIRS = tuple((name, code) for name, _, code in _ENTRIES)
LANGUAGE_NAMES = tuple(name for name, _ in _PAIRS)
_CODES = {name.casefold(): code for name, code in _PAIRS}
_SHOWN = {code: name for name, code in reversed(_PAIRS)}
_KNOWN = frozenset(_TWO_LETTERS.split()) | frozenset(_SHOWN)
_TAG = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{2,8})*)")


def language_named(name: str) -> str | None:
    """Find the code for an English name; case does not matter."""
    return _CODES.get(name.casefold())


def language_tag(text: str) -> str | None:
    """Read a BCP 47 tag of a known language, such as ``ur`` or ``ur-PK``; None for other text."""
    tag = _TAG.fullmatch(text)
    if tag is None or tag[1].casefold() not in _KNOWN:
        return None
    return tag[1].casefold() + tag[2]


def language_of(text: str) -> str:
    """Reduce what a register says of a language to the code it can be compared by.

    Returns:
        Without region and script: ``ur`` for Urdu, ``ur`` or ``ur-PK``; what is not known stays
        as it is, in small letters.
    """
    tag = language_named(text) or language_tag(text) or text.casefold()
    return tag.partition("-")[0]


def language_label(code: str) -> str:
    """Say a language in the language in force; by its code where no name is known."""
    return language_name(code, _SHOWN.get(code)) or code
