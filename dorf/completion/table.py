"""What each command takes, for completing. Written by ``python -m tests.completion``.

A command's line holds its arguments, as ``<kind>``, with … if there can be several, and its
options: all spellings, ``=kind`` if it takes a value, * if it can be given again, ! if it is
hidden. A kind is a key of `WORDS`, the words themselves between bars, or one that is looked up:
name, child, wish, key, file; - is free text.
"""

# fmt: off
# ruff: noqa: E501

TABLE = {
    "": "--db=file --lang=de|en --today=-! --version --show-completion=bash|zsh|fish --install-completion=bash|zsh|fish",
    "add": "<-> --last/--zuletzt=- --role/--rolle/-r=role* --every/--alle=- --circle/--kreis=- --near/--nah --far/--fern --home/--zuhause --gives/--gibt=kinds --gets/--bekommt=kinds --skill/--kann=-* --kid/--kind=-* --birthday/--geburtstag=- --yearly/--jahrestag=-* --lead/--vorlauf=- --phone/--telefon=-* --email/--mail=-* --address/--adresse=-* --nickname/--spitzname=-* --met/--kennengelernt=- --note/--notiz/-n=- --trusted/--vertraut/--not-trusted/--nicht-vertraut --pickup/--abholen/--no-pickup/--nicht-abholen --online/--nur-online/--in-person/--persönlich --single-parent/--alleinerziehend/--not-single-parent/--zu-zweit --strained/--belastet/--not-strained/--unbelastet --bond/--bindung=child* --until/--bis=- --json",
    "edit": "<name> --clear/--leeren=-* --every/--alle=- --circle/--kreis=- --near/--nah --far/--fern --home/--zuhause --gives/--gibt=kinds --gets/--bekommt=kinds --skill/--kann=-* --kid/--kind=-* --birthday/--geburtstag=- --yearly/--jahrestag=-* --lead/--vorlauf=- --phone/--telefon=-* --email/--mail=-* --address/--adresse=-* --nickname/--spitzname=-* --met/--kennengelernt=- --note/--notiz/-n=- --trusted/--vertraut/--not-trusted/--nicht-vertraut --pickup/--abholen/--no-pickup/--nicht-abholen --online/--nur-online/--in-person/--persönlich --single-parent/--alleinerziehend/--not-single-parent/--zu-zweit --strained/--belastet/--not-strained/--unbelastet --bond/--bindung=child* --until/--bis=- --json",
    "rename": "<name> <-> --json",
    "role": "<name> <role…> --also/--auch --json",
    "show": "<name> --discreet/--diskret --json",
    "list": "--role/--rolle=role --kind/--art=kinds --circle/--kreis=- --place/--ort=- --state/--stand=state --sort=name|last|due --discreet/--diskret --json",
    "who": "<kinds> --discreet/--diskret --json",
    "find": "<-> --all/--alle --discreet/--diskret --json",
    "merge": "<name> <name> --prefer/--vorrang=first|second --take/--nimm=-* --json",
    "delete": "<name> --for-good/--endgültig --yes/--ja/-y --json",
    "log": "<name…> --day/--tag/-d=- --yesterday/--gestern --vorgestern --how/--wie=how --note/--notiz/-n=- --got/--bekommen=kinds* --gave/--gegeben=kinds* --tail=-! --json",
    "plan": "<name…> --every/--jeden=- --note/--notiz/-n=- --cancel/--absagen --json",
    "snooze": "<name…> --off/--aus --json",
    "pause": "<name…> --until/--bis=- --json",
    "resume": "<name…> --json",
    "end": "<name…> --died/--gestorben=- --keep/--mitnehmen=-* --json",
    "tend": "--discreet/--diskret --json",
    "history": "<name…> --how/--wie=how --text=- --since/--seit=- --until/--bis=- --all/--alle --discreet/--diskret --json",
    "encounter": "",
    "encounter edit": "<-> --day/--tag/-d=- --how/--wie=how --note/--notiz/-n=- --got/--bekommen=kinds* --gave/--gegeben=kinds* --json",
    "encounter remove": "<-> --yes/--ja/-y --json",
    "status": "--all/--alle --discreet/--diskret --json",
    "without": "<name…> --discreet/--diskret --json",
    "gaps": "<key> --all/--alle --discreet/--diskret --json",
    "birthdays": "--within/--binnen=- --discreet/--diskret --json",
    "stats": "<name…> --group/--gruppe=group --months/--monate=- --details/--genauer --discreet/--diskret --json",
    "remind": "--format=text|json|ics|html-mail --max/--höchstens=- --quiet-rule/--ruhe/--no-quiet-rule/--keine-ruhe --once-a-day/--einmal-am-tag --notify/--melden --exit-code --discreet/--diskret --json",
    "tips": "--all/--alle --json",
    "init": "--again/--nochmal --json",
    "household": "--single-parent/--alleinerziehend/--not-single-parent/--zu-zweit --json",
    "child": "",
    "child add": "<-> <-> --json",
    "child edit": "<child> --name=- --born/--geboren=- --json",
    "child remove": "<child> --json",
    "wish": "",
    "wish add": "<-> --json",
    "wish remove": "<wish> --json",
    "rule": "",
    "rule list": "--json",
    "rule off": "<key> --json",
    "rule on": "<key> --json",
    "accept": "<key> --until/--bis=- --json",
    "undo": "<-> --list/--liste --details/--genauer --whole/--ganz --json",
    "redo": "<-> --whole/--ganz --json",
    "export": "<file> --format=written_format --role/--rolle=role --circle/--kreis=- --only/--nur=name* --discreet/--diskret --yes/--ja/-y --json",
    "import": "<file…> --format=read_format --column/--spalte=-* --only/--nur=-* --prefer-file/--datei-gilt --again/--wieder --dry-run/--probe --all/--alle --json",
    "backup": "<file> --daily/--täglich/--no-daily/--nicht-täglich --list/--liste --verify/--prüfen --yes/--ja/-y --json",
    "restore": "<file> --yes/--ja/-y --json",
    "doctor": "--json",
    "schedule": "",
    "schedule install": "--at/--um=- --days/--tage=- --weekly/--wöchentlich --systemd --yes/--ja/-y --json",
    "schedule status": "--json",
    "schedule remove": "--json",
    "demo": "--json",
    "help": "<topic…> --json",
}

