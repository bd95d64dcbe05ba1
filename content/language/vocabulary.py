"""Words that make a sentence a claim, by language. A language without lists is judged by digits, names and links."""

from dataclasses import dataclass
from types import MappingProxyType


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """Word lists of one language, in lower case. `nouns_have_capitals`: a capital letter alone is no name."""

    numbers: frozenset[str] = frozenset()
    absolutes: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    weekdays: frozenset[str] = frozenset()
    not_names: frozenset[str] = frozenset()
    nouns_have_capitals: bool = False


_ENGLISH = Vocabulary(
    numbers=_words(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands"
        " million millions billion billions trillion trillions dozen dozens half halves third thirds quarter quarters"
        " percent percentage twice double doubled doubles triple tripled tenfold"
    ),
    absolutes=_words(
        "always never all every everyone everybody everything everywhere none nobody nothing nowhere only entirely"
        " completely totally impossible guaranteed guarantee guarantees undoubtedly certainly unquestionably best worst"
        " most largest smallest biggest fastest slowest highest lowest greatest oldest newest unique perfect"
        " perfectly"
    ),
    months=_words("january february march april may june july august september october november december"),
    weekdays=_words("monday tuesday wednesday thursday friday saturday sunday"),
    not_names=frozenset(["i", "i'm", "i'd", "i'll", "i've"]),
)
_GERMAN = Vocabulary(
    numbers=_words(
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig siebzig"
        " achtzig neunzig hundert tausend million millionen milliarde milliarden dutzend hälfte drittel viertel prozent"
        " doppelt verdoppelt dreifach zehnfach"
    ),
    absolutes=_words(
        "immer nie niemals alle alles jeder jede jedes niemand nichts nirgends überall nur völlig vollständig unmöglich"
        " garantiert zweifellos sicherlich beste besten bester bestes schlechteste schlechtesten meisten größte größten"
        " kleinste kleinsten schnellste schnellsten höchste höchsten einzige einzigen perfekt"
    ),
    months=_words("januar jänner februar märz april mai juni juli august september oktober november dezember"),
    weekdays=_words("montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"),
    nouns_have_capitals=True,
)
_FRENCH = Vocabulary(
    numbers=_words(
        "deux trois quatre cinq six sept huit neuf dix onze douze vingt trente quarante cinquante soixante cent cents"
        " mille million millions milliard milliards douzaine moitié tiers quart pourcent double triple"
    ),
    absolutes=_words(
        "toujours jamais tous toutes tout chaque personne rien aucun aucune partout seulement uniquement entièrement"
        " complètement impossible garanti garantie certainement meilleur meilleure pire parfait parfaite"
    ),
    months=_words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    weekdays=_words("lundi mardi mercredi jeudi vendredi samedi dimanche"),
)
VOCABULARIES = MappingProxyType({"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH})


def vocabulary_of(language: str) -> Vocabulary:
    """Return the word lists for a BCP 47 tag; empty ones if we have none."""
    return VOCABULARIES.get(language.split("-", 1)[0].lower(), Vocabulary())
