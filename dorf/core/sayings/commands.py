"""The words that people type for a command, German and English, whatever the language of the run.

The first word of a line is the German name of the command; all of them are compared folded, so that
umlauts, capitals and apostrophes do not matter. Phrases of several words count, too.
"""

from __future__ import annotations

from dorf.core.spelling import fold
from dorf.values import NamedTuple

SHORTEST_SLIP = 5
"""Letters of the shortest word in which a slip of the finger is seen (convention)."""

COMMAND_WORDS = {
    "add": "hinzufügen, neu, neuer, neues, neuen, neuer kontakt, neuen kontakt, neue person, "
    "hinzu, aufnehmen, anlegen, eintragen, new, new contact, create, insert, contact, kontakt",
    "edit": "ändern, ändere, änderung, bearbeiten, bearbeite, korrigieren, korrigiere, korrektur, "
    "anpassen, aktualisieren, change, modify, update, set, correct",
    "rename": "umbenennen, benenne, umbenennung, name",
    "role": "rolle, rolle ändern, roles",
    "show": "zeigen, zeige, zeig, anzeigen, ansehen, view, display, details, öffnen, öffne, open",
    "list": "liste, auflisten, alle, alle kontakte, kontakte, leute, menschen, personen, ls, "
    "all, contacts, people, everyone, everybody",
    "who": "wer, wer hilft, wer hilft bei, wer hilft mit, wer kann, who can, who helps, "
    "who helps with, hilfe bei, hilfe beim, help with, wobei",
    "find": "suchen, suche, such, suche nach, finden, finde, search, search for, look for, lookup, "
    "wo ist, wo steht, where is, grep",
    "merge": "zusammenführen, zusammenlegen, vereinen, verschmelzen, combine, join, unite, "
    "doppelt, dubletten, duplicate, duplicates",
    "delete": "löschen, lösche, lösch, entfernen, entferne, weg, remove, del, rm, erase",
    "log": "notieren, notiere, notiz, eintrag, getroffen, gesehen, angerufen, telefoniert, "
    "besucht, geschrieben, gestern, vorgestern, treffen gestern, note, entry, record, met, saw, "
    "called, visited, wrote, yesterday",
    "plan": "planen, plane, verabreden, verabredung, treffen, treffe, termin, morgen, übermorgen, "
    "tomorrow, appointment, meet, meeting, arrange, schedule a coffee, schedule a meeting, "
    "schedule a, schedule coffee",
    "snooze": "zurückstellen, verschieben, verschiebe, aufschieben, vertagen, später, later, "
    "postpone, defer, delay",
    "pause": "pausieren, pausiere, auszeit, ruhen, ruhen lassen, hold",
    "resume": "fortsetzen, weiter, weitermachen, wieder, wieder aufnehmen, wiederaufnehmen, "
    "zurückholen, continue, unpause",
    "end": "beenden, beende, ende, abschied, verabschieden, verabschiede, goodbye, farewell",
    "tend": "pflegen, runde, rundgang, fünf minuten, 5 minuten, five minutes, 5 minutes, kümmern, "
    "round",
    "history": "verlauf, historie, tagebuch, chronik, begegnungen, früher, diary, journal, "
    "encounters, past",
    "encounter": "begegnung, begegnung ändern",
    "status": "übersicht, überblick, heute, was steht an, was liegt an, was ist los, wer ist dran, "
    "wer ist an der reihe, bericht, stand, lage, los, dran, overview, who's next, who is next, "
    "what's next, what's up, today, report, next, show all, dashboard",
    "without": "ohne",
    "gaps": "lücken, lücke, was fehlt, wer fehlt, es fehlt, fehlt, missing, what is missing, "
    "what's missing, who is missing, gap",
    "birthdays": "geburtstage, geburtstag, jahrestage, jahrestag, birthday, anniversaries, "
    "anniversary, bday, bdays",
    "stats": "statistik, statistiken, rückblick, rückschau, zahlen, statistics, review, numbers",
    "remind": "erinnern, erinnere, erinnere mich, erinnerung, fällig, reminder, remind me, due",
    "tips": "tipps, tipp, tip, ideen, idee, anregungen, vorschläge, rat, advice, ideas, hints",
    "init": "einrichten, anfangen, anfang, beginnen, beginne, starten, start, loslegen, "
    "erste schritte, setup, set up, begin, interview, getting started",
    "household": "haushalt, zuhause, zu hause, daheim, familie, home, family",
    "child": "kind, kinder, meine kinder, kid, kids, children, my children, my kids, baby",
    "wish": "wunsch, wünsche, wünschen, wishes",
    "rule": "regel, regeln, rules",
    "accept": "annehmen, akzeptieren, passt, passt so, gut so, in ordnung, ok, okay, fine",
    "map": "karte, landkarte, netzwerkkarte, bild, picture, ecomap",
    "sheet": "blatt, notfallblatt, merkblatt, zettel",
    "page": "seite, webseite",
    "undo": "zurück, zurücknehmen, rückgängig, rückgängig machen, widerrufen, ups, upps, hoppla, "
    "oops, revert, back, take back",
    "redo": "wiederholen, nochmal, noch einmal, again",
    "export": "exportieren, ausgeben, ausgabe, herausgeben",
    "import": "importieren, einlesen, hereinholen",
    "sync": "abgleichen, abgleich, synchronisieren, synchronize",
    "backup": "sichern, sicherung, sichere, sicherungskopie, sicherheitskopie",
    "restore": "wiederherstellen, zurückspielen, wiederherstellung, load",
    "doctor": "prüfen, prüfe, prüfung, überprüfen, diagnose, check, verify",
    "schedule": "zeitplan, cron, systemd, automatisch",
    "demo": "beispiel, beispieldorf, vorführung, example, sample",
    "help": "hilfe, ?, hilf mir, hilfe hilfe, wie geht das, wie geht's, was kann ich tun, "
    "was kannst du, anleitung, handbuch, info, manual, how does it work, how to, usage, man",
}
"""For each command its German name, and what else people call it; commas between."""