WORDS = {
    "role": ("partner", "Partnerin", "Mann", "Frau", "husband", "wife", "spouse", "coparent", "Co-Elternteil", "Co-Mama", "Co-Papa", "co-parent", "Ex", "Ex-Mann", "Ex-Frau", "Ex-Partner", "Ex-Partnerin", "ex-husband", "ex-wife", "ex-partner", "grandparent", "Oma", "Opa", "Großeltern", "Großmutter", "Großvater", "Schwiegermutter", "Schwiegervater", "Schwiegereltern", "grandma", "grandpa", "granny", "nan", "grandmother", "grandfather", "relative", "Verwandte", "Verwandter", "Schwester", "Bruder", "Schwägerin", "Schwager", "Tante", "Onkel", "Cousin", "Cousine", "Familie", "sister", "brother", "aunt", "uncle", "cousin", "family", "godparent", "Patin", "Pate", "Patentante", "Patenonkel", "godmother", "godfather", "friend", "Freund", "Freundin", "beste Freundin", "bester Freund", "best friend", "colleague", "Kollege", "Kollegin", "parent_friend", "Mama-Freundin", "Papa-Freund", "Elternfreund", "Elternfreundin", "Kita-Mama", "Kita-Papa", "parent friend", "mum friend", "dad friend", "mom friend", "acquaintance", "Bekannte", "Bekannter", "Bekanntschaft", "neue Bekanntschaft", "course_group", "Kurs", "Kursgruppe", "Eltern-Kind-Gruppe", "Krabbelgruppe", "PEKiP", "Babyschwimmen", "course", "playgroup", "neighbour", "Nachbar", "Nachbarin", "Nachbarn", "neighbor", "educator", "Erzieher", "Erzieherin", "Lehrer", "Lehrerin", "Tagesmutter", "Tagesvater", "Kita", "teacher", "childminder", "babysitter", "Babysitterin", "sitter", "rental_grandparent", "Leih-Oma", "Leih-Opa", "Leihoma", "Leihopa", "rental grandparent", "household_help", "Haushaltshilfe", "Reinigungskraft", "Putzhilfe", "household help", "cleaner", "volunteer", "Ehrenamtliche", "Ehrenamtlicher", "Ehrenamt", "wellcome", "professional", "Fachkraft", "Beratung", "Beratungsstelle", "Hebamme", "Mütterpflegerin", "Kinderarzt", "Kinderärztin", "Arzt", "Ärztin", "Therapeutin", "Therapeut", "midwife", "doctor", "therapist", "counselling", "self_help_group", "Selbsthilfegruppe", "Selbsthilfe", "VAMV", "self-help group", "self-help", "online_community", "Online-Community", "Online-Gruppe", "Online", "Forum", "Chat", "Chatgruppe", "other", "Sonstige", "Sonstiger", "Andere"),
    "topic": ("commands", "befehle", "kommandos", "everyday", "alltag", "days", "tage", "tag", "spannen", "spans", "roles", "rollen", "hilfe", "kinds", "formats", "formate", "import", "reminders", "erinnerungen", "data", "daten", "sicherheit", "safety", "scripts", "skripte", "json", "exit", "rückgabe", "rueckgabe", "fehler", "errors", "built", "bau", "aufbau", "add", "edit", "rename", "role", "show", "list", "who", "find", "merge", "delete", "log", "plan", "snooze", "pause", "resume", "end", "tend", "history", "encounter", "status", "without", "gaps", "birthdays", "stats", "remind", "tips", "init", "household", "child", "wish", "rule", "accept", "undo", "redo", "export", "import", "backup", "restore", "doctor", "schedule", "demo", "help"),
    "kinds": ("emotional", "childcare", "emergency", "practical", "advice", "company", "appraisal", "material", "skill"),
    "how": ("visit", "call", "message", "letter", "online", "other"),
    "group": ("partner", "selfhelp", "family", "parents", "neighbours", "friends", "professionals", "online"),
    "state": ("ended", "paused", "untracked", "planned", "unrecorded", "cooling", "overdue", "due", "soon", "fresh"),
    "read_format": ("village", "vcard", "friends", "csv", "easynwk", "monica", "knotter"),
    "written_format": ("village", "vcard", "vcard3", "csv", "easynwk", "markdown", "ics"),
}
