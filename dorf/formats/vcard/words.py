"""What the properties of vCards mean, as tables: names, labels, kinds, groups of the programs."""

from __future__ import annotations

import re

from dorf.core.vocabulary import ROLES


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


OLD_VERSION = "2.1"

SILENT = _listed(
    "VERSION PRODID REV SOURCE NAME PROFILE MAILER SORT-STRING CLASS CLIENTPIDMAP CREATED UID "
    "BEGIN END KIND MEMBER AGENT X-ABLABEL X-ABUID X-ABADR X-ABSHOWAS X-CLASS X-PRODID "
    "X-ADDRESSBOOKSERVER-KIND X-ADDRESSBOOKSERVER-MEMBER X-EVOLUTION-FILE-AS "
    "X-EVOLUTION-LIST X-EVOLUTION-BOOK-URI X-KADDRESSBOOK-KIND X-NAME X-UID X-ID "
    "X-WEBDAV-ETAG X-RADICALE-NAME X-SORT-STRING X-FILE-AS X-PREFER-MAIL-HTML "
    "X-ACCOUNT X-TIMESTAMP X-LOCAL-ID X-DEFAULT X-STARRED X-REDUCTION "
    "X-IRMC-LUID X-ETAG X-GENERATOR X-PILOTID X-PILOTSTAT X-GNO X-NO"
)
"""Properties that keep the books of a program or are read elsewhere."""
SILENT_BEGINNINGS = (
    "X-IMAGE", "X-SHARED-", "X-MOZILLA-", "X-MS-OL-", "X-EVOLUTION-WEBDAV", "X-APPLE-",
    "X-PHOENIX", "X-SYNC", "X-DAVDROID", "X-OC-", "X-NC-", "X-PHOTO-", "X-DCM-", "X-GAMMU-",
    "X-COUCHDB-", "X-KADDRESSBOOK-CRYPTO",
)  # fmt: skip

LABELS = {
    "URL": "Web", "X-ABURL": "Web", "X-EVOLUTION-BLOG-URL": "Blog",
    "X-EVOLUTION-VIDEO-URL": "Video",
    "X-KADDRESSBOOK-BLOGFEED": "Blog", "X-WEB": "Web",
    "X-SKYPE": "Skype", "X-SKYPE-USERNAME": "Skype", "X-AIM": "AIM", "X-ICQ": "ICQ",
    "X-JABBER": "Jabber", "X-MSN": "MSN", "X-YAHOO": "Yahoo", "X-GOOGLE-TALK": "Google Talk",
    "X-GTALK": "Google Talk", "X-QQ": "QQ", "X-GADUGADU": "Gadu-Gadu", "X-GROUPWISE": "GroupWise",
    "X-TWITTER": "Twitter", "X-FACEBOOK": "Facebook", "X-LINKEDIN": "LinkedIn",
    "X-MATRIX": "Matrix", "X-TELEGRAM": "Telegram", "X-SIGNAL": "Signal", "X-WHATSAPP": "WhatsApp",
    "X-SIP": "SIP", "X-MS-IMADDRESS": "IM", "X-KADDRESSBOOK-X-IMADDRESS": "IM",
    "X-PHONETIC-FIRST-NAME": "Phonetic", "X-PHONETIC-MIDDLE-NAME": "Phonetic",
    "X-PHONETIC-LAST-NAME": "Phonetic", "X-PHONETIC-ORG": "Phonetic",
    "X-KANA": "Phonetic", "X-YAHOO-ID": "Yahoo",
    "X-MAIDENNAME": "née", "X-ALTBDAY": "Birthday",
    "BIRTHPLACE": "*",
    "PRONOUNS": "Pronouns", "HOBBY": "Hobby", "INTEREST": "Interest", "GEO": "Geo",
    "CONTACT-URI": "Web",
    "X-KADDRESSBOOK-X-PROFESSION": "Profession", "X-KADDRESSBOOK-X-OFFICE": "Office",
    "X-KADDRESSBOOK-X-DEPARTMENT": "Department", "X-DEPARTMENT": "Department",
    "X-ASSISTANT-PHONE": "Assistant", "X-MS-ASSISTANT-PHONE": "Assistant",
    "X-ASSISTANT-TEL": "Assistant",
}  # fmt: skip
"""Properties that go to the notes, each under its label."""

_OF_DEATH = re.compile(
    r"(?:X-(?:[A-Z]+-)*)?(?:DEATH-?(?:DATE|DAY|PLACE)?|DATE-OF-DEATH|DIED(?:-ON)?|DECEASED|DEAD)"
)
_NOT_DEAD = frozenset({"", "0", "false", "no", "n", "nein", "none", "null", "alive"})
DEAD = frozenset({"1", "true", "yes", "y", "ja"})
"""What a property of a death says that only states that there was one."""

NO_PLACE = _listed(
    "GENDER LANG LANGUAGE TZ CALURI FBURL CALADRURI ORG-DIRECTORY GRAMGENDER JSPROP XML"
)
"""Properties of the standards for which dorf has no place; others may be broken lines."""

