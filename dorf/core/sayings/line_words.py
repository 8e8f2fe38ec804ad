"""The words of a line that notes an encounter: ways, titles, small words, in German and English.

All stand under the key that `dorf.core.spelling.fold` makes of them (CONTRIBUTING.md, Lines).
"""

from __future__ import annotations

from dorf.core.spelling import fold
from dorf.core.vocabulary import How


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


JOIN = _keys("und u and sowie + &")
"""What stands between two people who were met together."""

ARTICLES = _keys(
    "der die das den dem des ein eine einen einem einer the my meine meiner meinen mein "
    "meinem unsere unserer unseren unserem our liebe lieben dear kleine kleinen alte alten"
)
TITLES = _keys("herr frau dr prof mr mrs ms miss")
AUNTS = _keys("tante onkel aunt auntie uncle")

AUXILIARIES = _keys(
    "hat habe hab haben hatte hatten hatt ist war waren bin sind ich wir has had have was were is "
    "been i we gewesen und and u + & sowie i've we've"
)
"""Small words that say nothing at either end of a note."""

SMALL = _keys(
    "mit bei am an zu zum zur von vom per beim für with at the to from for on a by via der die das "
    "den dem ein eine einen einem einer uns mir mich us me kam kamen my "
    "meine meiner meinen mein unserer unsere unseren our"
)
"""Small words that say nothing before a name, or where nothing else stands."""

TOPIC = _keys(
    "über about wegen regarding ohne without statt of gegen nach after for für von from an"
)
"""What stands before somebody who was talked about, greeted or bought for."""

NOT_DAY = _keys("für for bis until till by ab seit since wegen about nach vor before after auf")
"""What stands before a day that is not the day of the encounter."""

CLAUSE = _keys(
    "dass that ob weil because wenn if falls sagt sagte meint meinte says said told erzählt "
    "erzählte fragt fragte asked schreibt"
)
"""Words behind which names and days belong to what was told."""

PARENTS = _keys(
    "papa mama vater mutter eltern elternteil dad daddy mum mom mummy father mother parents parent "
    "mutti vati mami papi"
)
RELATIVES = PARENTS | _keys(
    "schwester bruder mann frau freund freundin oma opa großmutter großvater tante onkel sohn "
    "tochter kind kinder nachbar nachbarin chef chefin kollege kollegin cousin cousine familie "
    "sister brother wife husband boyfriend girlfriend gran grandma grandpa aunt uncle son daughter "
    "nachbarn babysitter babysitterin kinderarzt kinderärztin ärztin arzt hebamme erzieherin "
    "erzieher lehrerin lehrer tagesmutter oma opa neighbours babysitter doctor teacher midwife "
    "kid kids children neighbour boss colleague family partner partnerin geschwister exmann ex"
)

CALL, MESSAGE, LETTER, ONLINE, VISIT = How.CALL, How.MESSAGE, How.LETTER, How.ONLINE, How.VISIT

_NOUNS: tuple[tuple[How, str], ...] = (
    (CALL, "anruf anrufe telefon telefonat telefonisch phone call rückruf handy"),
    (MESSAGE, ("sms whatsapp whatsapps mail mails email emails e-mail nachricht nachrichten chat "
     "sprachnachricht sprachnachrichten message messages text texts dm textnachricht signal "
     "telegram threema imessage mailing messenger voicemessage")),
    (LETTER, "brief briefe post postkarte postkarten karte letter letters postcard postcards"),
    (ONLINE, ("videocall videocalls videoanruf videoanrufe videochat videotelefonat zoom facetime "
     "skype video videokonferenz videogespräch zoomcall videocalling")),
    (VISIT, "treffen besuch besuche visit treff wiedersehen"),
)  # fmt: skip
_VERBS: tuple[tuple[How, str], ...] = (
    (CALL, ("angerufen telefoniert rang phoned called zurückgerufen angeklingelt durchgeklingelt "
     "telefonierte telefonierten rung")),
    (MESSAGE, ("geschrieben gesimst gemailt gechattet texted messaged emailed gewhatsappt "
     "geschriebn schrieb schrieben angeschrieben wrote chatted mailed gesmst whatsappt whatsapped "
     "written getextet")),
    (ONLINE, ("gezoomt zoomed gefacetimed facetimed gefacetimt geskypt geskyped skyped "
     "videotelefoniert videochatted gevideochattet")),
    (VISIT, ("getroffen gesehen besucht met saw visited seen traf trafen sah sahen besuchte "
     "besuchten vorbeigekommen vorbeigeschaut wiedergesehen wiedergetroffen vorbeigefahren "
     "vorbeigegangen hergekommen")),
)  # fmt: skip
NOUNS = {key: how for how, words in _NOUNS for key in map(fold, words.split())}
VERBS = {key: how for how, words in _VERBS for key in map(fold, words.split())}
MEETINGS = _keys(
    "kaffee kaffeetrinken kaffeeklatsch spielplatz spaziergang spazieren spazierengegangen "
    "spielplatzbesuch frühstück frühstücken mittagessen abendessen spieldate spielverabredung "
    "coffee lunch dinner breakfast walk playdate playground abendbrot mittag spielplatzrunde"
)
"""What people do when they meet: a visit, and the word stays in the note."""

