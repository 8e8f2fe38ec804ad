PRAGMA application_id = 1146049094;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'dorf','0001_village','2026-11-29 10:40:13.569163+00:00');
CREATE TABLE acceptance (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    until TEXT CHECK (until IS date(until, '+0 days'))
) STRICT;
INSERT INTO "acceptance" VALUES(1,'G03:advice','2026-12-01');
CREATE TABLE attachment (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    child TEXT NOT NULL,
    bond TEXT NOT NULL CHECK (bond IN ('primary', 'secondary')),
    PRIMARY KEY (contact_id, child)
) STRICT, WITHOUT ROWID;
INSERT INTO "attachment" VALUES(1,'Emil','primary');
INSERT INTO "attachment" VALUES(3,'Emil','secondary');
CREATE TABLE child (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    born TEXT NOT NULL CHECK (born GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]*')
) STRICT;
INSERT INTO "child" VALUES(1,'Emil','2021-10');
INSERT INTO "child" VALUES(2,'Ida','2025-08');
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
    online_only INTEGER CHECK (online_only IN (0, 1)),
    trusted INTEGER CHECK (trusted IN (0, 1)),
    pickup INTEGER CHECK (pickup IN (0, 1)),
    strained INTEGER NOT NULL DEFAULT 0 CHECK (strained IN (0, 1)),
    single_parent INTEGER NOT NULL DEFAULT 0 CHECK (single_parent IN (0, 1)),
    gives_stated INTEGER NOT NULL DEFAULT 0 CHECK (gives_stated IN (0, 1)),
    gets_stated INTEGER NOT NULL DEFAULT 0 CHECK (gets_stated IN (0, 1)),
    birthday TEXT CHECK (birthday GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]*' OR birthday GLOB '--[0-1][0-9]-[0-3][0-9]'),
    notes TEXT,
    changed_at TEXT NOT NULL
) STRICT;
INSERT INTO "contact" VALUES(1,'89e3a350-c66b-49dc-8c2d-0d7497a390f4','Murat','2025-01-10',NULL,NULL,NULL,NULL,'active',NULL,NULL,NULL,'far',NULL,1,NULL,1,0,1,1,NULL,NULL,'2026-11-29T10:40:13.245516+00:00');
INSERT INTO "contact" VALUES(2,'a6b2427a-47e5-421c-be51-c93d4ce11cca','Jana','2025-01-10',NULL,NULL,NULL,NULL,'active',NULL,NULL,NULL,'near',NULL,1,1,0,0,1,1,'--02-28','tea','2026-11-29T10:40:17.648668+00:00');
INSERT INTO "contact" VALUES(3,'bdeb4c45-c383-4d55-93bd-0755772bafbb','Oma Fatma','2025-01-10',NULL,NULL,NULL,NULL,'active',NULL,NULL,NULL,'far',NULL,NULL,NULL,0,0,1,1,NULL,NULL,'2026-11-29T10:40:13.245516+00:00');
INSERT INTO "contact" VALUES(4,'45530190-cbc8-49dd-9599-72fa90b28a9c','Frau Klein','2025-01-10',NULL,NULL,NULL,NULL,'active',NULL,NULL,NULL,'near',NULL,NULL,NULL,0,0,1,1,NULL,NULL,'2026-11-29T10:40:13.245516+00:00');
INSERT INTO "contact" VALUES(5,'6b467b98-4de8-4352-8a97-0bd6d0ca81ec','Tom','2025-01-10',NULL,NULL,NULL,NULL,'active',NULL,NULL,NULL,'near',NULL,NULL,NULL,0,0,1,1,NULL,NULL,'2026-11-29T10:40:26.759996+00:00');
INSERT INTO "contact" VALUES(6,'a4826669-5d8b-4ccd-8279-ece92159e5fa','Frau Petrov','2025-01-10',NULL,NULL,NULL,NULL,'active',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1,1,NULL,NULL,'2026-11-29T10:40:13.245516+00:00');
INSERT INTO "contact" VALUES(7,'67025c20-6a7f-4af2-875b-ce25ce9b6d52','Chat Alleinerziehende','2025-01-10',NULL,NULL,NULL,NULL,'active',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1,1,NULL,NULL,'2026-11-29T10:40:13.245516+00:00');
INSERT INTO "contact" VALUES(8,'979ad275-a1c5-4392-b9f5-735a47d676a6','Lena Groß','2026-03-02',NULL,14,NULL,NULL,'active',NULL,NULL,NULL,'near',NULL,NULL,NULL,0,0,1,0,NULL,NULL,'2026-11-29T10:40:20.062229+00:00');
CREATE TABLE contact_kind (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    way TEXT NOT NULL CHECK (way IN ('gives', 'gets')),
    kind TEXT NOT NULL CHECK (kind IN ('emotional','childcare','emergency','practical','advice','company','appraisal','material','skill')),
    PRIMARY KEY (contact_id, way, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO "contact_kind" VALUES(1,'gives','childcare');
INSERT INTO "contact_kind" VALUES(2,'gets','childcare');
INSERT INTO "contact_kind" VALUES(2,'gives','advice');
INSERT INTO "contact_kind" VALUES(2,'gives','childcare');
INSERT INTO "contact_kind" VALUES(2,'gives','company');
INSERT INTO "contact_kind" VALUES(2,'gives','emergency');
INSERT INTO "contact_kind" VALUES(2,'gives','emotional');
INSERT INTO "contact_kind" VALUES(2,'gives','practical');
INSERT INTO "contact_kind" VALUES(3,'gives','emotional');
INSERT INTO "contact_kind" VALUES(3,'gives','material');
INSERT INTO "contact_kind" VALUES(4,'gives','advice');
INSERT INTO "contact_kind" VALUES(5,'gives','practical');
INSERT INTO "contact_kind" VALUES(6,'gives','emergency');
INSERT INTO "contact_kind" VALUES(7,'gives','advice');
INSERT INTO "contact_kind" VALUES(7,'gives','emotional');
INSERT INTO "contact_kind" VALUES(8,'gives','advice');
INSERT INTO "contact_kind" VALUES(8,'gives','childcare');
CREATE TABLE contact_role (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('partner','coparent','grandparent','relative','godparent','friend','colleague','parent_friend','acquaintance','course_group','neighbour','educator','babysitter','rental_grandparent','household_help','volunteer','professional','self_help_group','online_community','other')),
    PRIMARY KEY (contact_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "contact_role" VALUES(1,0,'coparent');
INSERT INTO "contact_role" VALUES(2,0,'parent_friend');
INSERT INTO "contact_role" VALUES(3,0,'grandparent');
INSERT INTO "contact_role" VALUES(4,0,'educator');
INSERT INTO "contact_role" VALUES(5,0,'neighbour');
INSERT INTO "contact_role" VALUES(6,0,'neighbour');
INSERT INTO "contact_role" VALUES(7,0,'online_community');
INSERT INTO "contact_role" VALUES(8,0,'friend');
CREATE TABLE contact_text (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    field TEXT NOT NULL CHECK (field IN ('nicknames', 'skills', 'phones', 'emails', 'addresses')),
    position INTEGER NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    PRIMARY KEY (contact_id, field, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "contact_text" VALUES(2,'addresses',0,'Dorfstr. 1, 12345 Dorf');
INSERT INTO "contact_text" VALUES(2,'emails',0,'jana@example.org');
INSERT INTO "contact_text" VALUES(2,'nicknames',0,'Janni');
INSERT INTO "contact_text" VALUES(2,'phones',0,'0171 123');
INSERT INTO "contact_text" VALUES(2,'skills',0,'sewing');
INSERT INTO "contact_text" VALUES(5,'skills',0,'Handwerk');
CREATE TABLE encounter (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL CHECK (day IS date(day, '+0 days')),
    how TEXT CHECK (how IN ('visit', 'call', 'message', 'letter', 'online', 'other')),
    note TEXT,
    changed_at TEXT NOT NULL,
    UNIQUE (id, day)
) STRICT;
INSERT INTO "encounter" VALUES(1,'130d33d6-20dd-47c2-9fb9-a7de92a25de0','2026-02-22',NULL,NULL,'2026-11-29T10:40:13.245516+00:00');
INSERT INTO "encounter" VALUES(2,'f763c74a-961f-480f-852a-88e15df4def4','2026-02-26',NULL,NULL,'2026-11-29T10:40:13.245516+00:00');
INSERT INTO "encounter" VALUES(3,'99f8e34a-f32b-4d7a-a3ac-f5016e08b132','2026-01-25',NULL,NULL,'2026-11-29T10:40:13.245516+00:00');
INSERT INTO "encounter" VALUES(4,'ab09b4d3-5c79-4102-838b-7086abf977cf','2025-12-10',NULL,NULL,'2026-11-29T10:40:13.245516+00:00');
INSERT INTO "encounter" VALUES(5,'ebf3763c-14a0-43e8-aebe-5862ffe0f426','2025-08-15',NULL,NULL,'2026-11-29T10:40:13.245516+00:00');
INSERT INTO "encounter" VALUES(6,'d46be132-d5f2-4e0f-856c-f3dd60eb5387','2026-02-15',NULL,NULL,'2026-11-29T10:40:13.245516+00:00');
INSERT INTO "encounter" VALUES(7,'428080e0-edfa-4060-9eb7-dc139b6098de','2026-02-24',NULL,NULL,'2026-11-29T10:40:20.062229+00:00');
INSERT INTO "encounter" VALUES(8,'c9aed79d-4bb8-44fb-937a-3860b9b39351','2026-03-02','call','zoo','2026-11-29T10:40:22.153615+00:00');
INSERT INTO "encounter" VALUES(9,'6215a7a5-e460-4405-be53-1e422f8269c2','2026-02-20','visit',NULL,'2026-11-29T10:40:24.247342+00:00');
CREATE TABLE encounter_help (
    encounter_id INTEGER NOT NULL REFERENCES encounter (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    kind TEXT NOT NULL CHECK (kind IN ('emotional','childcare','emergency','practical','advice','company','appraisal','material','skill')),
    PRIMARY KEY (encounter_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "encounter_help" VALUES(8,0,'in','childcare');
INSERT INTO "encounter_help" VALUES(9,0,'out','practical');
CREATE TABLE household (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    single_parent INTEGER NOT NULL DEFAULT 0 CHECK (single_parent IN (0, 1))
) STRICT;
INSERT INTO "household" VALUES(1,1);
CREATE TABLE kid (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT,
    born TEXT CHECK (born GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]*'),
    CHECK (name IS NOT NULL OR born IS NOT NULL),
    PRIMARY KEY (contact_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "kid" VALUES(2,0,NULL,'2021-12');
INSERT INTO "kid" VALUES(8,0,'Mats','2021-12');
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
INSERT INTO "participation" VALUES(1,'2026-02-22',1,0,0,0);
INSERT INTO "participation" VALUES(2,'2026-02-26',2,0,0,0);
INSERT INTO "participation" VALUES(2,'2026-03-02',8,0,1,0);
INSERT INTO "participation" VALUES(3,'2026-01-25',3,0,0,0);
INSERT INTO "participation" VALUES(4,'2025-12-10',4,0,0,0);
INSERT INTO "participation" VALUES(5,'2025-08-15',5,0,0,0);
INSERT INTO "participation" VALUES(5,'2026-03-02',8,1,1,0);
INSERT INTO "participation" VALUES(6,'2026-02-15',6,0,0,0);
INSERT INTO "participation" VALUES(8,'2026-02-20',9,0,0,1);
INSERT INTO "participation" VALUES(8,'2026-02-24',7,0,0,0);
CREATE TABLE role_span (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('partner','coparent','grandparent','relative','godparent','friend','colleague','parent_friend','acquaintance','course_group','neighbour','educator','babysitter','rental_grandparent','household_help','volunteer','professional','self_help_group','online_community','other')),
    start_day TEXT CHECK (start_day IS date(start_day, '+0 days')),
    end_day TEXT CHECK (end_day IS date(end_day, '+0 days')),
    PRIMARY KEY (contact_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "role_span" VALUES(5,0,'friend','2025-01-10','2026-03-02');
INSERT INTO "role_span" VALUES(5,1,'neighbour','2026-03-02',NULL);
INSERT INTO "role_span" VALUES(8,0,'friend','2026-03-02',NULL);
CREATE TABLE rule_off (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO "rule_off" VALUES(1,'G12');
CREATE TABLE wish (id INTEGER PRIMARY KEY, skill TEXT NOT NULL UNIQUE CHECK (skill <> '')) STRICT;
INSERT INTO "wish" VALUES(1,'Handwerk');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX encounter_day ON encounter (day);
CREATE INDEX participation_encounter ON participation (encounter_id, day);
CREATE INDEX participation_in ON participation (contact_id, day, help_in) WHERE help_in > 0;
CREATE INDEX participation_out ON participation (contact_id, day, help_out) WHERE help_out > 0;
COMMIT;
