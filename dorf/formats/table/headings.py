"""The headings of tables: which words, German or English, stand for which field.

The words are those of Google Contacts, Outlook and Thunderbird, and those that people write above
lists of their own. Case, umlauts, blanks, hyphens and numbers make no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dorf.core.spelling import fold
from dorf.values import NamedTuple


def key_of(title: str) -> str:
    """Return the key under which spellings of one heading are equal, numbers left out."""
    key = fold(title.replace(":in", "in").replace("_", " ")[:200])
    return "".join(character for character in key if not character.isdigit() and character != " ")


def keys_of(words: str) -> frozenset[str]:
    """Return the keys of *words*."""
    return frozenset(map(key_of, _split(words.replace("|", ","))))


def _split(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


IGNORED = "ignore"
UNKNOWN = ""

WORDS: dict[str, str] = {
    # field: English headings | German headings
    "name": (
        "name, names, full name, contact, contact name, person, who, fn | "
        "Name, Namen, vollständiger Name, Vor- und Nachname, Vorname und Nachname, Vorname "
        "Nachname, Nachname Vorname, Name Vorname, Kontakt, Kontaktname, Person, wer, heißt"
    ),
    "display": "display name, file as | Anzeigename, Ablegen unter, Speichern unter",
    "given": "first name, given name, forename, first | Vorname, Vornamen",
    "middle": (
        "middle name, middle names, additional name, middle | "
        "weitere Vornamen, weiterer Vorname, zweiter Vorname, Zweitname"
    ),
    "family": (
        "last name, family name, surname, last, family | Nachname, Familienname, Zuname, Familie"
    ),
    # Of a list of children: who is meant where nobody else is named.
    "parent": (
        "mother, father, mum, mom, dad, parent, parents, mother's name, father's name | "
        "Mutter, Vater, Mama, Papa, Eltern, Elternteil, Name Mutter, Name Vater, Name der Mutter, "
        "Name des Vaters, Name der Eltern, Erziehungsberechtigte"
    ),
    "prefix": "name prefix, title, salutation | Anrede, Titel, Namenspräfix",
    "suffix": "name suffix, suffix | Suffix, Namenszusatz",
    "nicknames": (
        "nickname, nicknames, nick, short name | Spitzname, Spitznamen, Rufname, Kosename, genannt"
    ),
    "phones": (
        "phones, phone numbers, mobile, mobile phone, mobile number, cell, cellphone, primary "
        "phone, car phone, radio phone, company main phone, callback, isdn, tty/tdd phone, "
        "landline, iPhone, phone mobile, phone iPhone, WhatsApp, Signal | "
        "Telefone, Telefonnummern, Handy, Handynummer, Handynr, Mobil, Mobiltelefon, "
        "Mobilnummer, Mobil-Tel.-Nr., Mobilfunk, Mobilfunknummer, Festnetz, Festnetznummer, "
        "Rufnummer, Haupttelefon, Autotelefon, Telefon Firma, Rückmeldung, Telefon für "
        "Hörbehinderte, Funktelefon, Nummer, Tel. dienstl., Tel. geschäftl., Telefon mobil, "
        "Telefon iPhone"
    ),
    "emails": (
        "e-mails, e-mail addresses, primary email, secondary email, alternate email | "
        "E-Mails, E-Mail-Adressen, Mails, Mailadressen, primäre E-Mail-Adresse, sekundäre "
        "E-Mail-Adresse, primäre E-Mail, sekundäre E-Mail"
    ),
    "addresses": "addresses | Adressen, Anschriften",
    "birthday": (
        "birthday, birth date, date of birth, dob, born, born on, bday | "
        "Geburtstag, Geburtsdatum, geboren, geboren am, geb., geb.-Datum, geb. am"
    ),
    "birth_year": "birth year, year of birth | Geburtsjahr, Jahrgang",
    "birth_month": "birth month, month of birth | Geburtsmonat, Monat der Geburt",
    "birth_day": "day of birth, birth day of month | Tag der Geburt, Geburtstag (Tag), Geb.-Tag",
    # Which day this is, the other columns tell: `dates`.
    "year": "year | Jahr",
    "month": "month | Monat",
    "day": "day",  # "Tag" is a label in English
    "date": "date, event date, when | Datum, wann",
    "event_type": "type, occasion | Art, Typ, Ereignis, Anlass",
    "year_matters": "year matter, year matters, year known | Jahr bekannt",
    "died_on": (
        "deceased, dead, is dead, died, died on, death, death date, date of death, day of death, "
        "deceased date, deceased on, passed away, † | "
        "verstorben, verstorben am, gestorben, gestorben am, gest., gest. am, tot, Todestag, "
        "Todesdatum, Sterbedatum, Sterbetag, †, † am"
    ),
    "yearly": (
        "anniversary, wedding anniversary, wedding day, name day | "
        "Jahrestag, Hochzeitstag, Namenstag"
    ),
    "yearly_days": "yearly days | Jahrestage",
    "met_at": (
        "met at, met, where met, where we met, how we met | "
        "kennengelernt, kennengelernt bei, kennengelernt in, woher, woher wir uns kennen"
    ),
    "notes": (
        "notes, note, comment, comments, info, remarks, description, details | "
        "Notiz, Notizen, Bemerkung, Bemerkungen, Anmerkung, Anmerkungen, Kommentar, "
        "Kommentare, Info, Infos, Hinweis, Hinweise, Beschreibung, Sonstiges"
    ),
    "roles": (
        "role, roles, relationship, relation, who is this | "
        "Rolle, Rollen, Beziehung, Beziehungen, Verhältnis, wer ist das, wer das ist"
    ),
    "circle": "circle, closeness | Kreis, Kreise",
    "cadence_days": (
        "cadence, cadence days, rhythm, rhythm days, frequency, interval, how often, every | "
        "Rhythmus, Rhythmus (Tage), Häufigkeit, Turnus, Intervall, wie oft, Kontaktrhythmus, "
        "alle"
    ),
    "last_contact": (
        "last contact, last contacted, last seen, last met, last talked, last encounter | "
        "letzter Kontakt, letztes Treffen, letzte Begegnung, zuletzt, zuletzt gesehen, "
        "zuletzt getroffen, zuletzt gesprochen"
    ),
    "added_on": (
        "added on, added, since, known since | "
        "seit, dabei seit, hinzugefügt, hinzugefügt am, aufgenommen, bekannt seit"
    ),
    "status": "status | Status",
    "gives": (
        "gives, helps with, help, can help with, support | "
        "gibt, hilft, hilft bei, hilft uns bei, unterstützt bei, Hilfe, Unterstützung"
    ),
    "gets": "gets, gets from us, receives | bekommt, bekommt von uns, erhält",
    "skills": (
        "skills, skill, talents | "
        "Fähigkeit, Fähigkeiten, Können, kann, Talent, Talente, besonderes Können"
    ),
    "kids": (
        "kids, kid, children, child, name of child, child name, child's name | "
        "Kinder, Kind, Name des Kindes, Vorname des Kindes, Kindername, Name Kind, Vorname Kind"
    ),
    "kid_birthday": (
        "child birthday, child's birthday, birthday of child | "
        "Geburtstag Kind, Geburtsdatum Kind, geb. Kind, Geburtstag des Kindes, "
        "Geburtsdatum des Kindes"
    ),
    "where": "where, distance, near/far, lives | wo, Nah/fern, nah oder fern, Nähe, wohnt",
    "trusted": "trusted, trust | vertraut, Vertrauen, Vertrauensperson",
    "pickup": (
        "pickup, may pick up, may collect | "
        "abholen, darf abholen, abholberechtigt, Abholberechtigung, Abholung"
    ),
    "group": (
        "group, groups, group membership, labels, label, category, categories, tags, tag, "
        "keywords | "
        "Gruppe, Gruppen, Kategorie, Kategorien, Schlagwort, Schlagworte, Schlagwörter, "
        "Stichwort, Stichwörter, Liste, Listen, Etikett, Etiketten"
    ),
    "organisation": (
        "company, organization, organisation, organization name, employer, institution, work "
        "company, org | "
        "Firma, Unternehmen, Organisation, Verein, Arbeitgeber, Einrichtung"
    ),
    "count": "no., # | Nr., lfd. Nr.",
    "photo": "photo, picture, avatar, photo url, user photo | Foto, Bild",
    "uid": "uid | uid",
    # What has no field of its own: the notes, with the heading before it.
    "labelled": (
        "spouse, job title, department, organization title, organization department, "
        "organization location, organization job description, organization symbol, "
        "profession, occupation, hobby, hobbies, web page, website, homepage, url, personal "
        "web page, location, office location, maiden name, manager's name, assistant's name, "
        "assistant's phone, fax, fax number, business fax, home fax, other fax, work fax, "
        "pager, pager number, telex, im address, screen name, referred by, user, custom, "
        "account, billing information, schools, language, government id number, "
        "organizational id number, phonetic first name, phonetic middle name, phonetic last "
        "name, yomi name, given name yomi, additional name yomi, family name yomi, given "
        "yomi, surname yomi, company yomi, subject, work title, work dept, website home page, "
        "website blog, website profile, website work, website other | "
        "Partner, Partnerin, Ehepartner, Ehepartner/Partner, Position, Abteilung, "
        "Arbeitstitel, Beruf, Hobby, Hobbys, Webseite, Homepage, Büro, Geburtsname, "
        "Mädchenname, Name des/der Vorgesetzten, Name Assistent, Telefon Assistent, Fax, "
        "Faxnummer, Fax geschäftlich, Fax privat, weiteres Fax, Pager-Nummer, Messenger-Name, "
        "empfohlen von, Benutzer, benutzerdef., Konto, Abrechnungsinformation, Sprache, "
        "Organisations-Nr., Regierungs-Nr., Vorname Yomi, Nachname Yomi, Firma Yomi"
    ),
    # What programs write for themselves, and what repeats another column.
    IGNORED: (
        "id, initials, internet free busy, directory server, mileage, "
        "priority, sensitivity, organization type, organization label, organization yomi name | "
        "ID, Initialen, Internet-Frei/Gebucht, Verzeichnisserver, "
        "Reisekilometer, Priorität, Vertraulichkeit"
    ),
    "mail_name": "e-mail display name | E-Mail angezeigter Name",
    "private": "private | privat",
    "gender": "gender, sex | Geschlecht",
}

PLACES = {
    "home": "home | privat",
    "work": "work, business | geschäftlich, dienstlich, beruflich, Arbeit",
    "other": "other | weitere, weiterer, weiteres, weiteres/r, weiteres/e, sonstige",
}
PLACED: dict[str, str] = {
    # What may stand with one of the places, on either side of it, and also alone.
    "phones": (
        "phone, telephone, tel, phone number, mobile, cell phone | "
        "Telefon, Tel., Telefonnummer, Telefonnr, Handy, Mobil, Festnetz"
    ),
    "emails": (
        "e-mail, e-mail address, mail | E-Mail, E-Mail-Adresse, E-Mail: Adresse, Mail, Mailadresse"
    ),
    "whole": "address, postal address, adr | Adresse, Anschrift, Wohnadresse",
    "formatted": "address formatted",
    "street": (
        "street, street address, address street | "
        "Straße, Straße und Hausnummer, Straße und Nr., Straße/Nr., Str."
    ),
    "house": "house number, address house number | Hausnummer, Hausnr.",
    "city": "city, town, address city | Ort, Stadt, Wohnort, PLZ/Ort, PLZ und Ort",
    "zip": "zip, zip code, postal code, postcode, address postal code | PLZ, Postleitzahl",
    "region": (
        "state, county, region, province, address region | "
        "Bundesland, Kanton, Bundesland/Kanton, Region"
    ),
    "country": "country, country/region, address country | Land, Land/Region",
    "box": "po box, address po box | Postfach",
    "extended": "extended address, address extended address | Adresszusatz",
}
PAIRS: dict[str, str] = {
    # Google's columns in pairs: what it is ("E-mail 1 - Label"), then its value.
    "emails": "e-mail",
    "phones": "phone",
    "address": "address",
    "relation": "relation",
    "event": "event",
    "custom": "custom field",
    "website": "website",
    "im": "im",
    "external": "external id",
    "jot": "jot",
    "calendar": "calendar link",
}
LABELS = "type, label, service"

ELSEWHERE: dict[str, str] = {
    # What heads the names in tables of other languages; a name beside a given or a family name
    # is the other one of the two.
    "name": "nom, nombre, nome, naam, navn, namn, nimi, isim, jméno, név, nazwa",
    "given": (
        "prénom, prénoms, voornaam, roepnaam, förnamn, fornavn, etunimi, imię, ad, adı, primer "
        "nombre, primeiro nome, nome próprio, keresztnév, křestní jméno, имя"
    ),
    "family": (
        "nom de famille, apellido, apellidos, cognome, cognomi, sobrenome, apelido, achternaam, "
        "familienaam, efternamn, etternavn, efternavn, sukunimi, nazwisko, soyad, soyadı, "
        "soyisim, příjmení, vezetéknév, фамилия"
    ),
    "birthday": (
        "date de naissance, fecha de nacimiento, cumpleaños, data di nascita, "
        "compleanno, data de nascimento, geboortedatum, verjaardag, födelsedag, födelsedatum, "
        "fødselsdag, fødselsdato, data urodzenia, urodziny, doğum tarihi, doğum günü"
    ),
}

PARTS = ("extended", "box", "street", "house", "zip", "city", "region", "country")
NAMING = ("name", "display", "given", "family", "parent", "nicknames", "phones", "emails")
DATED = (
    "birthday", "kid_birthday", "yearly", "yearly_days", "event", "last_contact", "added_on",
    "kids", "date", "event_day", "died_on",
)  # fmt: skip

PASSWORDS = keys_of("password, login password | Passwort, Kennwort")
BOOKINGS = keys_of(
    "booking date, value date, amount, balance | Buchungstag, Buchungsdatum, Valuta, Valutadatum, "
    "Wertstellung, Verwendungszweck, Betrag, Saldo, Brutto, Netto, Guthaben"
)
"""The headings of tables that hold no people: of passwords (one will do), of an account (two)."""

UNSAID = keys_of("unspecified, unknown, keine Angabe, nicht angegeben")
"""What programs write for a gender that nobody stated."""

USUAL_LABELS = keys_of(
    "home, work, other, mobile, main, cell, iPhone, private, school, voice, preferred, internet, "
    "smtp, ex, default, google voice | privat, geschäftlich, Arbeit, beruflich, dienstlich, "
    "sonstige, andere, weitere, Mobil, Handy, Haupt, Hauptnummer, Festnetz"
)
"""What Google's labels usually say; any other one is somebody's own, and worth keeping."""

SYSTEM_GROUPS = keys_of("my contacts, starred, other contacts, starred in android")
"""Groups that nobody made: Google puts everybody in them."""

EVENTS = {
    "birthday": keys_of("birthday, bday, birth | Geburtstag, Geburt"),
    "yearly": keys_of(
        "anniversary, wedding, wedding day, name day, other | Jahrestag, Hochzeitstag, Hochzeit, "
        "Namenstag, Sonstiges, andere"
    ),
    "thing": keys_of("vehicle, car, pet | Fahrzeug, Auto, Haustier"),
}
"""What apps for birthdays call the days that they keep; words of a death are known to `draft`."""
ALIVE = keys_of("alive, living, lives | lebt, lebend, am Leben")
"""What says, in a column of deaths, that somebody lives."""

CHILD = keys_of("child, children, son, daughter | Kind, Kinder, Sohn, Tochter")
SALUTATIONS = keys_of("mr, mrs, ms, miss | Herr, Frau, Familie, Fam., Schwester, Bruder")
ACADEMIC = keys_of(
    "dr, prof, dipl, ing, mag, pd, med, rer, nat, phil, dent, vet, jur | Pfarrer, Pfarrerin"
)

OURS = {
    # The headings of dorf's own tables: (English, German).
    "name": ("Name", "Name"),
    "nicknames": ("Nicknames", "Spitznamen"),
    "roles": ("Roles", "Rollen"),
    "circle": ("Circle", "Kreis"),
    "birthday": ("Birthday", "Geburtstag"),
    "phones": ("Phones", "Telefon"),
    "emails": ("E-mails", "E-Mail"),
    "addresses": ("Addresses", "Adressen"),
    "cadence_days": ("Rhythm (days)", "Rhythmus (Tage)"),
    "last_contact": ("Last contact", "letzter Kontakt"),
    "gives": ("Gives", "gibt"),
    "gets": ("Gets", "bekommt"),
    "skills": ("Skills", "Können"),
    "kids": ("Kids", "Kinder"),
    "where": ("Where", "wo"),
    "trusted": ("Trusted", "vertraut"),
    "pickup": ("Pickup", "darf abholen"),
    "yearly_days": ("Yearly days", "Jahrestage"),
    "met_at": ("Met at", "kennengelernt"),
    "died_on": ("Died on", "gestorben am"),
    "status": ("Status", "Status"),
    "notes": ("Notes", "Notizen"),
    "added_on": ("Added on", "dabei seit"),
    "uid": ("uid", "uid"),
}


class Heading(NamedTuple):
    """What a heading means: a field, and what belongs together with it."""

    field: str
    place: str = ""
    """The place of an address (home, work, other), or "google" for one of its numbered ones."""
    german: bool = False
    english: bool = False


def heading(title: str) -> Heading:
    """Return what *title* means as the heading of a column."""
    return _table().get(key_of(title), Heading(UNKNOWN))


@cache
def _table() -> dict[str, Heading]:
    table: dict[str, Heading] = {}
    for field, place, english, german in _entries():
        for word in english:
            key = key_of(word)
            table[key] = table.get(key, Heading(field, place))._replace(english=True)
        for word in german:
            key = key_of(word)
            table[key] = table.get(key, Heading(field, place))._replace(german=True)
    for field, words in ELSEWHERE.items():
        for word in _split(words):
            table.setdefault(key_of(word), Heading(field))
    return table


def _entries() -> Iterator[tuple[str, str, list[str], list[str]]]:
    """Yield every field with its place and its English and German words."""
    for field, words in WORDS.items():
        yield field, "", *_both(words)
    for field, words in PLACED.items():
        yield field, "google" if words.startswith("address ") else "", *_both(words)
        for place, sides in PLACES.items():
            english, german = zip(_both(sides), _both(words), strict=True)
            yield field, place, _beside(*english), _beside(*german)
    for field, word in PAIRS.items():
        yield field, "google", [f"{word} value"], []
        yield f"{field} label", "google", _beside([word], _split(LABELS)), []
    yield "emails label", "google", [], ["E-Mail: Typ"]


def _both(words: str) -> tuple[list[str], list[str]]:
    english, _, german = words.partition("|")
    return _split(english), _split(german)


def _beside(places: list[str], words: list[str]) -> list[str]:
    return [both for p in places for word in words for both in (f"{p} {word}", f"{word} {p}")]
