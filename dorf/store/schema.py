"""The shape of the file, as numbered migrations that are only ever appended.

A step is plain SQL and imports nothing from ``core``: it must do tomorrow what it does today.
``pragma user_version`` holds the number of the last step, so that a reader can tell without
sqlite-utils whether anything is pending; ``pragma application_id`` marks the file as ours.
"""

from __future__ import annotations

APPLICATION_ID = 0x444F5246
"""“DORF” in ASCII, the mark of our files."""

_MONTH = "GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]*'"
_YEARLESS = "GLOB '--[0-1][0-9]-[0-3][0-9]'"
_ROLES = (
    "'partner','coparent','grandparent','relative','godparent','friend','colleague',"
    "'parent_friend','acquaintance','course_group','neighbour','educator','babysitter',"
    "'rental_grandparent','household_help','volunteer','professional','self_help_group',"
    "'online_community','other'"
)
_KINDS = (
    "'emotional','childcare','emergency','practical','advice','company','appraisal','material',"
    "'skill'"
)
_FLAG = "INTEGER NOT NULL DEFAULT 0 CHECK ({0} IN (0, 1))"
_MAYBE = "INTEGER CHECK ({0} IN (0, 1))"

_VILLAGE = f"""
CREATE TABLE household (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    single_parent {_FLAG.format("single_parent")}
) STRICT;
INSERT INTO household (id) VALUES (1);
CREATE TABLE child (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    born TEXT NOT NULL CHECK (born {_MONTH})
) STRICT;
CREATE TABLE wish (id INTEGER PRIMARY KEY, skill TEXT NOT NULL UNIQUE CHECK (skill <> '')) STRICT;
CREATE TABLE rule_off (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE acceptance (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    until TEXT CHECK (until IS date(until, '+0 days'))
) STRICT;

CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    added_on TEXT NOT NULL CHECK (added_on IS date(added_on, '+0 days')),
    circle INTEGER CHECK (circle BETWEEN 1 AND 4),
    cadence_days INTEGER CHECK (cadence_days >= 0),
    planned_on TEXT CHECK (planned_on IS date(planned_on, '+0 days')),
    snoozed_until TEXT CHECK (snoozed_until IS date(snoozed_until, '+0 days')),
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'ended')),
    paused_until TEXT CHECK (paused_until IS date(paused_until, '+0 days')),
    resumed_on TEXT CHECK (resumed_on IS date(resumed_on, '+0 days')),
    until TEXT CHECK (until IS date(until, '+0 days')),
    place TEXT CHECK (place IN ('household', 'near', 'far')),
    online_only {_MAYBE.format("online_only")},
    trusted {_MAYBE.format("trusted")},
    pickup {_MAYBE.format("pickup")},
    strained {_FLAG.format("strained")},
    single_parent {_FLAG.format("single_parent")},
    gives_stated {_FLAG.format("gives_stated")},
    gets_stated {_FLAG.format("gets_stated")},
    birthday TEXT CHECK (birthday {_MONTH} OR birthday {_YEARLESS}),
    notes TEXT,
    changed_at TEXT NOT NULL
) STRICT;
CREATE TABLE contact_role (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ({_ROLES})),
    PRIMARY KEY (contact_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE role_span (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ({_ROLES})),
    start_day TEXT CHECK (start_day IS date(start_day, '+0 days')),
    end_day TEXT CHECK (end_day IS date(end_day, '+0 days')),
    PRIMARY KEY (contact_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE contact_kind (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    way TEXT NOT NULL CHECK (way IN ('gives', 'gets')),
    kind TEXT NOT NULL CHECK (kind IN ({_KINDS})),
    PRIMARY KEY (contact_id, way, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE contact_text (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    field TEXT NOT NULL CHECK (field IN ('nicknames', 'skills', 'phones', 'emails', 'addresses')),
    position INTEGER NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    PRIMARY KEY (contact_id, field, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE kid (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT,
    born TEXT CHECK (born {_MONTH}),
    CHECK (name IS NOT NULL OR born IS NOT NULL),
    PRIMARY KEY (contact_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE attachment (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    child TEXT NOT NULL,
    bond TEXT NOT NULL CHECK (bond IN ('primary', 'secondary')),
    PRIMARY KEY (contact_id, child)
) STRICT, WITHOUT ROWID;

CREATE TABLE encounter (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL CHECK (day IS date(day, '+0 days')),
    how TEXT CHECK (how IN ('visit', 'call', 'message', 'letter', 'online', 'other')),
    note TEXT,
    changed_at TEXT NOT NULL,
    UNIQUE (id, day)
) STRICT;
CREATE INDEX encounter_day ON encounter (day);
CREATE TABLE encounter_help (
    encounter_id INTEGER NOT NULL REFERENCES encounter (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    kind TEXT NOT NULL CHECK (kind IN ({_KINDS})),
    PRIMARY KEY (encounter_id, position)
) STRICT, WITHOUT ROWID;
-- Who was there. Day and help are repeated here, so that the newest contact and the balance of
-- one person are an index seek each, however long the log is.
CREATE TABLE participation (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    encounter_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    help_in INTEGER NOT NULL DEFAULT 0,
    help_out INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (contact_id, day, encounter_id),
    FOREIGN KEY (encounter_id, day) REFERENCES encounter (id, day)
        ON DELETE CASCADE ON UPDATE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX participation_encounter ON participation (encounter_id, day);
CREATE INDEX participation_in ON participation (contact_id, day, help_in) WHERE help_in > 0;
CREATE INDEX participation_out ON participation (contact_id, day, help_out) WHERE help_out > 0;
"""

