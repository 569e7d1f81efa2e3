"""What a word is found under: itself, its other readings, and the words inside it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .compounds import Part, compound_parts
from .lexicon import Lexicon, corrections

__all__ = ["Word", "learnt", "read_word"]

_ENDINGS: Final = ("ernes", "erne", "ene", "ers", "ens", "ets", "er", "en", "et", "s")
_SHORTEST_STEM: Final = 4
_SHORTEST_INNER: Final = 2
_ENOUGH_ITEMS: Final = 5
_KEPT_ACCENTS: Final = "\u030a\u0308"  # å and ä, ö, ü are letters of their own


@dataclass(frozen=True, slots=True)
class Word:
    """What a word form is found under.

    `keys` are the words that the form may be a form of, the likeliest first. `parts` are the
    words inside it: a search for one of them finds the form, but not the other way round.
    """

    keys: tuple[str, ...]
    parts: tuple[Part, ...] = ()


def read_word(form: str, lexicon: Lexicon) -> Word:
    """What `form` (a word in small letters, as `tokens` gives it) is found under."""
    if "-" in form:
        return _hyphenated(form, lexicon)
    if "'" in form:
        return _with_apostrophe(form, lexicon)
    lemmas = lexicon.lemmas(form)
    way = () if _undivided(lemmas) else compound_parts(form, lexicon)
    lemmas = lemmas or _of_head(form, way) or _stems(form, lexicon)
    keys = dict.fromkeys(key for lemma in lemmas for key in (lemma, *_spellings(lemma)))
    inner = (*_nested(form, way, lexicon), *_quality(form, lemmas[0], lexicon))
    return Word(tuple(keys), (*inner, *_grown_from(form, lemmas[0])))


def learnt(times: Mapping[str, int]) -> dict[str, int]:
    """What a lexicon learns from an archive: how common words are, and words it did not know.

    `times` says in how many items each form stands; those in fewer than five are left out, as
    most of them are misprints. Forms of known words count for these; unknown compounds and
    inflected forms of unknown words teach nothing.
    """
    lexicon = Lexicon()
    found: Counter[str] = Counter()
    for form, items in times.items():
        if items < _ENOUGH_ITEMS:
            continue
        lemmas = lexicon.lemmas(form)
        if not lemmas and not compound_parts(form, lexicon) and len(_stems(form, lexicon)) == 1:
            lemmas = (form,)
        found.update(dict.fromkeys(lemmas[:1], items))
    return dict(found)


def _undivided(lemmas: tuple[str, ...]) -> bool:
    return any(lemma in corrections()["compounds"]["whole"] for lemma in lemmas)


def _of_head(form: str, way: tuple[Part, ...]) -> tuple[str, ...]:
    """A compound that is in no dictionary takes the inflection of its last part."""
    return (form[: way[-1].start] + way[-1].lemma,) if way else ()


def _stems(form: str, lexicon: Lexicon) -> tuple[str, ...]:
    """An unknown form itself, and without an ending where that leaves a word that is known."""
    stems = (form.removesuffix(ending) for ending in _ENDINGS if form.endswith(ending))
    known = [stem for stem in stems if len(stem) >= _SHORTEST_STEM and lexicon.is_word(stem)]
    genitive = form[:-1] if form.endswith("s") and len(form) > _SHORTEST_STEM else ""
    return tuple(dict.fromkeys(filter(None, (form, *known[:1], genitive))))


def _nested(form: str, way: tuple[Part, ...], lexicon: Lexicon) -> tuple[Part, ...]:
    """The parts, the parts of the parts, and what they have of their own."""
    found: list[Part] = []
    for part in way:
        inner = read_word(form[part.start : part.end], lexicon)
        found.append(part)
        found += [Part(p.lemma, p.start + part.start, p.end + part.start) for p in inner.parts]
    found += _joined_heads(form, way, lexicon)
    return tuple(found)


def _joined_heads(form: str, way: tuple[Part, ...], lexicon: Lexicon) -> list[Part]:
    """Words made of several neighbouring parts: "jobafklaring" in job|afklaring|s|forløb."""
    if len(way) == 2:
        return []
    pairs = [
        (a, b) for a in range(len(way)) for b in range(a + 1, len(way)) if b - a < len(way) - 1
    ]
    words = [(form[way[a].start : way[b].start] + way[b].lemma, a, b) for a, b in pairs]
    return [Part(w, way[a].start, way[b].end) for w, a, b in words if lexicon.is_word(w)]


def _quality(form: str, lemma: str, lexicon: Lexicon) -> tuple[Part, ...]:
    """The adjective inside a word in -hed: "ledig" in "ledighed"."""
    adjective = lemma.removesuffix("hed")
    if adjective == lemma or lemma in corrections()["compounds"]["own_quality"]:
        return ()
    if len(adjective) < _SHORTEST_STEM or not lexicon.is_word(adjective):
        return ()
    return (Part(adjective, 0, len(adjective)),) if form.startswith(adjective) else ()


def _grown_from(form: str, lemma: str) -> tuple[Part, ...]:
    """The word that a listed one grew out of: "misbrug" in "misbruger"."""
    inner = corrections()["inside"].get(lemma)
    if not inner:
        return ()
    start = max(form.find(inner), 0)
    return (Part(inner, start, start + len(inner)),)


def _hyphenated(form: str, lexicon: Lexicon) -> Word:
    """A word with hyphens: found whole, without hyphens, and by what stands between them."""
    *first, last = form.split("-")
    head = read_word(last, lexicon).keys[0]
    keys = ("-".join((*first, head)), "".join((*first, head)), *_joined(form, lexicon))
    found: list[Part] = []
    start = 0
    for text in (*first, last):
        if len(text) >= _SHORTEST_INNER:
            word = read_word(text, lexicon)
            found += [Part(key, start, start + len(text)) for key in word.keys]
            found += [Part(p.lemma, p.start + start, p.end + start) for p in word.parts]
        start += len(text) + 1
    return Word(tuple(dict.fromkeys(keys)), tuple(found))


def _joined(form: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The word that a hyphen was left in ("borgerrådgi-veren"), where it is one."""
    joined = form.replace("-", "")
    return lexicon.lemmas(joined) or _of_head(joined, compound_parts(joined, lexicon))


def _with_apostrophe(form: str, lexicon: Lexicon) -> Word:
    """An abbreviation or name with an ending ("IPS'en"): found under what stands before."""
    word = read_word(form.partition("'")[0], lexicon)
    return Word((*word.keys, form), word.parts)


def _spellings(lemma: str) -> tuple[str, ...]:
    """Other ways to write a word: å for aa (Århus, Aarhus), no accent (idé, ide)."""
    if "aa" in lemma:
        return (lemma.replace("aa", "å"),)
    if lemma.isascii():
        return ()
    letters = unicodedata.normalize("NFD", lemma)
    bare = "".join(c for c in letters if not unicodedata.combining(c) or c in _KEPT_ACCENTS)
    bare = unicodedata.normalize("NFC", bare)
    return () if bare == lemma else (bare,)
