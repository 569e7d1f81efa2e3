"""Words that municipalities use and others seldom do, explained in plain Danish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sagsgang.minutes.danish.alphabet import in_order


class Word(NamedTuple):
    """A word: how its forms begin in running text, and what it means."""

    forms: str
    meaning: str | Promise


GLOSSARY: Final[Mapping[str, Word]] = {
    "indstilling": Word(
        r"indstilling(?:en|er|erne)?|indstiller",
        _("Forvaltningens forslag til, hvad udvalget skal beslutte. Udvalget kan sige ja, nej "
          "eller noget andet."),
    ),
    "sagsfremstilling": Word(
        r"sagsfremstilling(?:en|er|erne)?",
        _("Den tekst, som forklarer sagen for udvalget, før det beslutter noget."),
    ),
    "bevilling": Word(
        r"(?:\w+)?bevilling(?:en|er|erne)?",
        _("En tilladelse fra byrådet til at bruge bestemte penge til et bestemt formål."),
    ),
    "tillægsbevilling": Word(
        r"tillægsbevilling(?:en|er|erne)?",
        _("En bevilling, der gives i løbet af året, ud over dem i det vedtagne budget."),
    ),
    "refusion": Word(
        r"(?:\w+)?refusion(?:en|er|erne)?",
        _("Den del af en udgift, som staten betaler tilbage til kommunen."),
    ),
    "medfinansiering": Word(
        r"medfinansiering(?:en)?",
        _("Den del af en udgift, som kommunen betaler til noget, staten eller regionen udbetaler."),
    ),
    "protokollat": Word(
        r"protokollat(?:et|er|erne)?",
        _("En tekst, som et medlem får skrevet ind i referatet, ofte for at sige, hvorfor "
          "medlemmet er uenigt."),
    ),
    "standsningsret": Word(
        r"standsningsret(?:ten)?",
        _("Et medlems ret til at få en sag afgjort af byrådet i stedet for i udvalget "
          "(kommunestyrelsesloven § 23)."),
    ),
    "habilitet": Word(
        r"(?:in)?habilitet(?:en)?|(?:in)?habil(?:e|t)?",
        _("Et medlem er inhabilt, når medlemmet har en personlig interesse i sagen og derfor ikke "
          "må være med til at beslutte."),
    ),
    "taget til efterretning": Word(
        r"(?:taget|tages|tog|tager) (?:\w+ )?til efterretning|til efterretning",
        _("Udvalget er blevet orienteret og gør ikke mere ved sagen nu."),
    ),
    "dagsorden": Word(
        r"(?:tillægs)?dagsorden(?:en|er|erne)?",
        _("Listen over det, der skal behandles på et møde. En tillægsdagsorden kommer til "
          "bagefter."),
    ),
    "forvaltning": Word(
        r"forvaltning(?:en|er|erne)?|direktionen",
        _("De ansatte, der forbereder udvalgets sager og udfører det, det beslutter."),
    ),
    "økonomiudvalg": Word(
        r"økonomiudvalg(?:et)?",
        _("Det udvalg, som ser på alle sager, der rører kommunens økonomi, før byrådet afgør dem."),
    ),
    "høring": Word(
        r"høring(?:en|er|erne|ssvar|ssvaret|ssvarene|sperioden)?",
        _("Borgere, råd eller foreninger får lov at sige deres mening, før der besluttes noget."),
    ),
    "budgetopfølgning": Word(
        r"budgetopfølgning(?:en|er|erne)?|budgetrevision(?:en|er)?",
        _("En gennemgang af, om pengene bliver brugt, som budgettet siger."),
    ),
    "serviceramme": Word(
        r"serviceramme(?:n|r)?",
        _("Det loft over de daglige udgifter, som kommunerne og staten har aftalt."),
    ),
    "KLE-nummer": Word(
        r"KLE(?:-\w+)?",
        _("Et nummer, som alle kommuner bruger for det emne, en sag handler om."),
    ),
    "kontanthjælp": Word(
        r"kontanthjælp\w*",
        _("En ydelse til den, der ikke kan forsørge sig selv eller sin familie på anden måde."),
    ),
    "fleksjob": Word(
        r"fleksjob\w*",
        _("Et job på særlige vilkår for den, der ikke kan arbejde på fuld tid eller i fuldt "
          "tempo."),
    ),
    "ressourceforløb": Word(
        r"ressourceforløb\w*",
        _("En samlet indsats over flere år for den, der er langt fra at kunne arbejde."),
    ),
    "helårsperson": Word(
        r"helårsperson\w*|fuldtidsperson\w*",
        _("En person på en ydelse i et helt år, eller flere, der tilsammen har fået den lige så "
          "længe."),
    ),
}  # fmt: skip

_FORMS: Final = {
    word: re.compile(rf"\b(?:{entry.forms})\b", re.IGNORECASE) for word, entry in GLOSSARY.items()
}


def words_in(text: str) -> list[tuple[str, str | Promise]]:
    """The explained words that stand in a text with their meanings, in the alphabet's order."""
    found = [word for word, forms in _FORMS.items() if forms.search(text)]
    return [(word, GLOSSARY[word].meaning) for word in sorted(found, key=in_order)]