_EVERYDAY = """
ALTER TABLE contact ADD COLUMN planned_note TEXT;
-- Switches of this file, such as whether it copies itself every day.
CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- What the interview has asked: the answer as a JSON list of uids.
CREATE TABLE interview (
    question TEXT NOT NULL PRIMARY KEY, answer TEXT NOT NULL CHECK (json_valid(answer))
) STRICT, WITHOUT ROWID;
-- What every command changed, row by row, as JSON objects: null before is a new row, null after
-- one that went. Triggers on every other table write it (dorf/store/undoing.py).
CREATE TABLE undo_step (
    id INTEGER PRIMARY KEY,
    line TEXT NOT NULL,
    at TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;
CREATE TABLE undo_change (
    id INTEGER PRIMARY KEY,
    step INTEGER NOT NULL REFERENCES undo_step (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    after TEXT CHECK (after IS NULL OR json_valid(after)),
    CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT;
CREATE INDEX undo_change_step ON undo_change (step);
"""

_DAYS = f"""
ALTER TABLE contact ADD COLUMN lead_days INTEGER CHECK (lead_days >= 0);
-- Days of the year that matter to somebody, besides the birthday: a name day, a wedding day.
CREATE TABLE yearly_day (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    day TEXT NOT NULL CHECK (day {_MONTH} OR day {_YEARLESS}),
    PRIMARY KEY (contact_id, position)
) STRICT, WITHOUT ROWID;
-- What a reminder has told, and when: no part of the village, so undo and restore leave it alone.
CREATE TABLE reminded (
    about TEXT NOT NULL CHECK (about IN ('person', 'plan', 'occasion', 'gap', 'run')),
    key TEXT NOT NULL,
    day TEXT NOT NULL CHECK (day IS date(day, '+0 days')),
    state TEXT,
    PRIMARY KEY (about, key)
) STRICT, WITHOUT ROWID;
"""

_CALENDAR = """
-- Which entries calendars were given, so that they can be told what changed and what went: no part
-- of the village, and no words or names in it.
CREATE TABLE published (
    uid TEXT NOT NULL PRIMARY KEY,
    day TEXT NOT NULL CHECK (day IS date(day, '+0 days')),
    sequence INTEGER NOT NULL CHECK (sequence BETWEEN 0 AND 2147483647),
    digest TEXT,
    cancelled_on TEXT CHECK (cancelled_on IS date(cancelled_on, '+0 days'))
) STRICT, WITHOUT ROWID;
"""

_ORIGIN = """
-- What other programs' files said of somebody when they were last read, as digests: no words.
CREATE TABLE origin (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    uid_key TEXT,
    name_key TEXT NOT NULL,
    stated TEXT NOT NULL CHECK (json_valid(stated))
) STRICT;
CREATE INDEX origin_contact ON origin (contact_id);
-- Entries of such files that were deleted here: the next import leaves them out.
CREATE TABLE departed (
    uid TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (uid, key)
) STRICT, WITHOUT ROWID;
"""

_RUNS = """
-- What was typed for a step that is one of several, such as an answer of the interview.
ALTER TABLE undo_step ADD COLUMN typed TEXT;
"""

_FAREWELL = """
ALTER TABLE contact ADD COLUMN died_on TEXT CHECK (died_on IS date(died_on, '+0 days'));
ALTER TABLE contact ADD COLUMN met_at TEXT CHECK (met_at <> '');
-- A standing date: the days from one to the next; planned_on is one of them.
ALTER TABLE contact ADD COLUMN plan_every INTEGER CHECK (plan_every > 0 AND plan_every % 7 = 0);
-- Imports put the day of a death into the notes. It stays there, as earlier steps know it.
WITH noted AS (
    SELECT id AS contact, char(10) || notes || char(10) AS lines FROM contact
    WHERE status = 'ended' AND notes LIKE '%died: ____-__-__%'
), found AS (
    SELECT contact, substr(lines, instr(lines, char(10) || 'died: ') + 7, 11) AS day FROM noted
    WHERE instr(lines, char(10) || 'died: ')
)
UPDATE contact SET died_on = date(found.day) FROM found
WHERE id = contact AND found.day = date(found.day, '+0 days') || char(10);
"""

_KINDNESS = """
-- How often a reminder named somebody, and what that rests on: it names them less and less.
ALTER TABLE reminded ADD COLUMN times INTEGER NOT NULL DEFAULT 1 CHECK (times > 0);
ALTER TABLE reminded ADD COLUMN basis TEXT;
-- Some findings are a question now, until more is known: who accepted the finding is not asked.
INSERT OR IGNORE INTO acceptance (key, until)
    SELECT 'G07:ask', until FROM acceptance WHERE key = 'G07';
INSERT OR IGNORE INTO acceptance (key, until)
    SELECT rule.id || ':ask', min(a.until)
    FROM (SELECT 'G08' AS id UNION SELECT 'G10') rule, child c
    JOIN acceptance a ON a.key = rule.id || ':' || c.name
    GROUP BY rule.id HAVING count(*) = (SELECT count(*) FROM child);
"""

Steps = tuple[tuple[str, str], ...]

STEPS: Steps = (
    ("0001_village", _VILLAGE),
    ("0002_everyday", _EVERYDAY),
    ("0003_days", _DAYS),
    ("0004_calendar", _CALENDAR),
    ("0005_origin", _ORIGIN),
    ("0006_runs", _RUNS),
    ("0007_farewell", _FAREWELL),
    ("0008_kindness", _KINDNESS),
)
"""Name and SQL of each migration; the number of steps is the file's version."""

VERSION = len(STEPS)

TABLES = frozenset(
    line.split()[2]
    for _, script in STEPS
    for line in script.splitlines()
    if line.startswith("CREATE TABLE ")
)
"""The names of all tables: the closed set from which a statement may take one."""