RELATIONS = {
    "X-EVOLUTION-SPOUSE": "Spouse", "X-SPOUSE": "Spouse", "X-MS-SPOUSE": "Spouse",
    "X-KADDRESSBOOK-X-SPOUSENAME": "Spouse", "X-KADDRESSBOOK-X-SPOUSESNAME": "Spouse",
    "X-WAB-SPOUSE-NAME": "Spouse", "X-EVOLUTION-MANAGER": "Manager",
    "X-EVOLUTION-ASSISTANT": "Assistant", "X-MANAGER": "Manager", "X-ASSISTANT": "Assistant",
    "X-MS-MANAGER": "Manager", "X-MS-ASSISTANT": "Assistant",
    "X-KADDRESSBOOK-X-MANAGERSNAME": "Manager",
    "X-KADDRESSBOOK-X-ASSISTANTSNAME": "Assistant", "X-MS-CHILD": "Child", "X-CHILD": "Child",
    "X-CHILDREN": "Child",
}  # fmt: skip
"""Properties that say who somebody else is to the contact."""

CHILD_WORDS = _listed("child son daughter children kid kind kinder sohn tochter")

ANNIVERSARIES = frozenset(
    {
        "ANNIVERSARY",
        "X-ANNIVERSARY",
        "X-EVOLUTION-ANNIVERSARY",
        "X-KADDRESSBOOK-X-ANNIVERSARY",
        "X-MS-ANNIVERSARY",
        "X-WAB-WEDDING-ANNIVERSARY",
        "X-WEDDING-ANNIVERSARY",
    }
)
ANNIVERSARY = "Anniversary"
"""What a yearly day is called that has no other name in the file."""
WEDDING_WORDS = frozenset(
    {
        "anniversary",
        "hochzeitstag",
        "hochzeit",
        "wedding",
        "wedding day",
        "wedding anniversary",
        "jahrestag",
    }
)
"""Names of yearly days that are what the property ANNIVERSARY means (RFC 6350, 6.2.6)."""

ANDROID_RELATIONS = (
    "", "Assistant", "Brother", "Child", "Domestic partner", "Father", "Friend", "Manager",
    "Mother", "Parent", "Partner", "Referred by", "Relative", "Sister", "Spouse",
)  # fmt: skip
"""The kinds of relations of Android's contacts by their numbers; 0 has a label of its own."""
ANDROID_DAYS = ("", ANNIVERSARY, "Other", "Birthday")

CATEGORIES = {slug: slug.replace("_", " ").capitalize() for slug in ROLES if slug != "other"} | {
    "acquaintance": "New acquaintance"
}
"""The word for each role among the categories that dorf writes; it states that role."""

_PLAIN_LABELS = _listed(
    "mobile cell home work main other iphone homepage pref internet voice privat private "
    "geschäftlich arbeit handy mobil haupt andere sonstige profile school apple watch grand_central"
)
_FAX = re.compile("fax", re.IGNORECASE)
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)

_SYSTEM_GROUPS = frozenset(
    {
        "mycontacts",
        "my contacts",
        "meine kontakte",
        "starred",
        "starred in android",
        "markiert",
        "in android markiert",
        "all contacts",
        "alle kontakte",
        "contacts",
        "kontakte",
        "uncategorized",
        "unfiled",
        "other contacts",
    }
)
_IMPORTED = re.compile(r"(?:imported|importiert)(?: (?:on|am) .*)?", re.IGNORECASE)


def is_of_death(name: str, value: str) -> bool:
    """Tell whether a property says that somebody has died: DEATHDATE (RFC 6474) and its kin."""
    return bool(_OF_DEATH.fullmatch(name)) and value.strip().casefold() not in _NOT_DEAD


def plain_label(label: str) -> str:
    """Return what *label* says, without the signs around one of Apple's own."""
    match = _APPLE_LABEL.fullmatch(label.strip())
    return (match[1] if match else label).strip()


def own_label(label: str) -> str:
    """Return *label* if somebody made it up; one that comes with the program says nothing here."""
    plain = plain_label(label)
    if _FAX.search(plain):
        return "Fax"
    return "" if plain.casefold() in _PLAIN_LABELS else plain


def tidy(label: str) -> str:
    """Return *label* as a word of a sentence, where a program wrote it as one of its constants."""
    if label.islower() or (label.isupper() and (len(label) > 4 or "_" in label)):
        return label.replace("_", " ").capitalize()
    return label


def is_system_group(word: str) -> bool:
    """Tell whether a group comes with the address book, and says nothing of the people in it."""
    plain = word.strip().lstrip("*").strip().casefold()
    return plain in _SYSTEM_GROUPS or bool(_IMPORTED.fullmatch(plain))


def is_silent(name: str) -> bool:
    """Tell whether a property keeps the books of a program, and needs no word."""
    return name in SILENT or name.startswith(SILENT_BEGINNINGS) or name.endswith("ETAG")