TRANSITIVE = _keys("gesehen besucht saw visited seen")
"""Ways that are something else where they have an object besides a person: a film, a museum."""

EXCHANGED = _keys(
    "gave geschickt bekommen geschrieben sent got gekriegt erhalten received gesendet"
)
SPOKEN = _keys("gesprochen talked spoke sprach geredet redete chat chatted spoken")
PHONES = _keys("telefon phone")
ARRIVED = _keys("kam kamen gekommen came schaute schauten")
CAME = ARRIVED | _keys("war waren gewesen is ist")
HERE = _keys("da hier vorbei over by round here rüber")
DROPPED = _keys("dropped popped stopped swung")
DROPPED_HERE = _keys("by in over round")
NO_CARDS = _keys(
    "speisekarte fahrkarte landkarte eintrittskarte speicherkarte kreditkarte spielkarte "
    "monatskarte "
    "jahreskarte dauerkarte straßenkarte bankkarte bahnkarte gesundheitskarte getränkekarte "
    "chipkarte simkarte konzertkarte kinokarte"
)

NO_SLIP = _keys(
    "betroffen gesucht tested better later launch punch bunch winner inner leute kochen kosten "
    "osten montage walled besten harten warten garten latter letten rester gesten brief gewesen "
    "briefs dinner treffer saturn gestein morgan august juni juli mutter vater meter nacht nachts "
    "markt martha marta karte karten tante tanten wache wachen lachen machen sachen waschen "
    "texten testen besuche versucht geschehen gesehnt gestellt gegessen getanzt zahlen acht "
    "achtung rief riefen emil emilia weihnachtsmarkt neuen zelten backen packen halbes ersten "
    "feier feiern freunde freunden feste"
)
"""Words that are right as they stand, though they are one letter from a day or a way."""

WISHES = _keys(
    "anrufen treffen besuchen schreiben telefonieren sehen zurückrufen anzurufen zurückzurufen "
    "einladen simsen mailen anschreiben vorbeischauen wiedersehen"
)
"""Infinitives: they name something to do."""

PLAIN = _keys("call text phone visit meet see write ring message email invite")
"""English verbs that ask to do something where a name follows, or "to" stands before them."""

NEGATIONS = _keys(
    "nicht nie niemals not never kein keine keinen didn't couldn't wasn't hasn't haven't"
)
COMING = _keys("kommt kommen coming comes käme")
FUTURE = _keys("kann will wird werden möchte can could would should might may muss soll darf going")
"""What is said of a day that is still to come: Kim can babysit on Friday."""

AGREED = _keys("verabredet ausgemacht geplant planned arranged eingeladen invited vereinbart")

QUESTIONS = _keys("wann wer wie wo was warum wieso when who what how where why whom wem wen did")
SELF = _keys("ich i hab habe wir we did i've we've")
NO_DEED = _keys(
    "kann könnte konnte würde wollte will möchte soll sollte muss müsste could would should asked "
    "gefragt angeboten offered gebeten can bittet nicht not never nie wenn falls ob if versprochen "
    "promised wird morgen tomorrow might may darf dürfte refused kein keine keinen bald next "
    "nächste nächsten nächstes wants wanted hoped versucht tried beinahe fast almost statt instead"
)
CHILDREN = _keys("kinder kids children kleinen kleine kleiner baby zwillinge twins jungs mädels")

KNOWN = (
    JOIN | ARTICLES | TITLES | AUNTS | AUXILIARIES | SMALL | TOPIC | NOT_DAY | CLAUSE | RELATIVES
    | MEETINGS | EXCHANGED | SPOKEN | CAME | HERE | WISHES | PLAIN | NEGATIONS | COMING | AGREED
    | FUTURE | QUESTIONS | SELF | NO_DEED | CHILDREN | NOUNS.keys() | VERBS.keys()
)  # fmt: skip
"""All words of these tables: none of them is a name that nobody has."""