WITH_MORE = {
    **dict.fromkeys(("befehle", "kommandos", "alle befehle", "commands"), ("help", "commands")),
    **dict.fromkeys(("notfall", "emergency", "notruf", "sos", "im notfall"), ("who", "emergency")),
    **dict.fromkeys(
        ("babysitter gesucht", "babysitter", "wer passt auf", "who can babysit"),
        ("who", "childcare"),
    ),
}
"""What stands for a command with a word behind it."""


def _table() -> dict[str, tuple[str, ...]]:
    words = {
        fold(word) or word: (command,)
        for command, row in COMMAND_WORDS.items()
        for word in row.split(", ")
    }
    return words | {fold(phrase): line for phrase, line in WITH_MORE.items()}


SPOKEN: dict[str, tuple[str, ...]] = _table()
"""By the folded word or phrase, the command line that it stands for."""

MOST_WORDS = max(len(phrase.split()) for phrase in SPOKEN)


class Found(NamedTuple):
    """The command line that the first words stand for, and how many of them do."""

    line: tuple[str, ...]
    words: int


def german_name(command: str) -> str:
    """Return the German name of a *command*, or its own where it has none."""
    return COMMAND_WORDS.get(command, command).partition(", ")[0]


def spoken(words: list[str]) -> Found | None:
    """Return the command that the most of the first *words* stand for together."""
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        typed = " ".join(words[:count])
        if line := SPOKEN.get(fold(typed) or typed):
            return Found(line, count)
    return None


def slipped(word: str, commands: set[str]) -> str | None:
    """Return the word of one command that *word* is a single slip from; None for two or none.

    Two letters that were swapped are likelier than one that is wrong or missing, and a first letter
    that is another one is another word: Kuchen is not suchen.
    """
    from dorf.core.likeness import one_slip

    key = fold(word)
    lines = {name: line[0] for name, line in SPOKEN.items() if line[0] in commands}
    known = lines | {name: name for name in commands}
    near = [name for name in known if len(name) >= SHORTEST_SLIP and one_slip(key, name)]
    near = [name for name in near if sorted(name) == sorted(key)] or [
        name for name in near if name[0] == key[0]
    ]
    if len({known[name] for name in near}) != 1:
        return None
    return min(near, key=lambda name: name not in commands)
