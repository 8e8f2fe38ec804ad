PRAGMA application_id = 1146049094;
PRAGMA user_version = 6;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'dorf','0001_village','2026-11-29 13:12:14.604844+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'dorf','0002_everyday','2026-11-29 13:12:14.609092+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'dorf','0003_days','2026-11-29 13:12:14.613588+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'dorf','0004_calendar','2026-11-29 13:12:14.614618+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'dorf','0005_origin','2026-11-29 13:12:14.615587+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'dorf','0006_runs','2026-11-29 13:12:14.621714+00:00');
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
, planned_note TEXT, lead_days INTEGER CHECK (lead_days >= 0)) STRICT;
INSERT INTO "contact" VALUES(1,'07a0be00-422c-4f03-aa24-37beaa978e18','Murat','2025-01-10',NULL,NULL,NULL,NULL,'active',NULL,NULL,NULL,'far',NULL,1,NULL,1,0,1,1,NULL,NULL,'2026-03-02T12:00:00.000000+00:00',NULL,NULL);
INSERT INTO "contact" VALUES(2,'e524d9c6-9bd3-49b3-8956-f7740fb973cf','Jana','2025-01-10',NULL,NULL,NULL,NULL,'active',NULL,NULL,NULL,'near',NULL,1,1,0,0,1,1,'--02-28','tea','2026-03-02T12:00:00.000000+00:00',NULL,NULL);
INSERT INTO "contact" VALUES(3,'f94d394e-577e-4978-897a-b71963a5591c','Oma Fatma','2025-01-10',NULL,NULL,NULL,NULL,'active',NULL,NULL,NULL,'far',NULL,NULL,NULL,0,0,1,1,NULL,NULL,'2026-03-02T12:00:00.000000+00:00',NULL,NULL);
INSERT INTO "contact" VALUES(4,'d295ab92-be06-4118-864e-001adfd3177e','Frau Klein','2025-01-10',NULL,NULL,NULL,NULL,'active',NULL,NULL,NULL,'near',NULL,NULL,NULL,0,0,1,1,NULL,NULL,'2026-03-02T12:00:00.000000+00:00',NULL,NULL);
INSERT INTO "contact" VALUES(5,'3f2a48b6-1e2a-4514-bdfe-348d328dac4e','Tom','2025-01-10',NULL,NULL,NULL,'2026-03-16','active',NULL,NULL,NULL,'near',NULL,NULL,NULL,0,0,1,1,NULL,NULL,'2026-03-02T12:00:00.000000+00:00',NULL,NULL);
INSERT INTO "contact" VALUES(6,'b4cf6592-f907-4e66-8997-238bfc244549','Frau Petrov','2025-01-10',NULL,NULL,NULL,NULL,'active',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1,1,NULL,NULL,'2026-03-02T12:00:00.000000+00:00',NULL,NULL);
INSERT INTO "contact" VALUES(7,'9254ea5d-0329-429b-ad60-b2e2ed3b71a6','Chat Alleinerziehende','2025-01-10',NULL,NULL,NULL,NULL,'active',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1,1,NULL,NULL,'2026-03-02T12:00:00.000000+00:00',NULL,NULL);
INSERT INTO "contact" VALUES(8,'412b2484-59a3-4cee-a171-ae60c5fb0ecf','Lena Groß','2026-03-02',NULL,14,'2026-04-01',NULL,'active',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1,0,NULL,NULL,'2026-03-02T12:00:00.000000+00:00','cake',10);
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
INSERT INTO "contact_text" VALUES(2,'emails',0,'jana@example.org');
INSERT INTO "contact_text" VALUES(2,'phones',0,'0171 123');
INSERT INTO "contact_text" VALUES(2,'skills',0,'sewing');
INSERT INTO "contact_text" VALUES(5,'skills',0,'Handwerk');
CREATE TABLE departed (
    uid TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (uid, key)
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
INSERT INTO "encounter" VALUES(1,'8d36fcd5-c2f8-46da-8de4-e8cde83d1357','2026-02-22',NULL,NULL,'2026-03-02T12:00:00.000000+00:00');
INSERT INTO "encounter" VALUES(2,'50c03c18-d4e6-4d4a-94e4-4991453efede','2026-02-26',NULL,NULL,'2026-03-02T12:00:00.000000+00:00');
INSERT INTO "encounter" VALUES(3,'1fbbf7fb-dd30-4d0b-b799-cf00ff9fcf8b','2026-01-25',NULL,NULL,'2026-03-02T12:00:00.000000+00:00');
INSERT INTO "encounter" VALUES(4,'231743e9-68de-4eca-92a1-164595547084','2025-12-10',NULL,NULL,'2026-03-02T12:00:00.000000+00:00');
INSERT INTO "encounter" VALUES(5,'9066460f-a94a-4502-ad12-5d5b40b59b59','2025-08-15',NULL,NULL,'2026-03-02T12:00:00.000000+00:00');
INSERT INTO "encounter" VALUES(6,'b7d776b1-cc6d-4c55-90d8-2f02eefe7f1b','2026-02-15',NULL,NULL,'2026-03-02T12:00:00.000000+00:00');
INSERT INTO "encounter" VALUES(7,'5933a7cb-0253-4d0f-98c7-4ba59a13e93d','2026-03-02','call','zoo','2026-03-02T12:00:00.000000+00:00');
CREATE TABLE encounter_help (
    encounter_id INTEGER NOT NULL REFERENCES encounter (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    kind TEXT NOT NULL CHECK (kind IN ('emotional','childcare','emergency','practical','advice','company','appraisal','material','skill')),
    PRIMARY KEY (encounter_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "encounter_help" VALUES(7,0,'in','childcare');
CREATE TABLE household (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    single_parent INTEGER NOT NULL DEFAULT 0 CHECK (single_parent IN (0, 1))
) STRICT;
INSERT INTO "household" VALUES(1,1);
CREATE TABLE interview (
    question TEXT NOT NULL PRIMARY KEY, answer TEXT NOT NULL CHECK (json_valid(answer))
) STRICT, WITHOUT ROWID;
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
CREATE TABLE origin (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    uid_key TEXT,
    name_key TEXT NOT NULL,
    stated TEXT NOT NULL CHECK (json_valid(stated))
) STRICT;
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
INSERT INTO "participation" VALUES(2,'2026-03-02',7,0,1,0);
INSERT INTO "participation" VALUES(3,'2026-01-25',3,0,0,0);
INSERT INTO "participation" VALUES(4,'2025-12-10',4,0,0,0);
INSERT INTO "participation" VALUES(5,'2025-08-15',5,0,0,0);
INSERT INTO "participation" VALUES(5,'2026-03-02',7,1,1,0);
INSERT INTO "participation" VALUES(6,'2026-02-15',6,0,0,0);
CREATE TABLE published (
    uid TEXT NOT NULL PRIMARY KEY,
    day TEXT NOT NULL CHECK (day IS date(day, '+0 days')),
    sequence INTEGER NOT NULL CHECK (sequence BETWEEN 0 AND 2147483647),
    digest TEXT,
    cancelled_on TEXT CHECK (cancelled_on IS date(cancelled_on, '+0 days'))
) STRICT, WITHOUT ROWID;
INSERT INTO "published" VALUES('birthday-e524d9c6-9bd3-49b3-8956-f7740fb973cf@dorf','2026-02-28',5227200,'d16e359d3122de3a',NULL);
INSERT INTO "published" VALUES('day-412b2484-59a3-4cee-a171-ae60c5fb0ecf-0624@dorf','2026-06-24',5227200,'601fe7a55d436324',NULL);
INSERT INTO "published" VALUES('due-07a0be00-422c-4f03-aa24-37beaa978e18@dorf','2026-03-08',5227200,'64668b371b3fd092',NULL);
INSERT INTO "published" VALUES('due-3f2a48b6-1e2a-4514-bdfe-348d328dac4e@dorf','2026-04-01',5227200,'ca79e734db069665',NULL);
INSERT INTO "published" VALUES('due-b4cf6592-f907-4e66-8997-238bfc244549@dorf','2026-03-17',5227200,'7b9a3b66729ed821',NULL);
INSERT INTO "published" VALUES('due-d295ab92-be06-4118-864e-001adfd3177e@dorf','2026-03-10',5227200,'135479ba114ac08e',NULL);
INSERT INTO "published" VALUES('due-e524d9c6-9bd3-49b3-8956-f7740fb973cf@dorf','2026-03-16',5227200,'bd9a68e351beff20',NULL);
INSERT INTO "published" VALUES('due-f94d394e-577e-4978-897a-b71963a5591c@dorf','2026-03-02',5227200,'19b066dfd2b4a2b4',NULL);
INSERT INTO "published" VALUES('plan-412b2484-59a3-4cee-a171-ae60c5fb0ecf-2026-04-01@dorf','2026-04-01',5227200,'dc1adb3625503b27',NULL);
CREATE TABLE reminded (
    about TEXT NOT NULL CHECK (about IN ('person', 'plan', 'occasion', 'gap', 'run')),
    key TEXT NOT NULL,
    day TEXT NOT NULL CHECK (day IS date(day, '+0 days')),
    state TEXT,
    PRIMARY KEY (about, key)
) STRICT, WITHOUT ROWID;
INSERT INTO "reminded" VALUES('gap','G06','2026-03-02',NULL);
INSERT INTO "reminded" VALUES('person','f94d394e-577e-4978-897a-b71963a5591c','2026-03-02','overdue');
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
CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE undo_change (
    id INTEGER PRIMARY KEY,
    step INTEGER NOT NULL REFERENCES undo_step (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    after TEXT CHECK (after IS NULL OR json_valid(after)),
    CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT;
INSERT INTO "undo_change" VALUES(1,1,'household','{"id":1,"single_parent":0}','{"id":1,"single_parent":1}');
INSERT INTO "undo_change" VALUES(2,1,'child',NULL,'{"id":1,"name":"Emil","born":"2021-10"}');
INSERT INTO "undo_change" VALUES(3,1,'contact',NULL,'{"id":1,"uid":"07a0be00-422c-4f03-aa24-37beaa978e18","name":"Murat","added_on":"2025-01-10","circle":null,"cadence_days":null,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":"far","online_only":null,"trusted":1,"pickup":null,"strained":1,"single_parent":0,"gives_stated":1,"gets_stated":1,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}');
INSERT INTO "undo_change" VALUES(4,1,'contact',NULL,'{"id":2,"uid":"e524d9c6-9bd3-49b3-8956-f7740fb973cf","name":"Jana","added_on":"2025-01-10","circle":null,"cadence_days":null,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":"near","online_only":null,"trusted":1,"pickup":1,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":1,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}');
INSERT INTO "undo_change" VALUES(5,1,'contact',NULL,'{"id":3,"uid":"f94d394e-577e-4978-897a-b71963a5591c","name":"Oma Fatma","added_on":"2025-01-10","circle":null,"cadence_days":null,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":"far","online_only":null,"trusted":null,"pickup":null,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":1,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}');
INSERT INTO "undo_change" VALUES(6,1,'contact',NULL,'{"id":4,"uid":"d295ab92-be06-4118-864e-001adfd3177e","name":"Frau Klein","added_on":"2025-01-10","circle":null,"cadence_days":null,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":"near","online_only":null,"trusted":null,"pickup":null,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":1,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}');
INSERT INTO "undo_change" VALUES(7,1,'contact',NULL,'{"id":5,"uid":"3f2a48b6-1e2a-4514-bdfe-348d328dac4e","name":"Tom","added_on":"2025-01-10","circle":null,"cadence_days":null,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":"near","online_only":null,"trusted":null,"pickup":null,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":1,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}');
INSERT INTO "undo_change" VALUES(8,1,'contact',NULL,'{"id":6,"uid":"b4cf6592-f907-4e66-8997-238bfc244549","name":"Frau Petrov","added_on":"2025-01-10","circle":null,"cadence_days":null,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":null,"online_only":null,"trusted":null,"pickup":null,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":1,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}');
INSERT INTO "undo_change" VALUES(9,1,'contact',NULL,'{"id":7,"uid":"9254ea5d-0329-429b-ad60-b2e2ed3b71a6","name":"Chat Alleinerziehende","added_on":"2025-01-10","circle":null,"cadence_days":null,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":null,"online_only":null,"trusted":null,"pickup":null,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":1,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}');
INSERT INTO "undo_change" VALUES(10,1,'contact_role',NULL,'{"contact_id":1,"position":0,"role":"coparent"}');
INSERT INTO "undo_change" VALUES(11,1,'contact_role',NULL,'{"contact_id":2,"position":0,"role":"parent_friend"}');
INSERT INTO "undo_change" VALUES(12,1,'contact_role',NULL,'{"contact_id":3,"position":0,"role":"grandparent"}');
INSERT INTO "undo_change" VALUES(13,1,'contact_role',NULL,'{"contact_id":4,"position":0,"role":"educator"}');
INSERT INTO "undo_change" VALUES(14,1,'contact_role',NULL,'{"contact_id":5,"position":0,"role":"friend"}');
INSERT INTO "undo_change" VALUES(15,1,'contact_role',NULL,'{"contact_id":6,"position":0,"role":"neighbour"}');
INSERT INTO "undo_change" VALUES(16,1,'contact_role',NULL,'{"contact_id":7,"position":0,"role":"online_community"}');
INSERT INTO "undo_change" VALUES(17,1,'contact_kind',NULL,'{"contact_id":1,"way":"gives","kind":"childcare"}');
INSERT INTO "undo_change" VALUES(18,1,'contact_kind',NULL,'{"contact_id":2,"way":"gives","kind":"advice"}');
INSERT INTO "undo_change" VALUES(19,1,'contact_kind',NULL,'{"contact_id":2,"way":"gives","kind":"childcare"}');
INSERT INTO "undo_change" VALUES(20,1,'contact_kind',NULL,'{"contact_id":2,"way":"gives","kind":"company"}');
INSERT INTO "undo_change" VALUES(21,1,'contact_kind',NULL,'{"contact_id":2,"way":"gives","kind":"emergency"}');
INSERT INTO "undo_change" VALUES(22,1,'contact_kind',NULL,'{"contact_id":2,"way":"gives","kind":"emotional"}');
INSERT INTO "undo_change" VALUES(23,1,'contact_kind',NULL,'{"contact_id":2,"way":"gives","kind":"practical"}');
INSERT INTO "undo_change" VALUES(24,1,'contact_kind',NULL,'{"contact_id":2,"way":"gets","kind":"childcare"}');
INSERT INTO "undo_change" VALUES(25,1,'contact_kind',NULL,'{"contact_id":3,"way":"gives","kind":"emotional"}');
INSERT INTO "undo_change" VALUES(26,1,'contact_kind',NULL,'{"contact_id":3,"way":"gives","kind":"material"}');
INSERT INTO "undo_change" VALUES(27,1,'contact_kind',NULL,'{"contact_id":4,"way":"gives","kind":"advice"}');
INSERT INTO "undo_change" VALUES(28,1,'contact_kind',NULL,'{"contact_id":5,"way":"gives","kind":"practical"}');
INSERT INTO "undo_change" VALUES(29,1,'contact_kind',NULL,'{"contact_id":6,"way":"gives","kind":"emergency"}');
INSERT INTO "undo_change" VALUES(30,1,'contact_kind',NULL,'{"contact_id":7,"way":"gives","kind":"advice"}');
INSERT INTO "undo_change" VALUES(31,1,'contact_kind',NULL,'{"contact_id":7,"way":"gives","kind":"emotional"}');
INSERT INTO "undo_change" VALUES(32,1,'contact_text',NULL,'{"contact_id":5,"field":"skills","position":0,"text":"Handwerk"}');
INSERT INTO "undo_change" VALUES(33,1,'kid',NULL,'{"contact_id":2,"position":0,"name":null,"born":"2021-12"}');
INSERT INTO "undo_change" VALUES(34,1,'attachment',NULL,'{"contact_id":1,"child":"Emil","bond":"primary"}');
INSERT INTO "undo_change" VALUES(35,1,'attachment',NULL,'{"contact_id":3,"child":"Emil","bond":"secondary"}');
INSERT INTO "undo_change" VALUES(36,1,'encounter',NULL,'{"id":1,"uid":"8d36fcd5-c2f8-46da-8de4-e8cde83d1357","day":"2026-02-22","how":null,"note":null,"changed_at":"2026-03-02T12:00:00.000000+00:00"}');
INSERT INTO "undo_change" VALUES(37,1,'encounter',NULL,'{"id":2,"uid":"50c03c18-d4e6-4d4a-94e4-4991453efede","day":"2026-02-26","how":null,"note":null,"changed_at":"2026-03-02T12:00:00.000000+00:00"}');
INSERT INTO "undo_change" VALUES(38,1,'encounter',NULL,'{"id":3,"uid":"1fbbf7fb-dd30-4d0b-b799-cf00ff9fcf8b","day":"2026-01-25","how":null,"note":null,"changed_at":"2026-03-02T12:00:00.000000+00:00"}');
INSERT INTO "undo_change" VALUES(39,1,'encounter',NULL,'{"id":4,"uid":"231743e9-68de-4eca-92a1-164595547084","day":"2025-12-10","how":null,"note":null,"changed_at":"2026-03-02T12:00:00.000000+00:00"}');
INSERT INTO "undo_change" VALUES(40,1,'encounter',NULL,'{"id":5,"uid":"9066460f-a94a-4502-ad12-5d5b40b59b59","day":"2025-08-15","how":null,"note":null,"changed_at":"2026-03-02T12:00:00.000000+00:00"}');
INSERT INTO "undo_change" VALUES(41,1,'encounter',NULL,'{"id":6,"uid":"b7d776b1-cc6d-4c55-90d8-2f02eefe7f1b","day":"2026-02-15","how":null,"note":null,"changed_at":"2026-03-02T12:00:00.000000+00:00"}');
INSERT INTO "undo_change" VALUES(42,1,'participation',NULL,'{"contact_id":1,"day":"2026-02-22","encounter_id":1,"position":0,"help_in":0,"help_out":0}');
INSERT INTO "undo_change" VALUES(43,1,'participation',NULL,'{"contact_id":2,"day":"2026-02-26","encounter_id":2,"position":0,"help_in":0,"help_out":0}');
INSERT INTO "undo_change" VALUES(44,1,'participation',NULL,'{"contact_id":3,"day":"2026-01-25","encounter_id":3,"position":0,"help_in":0,"help_out":0}');
INSERT INTO "undo_change" VALUES(45,1,'participation',NULL,'{"contact_id":4,"day":"2025-12-10","encounter_id":4,"position":0,"help_in":0,"help_out":0}');
INSERT INTO "undo_change" VALUES(46,1,'participation',NULL,'{"contact_id":5,"day":"2025-08-15","encounter_id":5,"position":0,"help_in":0,"help_out":0}');
INSERT INTO "undo_change" VALUES(47,1,'participation',NULL,'{"contact_id":6,"day":"2026-02-15","encounter_id":6,"position":0,"help_in":0,"help_out":0}');
INSERT INTO "undo_change" VALUES(48,2,'contact_text',NULL,'{"contact_id":2,"field":"skills","position":0,"text":"sewing"}');
INSERT INTO "undo_change" VALUES(49,2,'contact','{"id":2,"uid":"e524d9c6-9bd3-49b3-8956-f7740fb973cf","name":"Jana","added_on":"2025-01-10","circle":null,"cadence_days":null,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":"near","online_only":null,"trusted":1,"pickup":1,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":1,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}','{"id":2,"uid":"e524d9c6-9bd3-49b3-8956-f7740fb973cf","name":"Jana","added_on":"2025-01-10","circle":null,"cadence_days":null,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":"near","online_only":null,"trusted":1,"pickup":1,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":1,"birthday":"--02-28","notes":"tea","changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}');
INSERT INTO "undo_change" VALUES(50,3,'contact_text','{"contact_id":2,"field":"skills","position":0,"text":"sewing"}',NULL);
INSERT INTO "undo_change" VALUES(51,3,'contact_text',NULL,'{"contact_id":2,"field":"skills","position":0,"text":"sewing"}');
INSERT INTO "undo_change" VALUES(52,3,'contact_text',NULL,'{"contact_id":2,"field":"phones","position":0,"text":"0171 123"}');
INSERT INTO "undo_change" VALUES(53,3,'contact_text',NULL,'{"contact_id":2,"field":"emails","position":0,"text":"jana@example.org"}');
INSERT INTO "undo_change" VALUES(54,4,'contact',NULL,'{"id":8,"uid":"412b2484-59a3-4cee-a171-ae60c5fb0ecf","name":"Lena Groß","added_on":"2026-03-02","circle":null,"cadence_days":14,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":null,"online_only":null,"trusted":null,"pickup":null,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":0,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}');
INSERT INTO "undo_change" VALUES(55,4,'contact_role',NULL,'{"contact_id":8,"position":0,"role":"friend"}');
INSERT INTO "undo_change" VALUES(56,4,'role_span',NULL,'{"contact_id":8,"position":0,"role":"friend","start_day":"2026-03-02","end_day":null}');
INSERT INTO "undo_change" VALUES(57,4,'contact_kind',NULL,'{"contact_id":8,"way":"gives","kind":"advice"}');
INSERT INTO "undo_change" VALUES(58,4,'contact_kind',NULL,'{"contact_id":8,"way":"gives","kind":"childcare"}');
INSERT INTO "undo_change" VALUES(59,5,'kid',NULL,'{"contact_id":8,"position":0,"name":"Mats","born":"2021-12"}');
INSERT INTO "undo_change" VALUES(60,5,'yearly_day',NULL,'{"contact_id":8,"position":0,"name":"name day","day":"--06-24"}');
INSERT INTO "undo_change" VALUES(61,5,'contact','{"id":8,"uid":"412b2484-59a3-4cee-a171-ae60c5fb0ecf","name":"Lena Groß","added_on":"2026-03-02","circle":null,"cadence_days":14,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":null,"online_only":null,"trusted":null,"pickup":null,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":0,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}','{"id":8,"uid":"412b2484-59a3-4cee-a171-ae60c5fb0ecf","name":"Lena Groß","added_on":"2026-03-02","circle":null,"cadence_days":14,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":null,"online_only":null,"trusted":null,"pickup":null,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":0,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":10}');
INSERT INTO "undo_change" VALUES(62,6,'encounter',NULL,'{"id":7,"uid":"5933a7cb-0253-4d0f-98c7-4ba59a13e93d","day":"2026-03-02","how":"call","note":"zoo","changed_at":"2026-03-02T12:00:00.000000+00:00"}');
INSERT INTO "undo_change" VALUES(63,6,'participation',NULL,'{"contact_id":2,"day":"2026-03-02","encounter_id":7,"position":0,"help_in":1,"help_out":0}');
INSERT INTO "undo_change" VALUES(64,6,'participation',NULL,'{"contact_id":5,"day":"2026-03-02","encounter_id":7,"position":1,"help_in":1,"help_out":0}');
INSERT INTO "undo_change" VALUES(65,6,'encounter_help',NULL,'{"encounter_id":7,"position":0,"direction":"in","kind":"childcare"}');
INSERT INTO "undo_change" VALUES(66,7,'contact_role','{"contact_id":5,"position":0,"role":"friend"}',NULL);
INSERT INTO "undo_change" VALUES(67,7,'contact_role',NULL,'{"contact_id":5,"position":0,"role":"neighbour"}');
INSERT INTO "undo_change" VALUES(68,7,'role_span',NULL,'{"contact_id":5,"position":0,"role":"friend","start_day":"2025-01-10","end_day":"2026-03-02"}');
INSERT INTO "undo_change" VALUES(69,7,'role_span',NULL,'{"contact_id":5,"position":1,"role":"neighbour","start_day":"2026-03-02","end_day":null}');
INSERT INTO "undo_change" VALUES(70,8,'wish',NULL,'{"id":1,"skill":"Handwerk"}');
INSERT INTO "undo_change" VALUES(71,9,'rule_off',NULL,'{"id":1,"key":"G12"}');
INSERT INTO "undo_change" VALUES(72,10,'acceptance',NULL,'{"id":1,"key":"G03:advice","until":"2026-12-01"}');
INSERT INTO "undo_change" VALUES(73,11,'contact','{"id":8,"uid":"412b2484-59a3-4cee-a171-ae60c5fb0ecf","name":"Lena Groß","added_on":"2026-03-02","circle":null,"cadence_days":14,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":null,"online_only":null,"trusted":null,"pickup":null,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":0,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":10}','{"id":8,"uid":"412b2484-59a3-4cee-a171-ae60c5fb0ecf","name":"Lena Groß","added_on":"2026-03-02","circle":null,"cadence_days":14,"planned_on":"2026-04-01","snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":null,"online_only":null,"trusted":null,"pickup":null,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":0,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":"cake","lead_days":10}');
INSERT INTO "undo_change" VALUES(74,12,'contact','{"id":5,"uid":"3f2a48b6-1e2a-4514-bdfe-348d328dac4e","name":"Tom","added_on":"2025-01-10","circle":null,"cadence_days":null,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":"near","online_only":null,"trusted":null,"pickup":null,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":1,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}','{"id":5,"uid":"3f2a48b6-1e2a-4514-bdfe-348d328dac4e","name":"Tom","added_on":"2025-01-10","circle":null,"cadence_days":null,"planned_on":null,"snoozed_until":"2026-03-16","status":"active","paused_until":null,"resumed_on":null,"until":null,"place":"near","online_only":null,"trusted":null,"pickup":null,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":1,"birthday":null,"notes":null,"changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}');
INSERT INTO "undo_change" VALUES(75,13,'contact','{"id":2,"uid":"e524d9c6-9bd3-49b3-8956-f7740fb973cf","name":"Jana","added_on":"2025-01-10","circle":null,"cadence_days":null,"planned_on":null,"snoozed_until":null,"status":"active","paused_until":null,"resumed_on":null,"until":null,"place":"near","online_only":null,"trusted":1,"pickup":1,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":1,"birthday":"--02-28","notes":"tea","changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}','{"id":2,"uid":"e524d9c6-9bd3-49b3-8956-f7740fb973cf","name":"Jana","added_on":"2025-01-10","circle":null,"cadence_days":null,"planned_on":null,"snoozed_until":null,"status":"paused","paused_until":null,"resumed_on":null,"until":null,"place":"near","online_only":null,"trusted":1,"pickup":1,"strained":0,"single_parent":0,"gives_stated":1,"gets_stated":1,"birthday":"--02-28","notes":"tea","changed_at":"2026-03-02T12:00:00.000000+00:00","planned_note":null,"lead_days":null}');
CREATE TABLE undo_step (
    id INTEGER PRIMARY KEY,
    line TEXT NOT NULL,
    at TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
, typed TEXT) STRICT;
INSERT INTO "undo_step" VALUES(1,'import tests/cases/household-b.json','2026-03-02T12:00:00.000000+00:00',0,NULL);
INSERT INTO "undo_step" VALUES(2,'edit jana --skill sewing --birthday 28.2. --note tea','2026-03-02T12:00:00.000000+00:00',0,NULL);
INSERT INTO "undo_step" VALUES(3,'edit jana --phone ''0171 123'' --email jana@example.org','2026-03-02T12:00:00.000000+00:00',0,NULL);
INSERT INTO "undo_step" VALUES(4,'add ''Lena Groß'' --role friend --every 2w --gives childcare,advice','2026-03-02T12:00:00.000000+00:00',0,NULL);
INSERT INTO "undo_step" VALUES(5,'edit lena --kid Mats:2021-12 --yearly ''name day:24.6.'' --lead 10d','2026-03-02T12:00:00.000000+00:00',0,NULL);
INSERT INTO "undo_step" VALUES(6,'log jana tom --how call --got childcare --note zoo','2026-03-02T12:00:00.000000+00:00',0,NULL);
INSERT INTO "undo_step" VALUES(7,'role tom neighbour','2026-03-02T12:00:00.000000+00:00',0,NULL);
INSERT INTO "undo_step" VALUES(8,'wish add Handwerk','2026-03-02T12:00:00.000000+00:00',0,NULL);
INSERT INTO "undo_step" VALUES(9,'rule off G12','2026-03-02T12:00:00.000000+00:00',0,NULL);
INSERT INTO "undo_step" VALUES(10,'accept G03:advice --until 2026-12-01','2026-03-02T12:00:00.000000+00:00',0,NULL);
INSERT INTO "undo_step" VALUES(11,'plan lena 2026-04-01 --note cake','2026-03-02T12:00:00.000000+00:00',0,NULL);
INSERT INTO "undo_step" VALUES(12,'snooze tom 2w','2026-03-02T12:00:00.000000+00:00',0,NULL);
INSERT INTO "undo_step" VALUES(13,'pause jana','2026-03-02T12:00:00.000000+00:00',1,NULL);
CREATE TABLE wish (id INTEGER PRIMARY KEY, skill TEXT NOT NULL UNIQUE CHECK (skill <> '')) STRICT;
INSERT INTO "wish" VALUES(1,'Handwerk');
CREATE TABLE yearly_day (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]*' OR day GLOB '--[0-1][0-9]-[0-3][0-9]'),
    PRIMARY KEY (contact_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "yearly_day" VALUES(8,0,'name day','--06-24');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX encounter_day ON encounter (day);
CREATE INDEX participation_encounter ON participation (encounter_id, day);
CREATE INDEX participation_in ON participation (contact_id, day, help_in) WHERE help_in > 0;
CREATE INDEX participation_out ON participation (contact_id, day, help_out) WHERE help_out > 0;
CREATE INDEX undo_change_step ON undo_change (step);
CREATE INDEX origin_contact ON origin (contact_id);
CREATE TRIGGER undo_household_INSERT AFTER INSERT ON household  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'household', NULL, json_object('id', new."id", 'single_parent', new."single_parent") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_household_UPDATE AFTER UPDATE ON household WHEN json_object('id', old."id", 'single_parent', old."single_parent") IS NOT json_object('id', new."id", 'single_parent', new."single_parent") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'household', json_object('id', old."id", 'single_parent', old."single_parent"), json_object('id', new."id", 'single_parent', new."single_parent") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_household_DELETE AFTER DELETE ON household  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'household', json_object('id', old."id", 'single_parent', old."single_parent"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_child_INSERT AFTER INSERT ON child  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'child', NULL, json_object('id', new."id", 'name', new."name", 'born', new."born") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_child_UPDATE AFTER UPDATE ON child WHEN json_object('id', old."id", 'name', old."name", 'born', old."born") IS NOT json_object('id', new."id", 'name', new."name", 'born', new."born") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'child', json_object('id', old."id", 'name', old."name", 'born', old."born"), json_object('id', new."id", 'name', new."name", 'born', new."born") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_child_DELETE AFTER DELETE ON child  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'child', json_object('id', old."id", 'name', old."name", 'born', old."born"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_wish_INSERT AFTER INSERT ON wish  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'wish', NULL, json_object('id', new."id", 'skill', new."skill") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_wish_UPDATE AFTER UPDATE ON wish WHEN json_object('id', old."id", 'skill', old."skill") IS NOT json_object('id', new."id", 'skill', new."skill") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'wish', json_object('id', old."id", 'skill', old."skill"), json_object('id', new."id", 'skill', new."skill") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_wish_DELETE AFTER DELETE ON wish  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'wish', json_object('id', old."id", 'skill', old."skill"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_rule_off_INSERT AFTER INSERT ON rule_off  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'rule_off', NULL, json_object('id', new."id", 'key', new."key") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_rule_off_UPDATE AFTER UPDATE ON rule_off WHEN json_object('id', old."id", 'key', old."key") IS NOT json_object('id', new."id", 'key', new."key") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'rule_off', json_object('id', old."id", 'key', old."key"), json_object('id', new."id", 'key', new."key") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_rule_off_DELETE AFTER DELETE ON rule_off  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'rule_off', json_object('id', old."id", 'key', old."key"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_acceptance_INSERT AFTER INSERT ON acceptance  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'acceptance', NULL, json_object('id', new."id", 'key', new."key", 'until', new."until") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_acceptance_UPDATE AFTER UPDATE ON acceptance WHEN json_object('id', old."id", 'key', old."key", 'until', old."until") IS NOT json_object('id', new."id", 'key', new."key", 'until', new."until") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'acceptance', json_object('id', old."id", 'key', old."key", 'until', old."until"), json_object('id', new."id", 'key', new."key", 'until', new."until") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_acceptance_DELETE AFTER DELETE ON acceptance  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'acceptance', json_object('id', old."id", 'key', old."key", 'until', old."until"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_contact_INSERT AFTER INSERT ON contact  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'contact', NULL, json_object('id', new."id", 'uid', new."uid", 'name', new."name", 'added_on', new."added_on", 'circle', new."circle", 'cadence_days', new."cadence_days", 'planned_on', new."planned_on", 'snoozed_until', new."snoozed_until", 'status', new."status", 'paused_until', new."paused_until", 'resumed_on', new."resumed_on", 'until', new."until", 'place', new."place", 'online_only', new."online_only", 'trusted', new."trusted", 'pickup', new."pickup", 'strained', new."strained", 'single_parent', new."single_parent", 'gives_stated', new."gives_stated", 'gets_stated', new."gets_stated", 'birthday', new."birthday", 'notes', new."notes", 'changed_at', new."changed_at", 'planned_note', new."planned_note", 'lead_days', new."lead_days") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_contact_UPDATE AFTER UPDATE ON contact WHEN json_object('id', old."id", 'uid', old."uid", 'name', old."name", 'added_on', old."added_on", 'circle', old."circle", 'cadence_days', old."cadence_days", 'planned_on', old."planned_on", 'snoozed_until', old."snoozed_until", 'status', old."status", 'paused_until', old."paused_until", 'resumed_on', old."resumed_on", 'until', old."until", 'place', old."place", 'online_only', old."online_only", 'trusted', old."trusted", 'pickup', old."pickup", 'strained', old."strained", 'single_parent', old."single_parent", 'gives_stated', old."gives_stated", 'gets_stated', old."gets_stated", 'birthday', old."birthday", 'notes', old."notes", 'changed_at', old."changed_at", 'planned_note', old."planned_note", 'lead_days', old."lead_days") IS NOT json_object('id', new."id", 'uid', new."uid", 'name', new."name", 'added_on', new."added_on", 'circle', new."circle", 'cadence_days', new."cadence_days", 'planned_on', new."planned_on", 'snoozed_until', new."snoozed_until", 'status', new."status", 'paused_until', new."paused_until", 'resumed_on', new."resumed_on", 'until', new."until", 'place', new."place", 'online_only', new."online_only", 'trusted', new."trusted", 'pickup', new."pickup", 'strained', new."strained", 'single_parent', new."single_parent", 'gives_stated', new."gives_stated", 'gets_stated', new."gets_stated", 'birthday', new."birthday", 'notes', new."notes", 'changed_at', new."changed_at", 'planned_note', new."planned_note", 'lead_days', new."lead_days") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'contact', json_object('id', old."id", 'uid', old."uid", 'name', old."name", 'added_on', old."added_on", 'circle', old."circle", 'cadence_days', old."cadence_days", 'planned_on', old."planned_on", 'snoozed_until', old."snoozed_until", 'status', old."status", 'paused_until', old."paused_until", 'resumed_on', old."resumed_on", 'until', old."until", 'place', old."place", 'online_only', old."online_only", 'trusted', old."trusted", 'pickup', old."pickup", 'strained', old."strained", 'single_parent', old."single_parent", 'gives_stated', old."gives_stated", 'gets_stated', old."gets_stated", 'birthday', old."birthday", 'notes', old."notes", 'changed_at', old."changed_at", 'planned_note', old."planned_note", 'lead_days', old."lead_days"), json_object('id', new."id", 'uid', new."uid", 'name', new."name", 'added_on', new."added_on", 'circle', new."circle", 'cadence_days', new."cadence_days", 'planned_on', new."planned_on", 'snoozed_until', new."snoozed_until", 'status', new."status", 'paused_until', new."paused_until", 'resumed_on', new."resumed_on", 'until', new."until", 'place', new."place", 'online_only', new."online_only", 'trusted', new."trusted", 'pickup', new."pickup", 'strained', new."strained", 'single_parent', new."single_parent", 'gives_stated', new."gives_stated", 'gets_stated', new."gets_stated", 'birthday', new."birthday", 'notes', new."notes", 'changed_at', new."changed_at", 'planned_note', new."planned_note", 'lead_days', new."lead_days") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_contact_DELETE AFTER DELETE ON contact  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'contact', json_object('id', old."id", 'uid', old."uid", 'name', old."name", 'added_on', old."added_on", 'circle', old."circle", 'cadence_days', old."cadence_days", 'planned_on', old."planned_on", 'snoozed_until', old."snoozed_until", 'status', old."status", 'paused_until', old."paused_until", 'resumed_on', old."resumed_on", 'until', old."until", 'place', old."place", 'online_only', old."online_only", 'trusted', old."trusted", 'pickup', old."pickup", 'strained', old."strained", 'single_parent', old."single_parent", 'gives_stated', old."gives_stated", 'gets_stated', old."gets_stated", 'birthday', old."birthday", 'notes', old."notes", 'changed_at', old."changed_at", 'planned_note', old."planned_note", 'lead_days', old."lead_days"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_contact_role_INSERT AFTER INSERT ON contact_role  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'contact_role', NULL, json_object('contact_id', new."contact_id", 'position', new."position", 'role', new."role") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_contact_role_UPDATE AFTER UPDATE ON contact_role WHEN json_object('contact_id', old."contact_id", 'position', old."position", 'role', old."role") IS NOT json_object('contact_id', new."contact_id", 'position', new."position", 'role', new."role") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'contact_role', json_object('contact_id', old."contact_id", 'position', old."position", 'role', old."role"), json_object('contact_id', new."contact_id", 'position', new."position", 'role', new."role") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_contact_role_DELETE AFTER DELETE ON contact_role  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'contact_role', json_object('contact_id', old."contact_id", 'position', old."position", 'role', old."role"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_role_span_INSERT AFTER INSERT ON role_span  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'role_span', NULL, json_object('contact_id', new."contact_id", 'position', new."position", 'role', new."role", 'start_day', new."start_day", 'end_day', new."end_day") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_role_span_UPDATE AFTER UPDATE ON role_span WHEN json_object('contact_id', old."contact_id", 'position', old."position", 'role', old."role", 'start_day', old."start_day", 'end_day', old."end_day") IS NOT json_object('contact_id', new."contact_id", 'position', new."position", 'role', new."role", 'start_day', new."start_day", 'end_day', new."end_day") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'role_span', json_object('contact_id', old."contact_id", 'position', old."position", 'role', old."role", 'start_day', old."start_day", 'end_day', old."end_day"), json_object('contact_id', new."contact_id", 'position', new."position", 'role', new."role", 'start_day', new."start_day", 'end_day', new."end_day") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_role_span_DELETE AFTER DELETE ON role_span  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'role_span', json_object('contact_id', old."contact_id", 'position', old."position", 'role', old."role", 'start_day', old."start_day", 'end_day', old."end_day"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_contact_kind_INSERT AFTER INSERT ON contact_kind  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'contact_kind', NULL, json_object('contact_id', new."contact_id", 'way', new."way", 'kind', new."kind") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_contact_kind_UPDATE AFTER UPDATE ON contact_kind WHEN json_object('contact_id', old."contact_id", 'way', old."way", 'kind', old."kind") IS NOT json_object('contact_id', new."contact_id", 'way', new."way", 'kind', new."kind") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'contact_kind', json_object('contact_id', old."contact_id", 'way', old."way", 'kind', old."kind"), json_object('contact_id', new."contact_id", 'way', new."way", 'kind', new."kind") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_contact_kind_DELETE AFTER DELETE ON contact_kind  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'contact_kind', json_object('contact_id', old."contact_id", 'way', old."way", 'kind', old."kind"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_contact_text_INSERT AFTER INSERT ON contact_text  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'contact_text', NULL, json_object('contact_id', new."contact_id", 'field', new."field", 'position', new."position", 'text', new."text") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_contact_text_UPDATE AFTER UPDATE ON contact_text WHEN json_object('contact_id', old."contact_id", 'field', old."field", 'position', old."position", 'text', old."text") IS NOT json_object('contact_id', new."contact_id", 'field', new."field", 'position', new."position", 'text', new."text") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'contact_text', json_object('contact_id', old."contact_id", 'field', old."field", 'position', old."position", 'text', old."text"), json_object('contact_id', new."contact_id", 'field', new."field", 'position', new."position", 'text', new."text") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_contact_text_DELETE AFTER DELETE ON contact_text  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'contact_text', json_object('contact_id', old."contact_id", 'field', old."field", 'position', old."position", 'text', old."text"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_kid_INSERT AFTER INSERT ON kid  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'kid', NULL, json_object('contact_id', new."contact_id", 'position', new."position", 'name', new."name", 'born', new."born") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_kid_UPDATE AFTER UPDATE ON kid WHEN json_object('contact_id', old."contact_id", 'position', old."position", 'name', old."name", 'born', old."born") IS NOT json_object('contact_id', new."contact_id", 'position', new."position", 'name', new."name", 'born', new."born") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'kid', json_object('contact_id', old."contact_id", 'position', old."position", 'name', old."name", 'born', old."born"), json_object('contact_id', new."contact_id", 'position', new."position", 'name', new."name", 'born', new."born") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_kid_DELETE AFTER DELETE ON kid  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'kid', json_object('contact_id', old."contact_id", 'position', old."position", 'name', old."name", 'born', old."born"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_attachment_INSERT AFTER INSERT ON attachment  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'attachment', NULL, json_object('contact_id', new."contact_id", 'child', new."child", 'bond', new."bond") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_attachment_UPDATE AFTER UPDATE ON attachment WHEN json_object('contact_id', old."contact_id", 'child', old."child", 'bond', old."bond") IS NOT json_object('contact_id', new."contact_id", 'child', new."child", 'bond', new."bond") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'attachment', json_object('contact_id', old."contact_id", 'child', old."child", 'bond', old."bond"), json_object('contact_id', new."contact_id", 'child', new."child", 'bond', new."bond") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_attachment_DELETE AFTER DELETE ON attachment  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'attachment', json_object('contact_id', old."contact_id", 'child', old."child", 'bond', old."bond"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_encounter_INSERT AFTER INSERT ON encounter  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'encounter', NULL, json_object('id', new."id", 'uid', new."uid", 'day', new."day", 'how', new."how", 'note', new."note", 'changed_at', new."changed_at") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_encounter_UPDATE AFTER UPDATE ON encounter WHEN json_object('id', old."id", 'uid', old."uid", 'day', old."day", 'how', old."how", 'note', old."note", 'changed_at', old."changed_at") IS NOT json_object('id', new."id", 'uid', new."uid", 'day', new."day", 'how', new."how", 'note', new."note", 'changed_at', new."changed_at") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'encounter', json_object('id', old."id", 'uid', old."uid", 'day', old."day", 'how', old."how", 'note', old."note", 'changed_at', old."changed_at"), json_object('id', new."id", 'uid', new."uid", 'day', new."day", 'how', new."how", 'note', new."note", 'changed_at', new."changed_at") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_encounter_DELETE AFTER DELETE ON encounter  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'encounter', json_object('id', old."id", 'uid', old."uid", 'day', old."day", 'how', old."how", 'note', old."note", 'changed_at', old."changed_at"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_encounter_help_INSERT AFTER INSERT ON encounter_help  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'encounter_help', NULL, json_object('encounter_id', new."encounter_id", 'position', new."position", 'direction', new."direction", 'kind', new."kind") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_encounter_help_UPDATE AFTER UPDATE ON encounter_help WHEN json_object('encounter_id', old."encounter_id", 'position', old."position", 'direction', old."direction", 'kind', old."kind") IS NOT json_object('encounter_id', new."encounter_id", 'position', new."position", 'direction', new."direction", 'kind', new."kind") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'encounter_help', json_object('encounter_id', old."encounter_id", 'position', old."position", 'direction', old."direction", 'kind', old."kind"), json_object('encounter_id', new."encounter_id", 'position', new."position", 'direction', new."direction", 'kind', new."kind") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_encounter_help_DELETE AFTER DELETE ON encounter_help  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'encounter_help', json_object('encounter_id', old."encounter_id", 'position', old."position", 'direction', old."direction", 'kind', old."kind"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_participation_INSERT AFTER INSERT ON participation  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'participation', NULL, json_object('contact_id', new."contact_id", 'day', new."day", 'encounter_id', new."encounter_id", 'position', new."position", 'help_in', new."help_in", 'help_out', new."help_out") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_participation_UPDATE AFTER UPDATE ON participation WHEN json_object('contact_id', old."contact_id", 'day', old."day", 'encounter_id', old."encounter_id", 'position', old."position", 'help_in', old."help_in", 'help_out', old."help_out") IS NOT json_object('contact_id', new."contact_id", 'day', new."day", 'encounter_id', new."encounter_id", 'position', new."position", 'help_in', new."help_in", 'help_out', new."help_out") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'participation', json_object('contact_id', old."contact_id", 'day', old."day", 'encounter_id', old."encounter_id", 'position', old."position", 'help_in', old."help_in", 'help_out', old."help_out"), json_object('contact_id', new."contact_id", 'day', new."day", 'encounter_id', new."encounter_id", 'position', new."position", 'help_in', new."help_in", 'help_out', new."help_out") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_participation_DELETE AFTER DELETE ON participation  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'participation', json_object('contact_id', old."contact_id", 'day', old."day", 'encounter_id', old."encounter_id", 'position', old."position", 'help_in', old."help_in", 'help_out', old."help_out"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_setting_INSERT AFTER INSERT ON setting  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'setting', NULL, json_object('key', new."key", 'value', new."value") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_setting_UPDATE AFTER UPDATE ON setting WHEN json_object('key', old."key", 'value', old."value") IS NOT json_object('key', new."key", 'value', new."value") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'setting', json_object('key', old."key", 'value', old."value"), json_object('key', new."key", 'value', new."value") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_setting_DELETE AFTER DELETE ON setting  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'setting', json_object('key', old."key", 'value', old."value"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_interview_INSERT AFTER INSERT ON interview  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'interview', NULL, json_object('question', new."question", 'answer', new."answer") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_interview_UPDATE AFTER UPDATE ON interview WHEN json_object('question', old."question", 'answer', old."answer") IS NOT json_object('question', new."question", 'answer', new."answer") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'interview', json_object('question', old."question", 'answer', old."answer"), json_object('question', new."question", 'answer', new."answer") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_interview_DELETE AFTER DELETE ON interview  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'interview', json_object('question', old."question", 'answer', old."answer"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_yearly_day_INSERT AFTER INSERT ON yearly_day  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'yearly_day', NULL, json_object('contact_id', new."contact_id", 'position', new."position", 'name', new."name", 'day', new."day") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_yearly_day_UPDATE AFTER UPDATE ON yearly_day WHEN json_object('contact_id', old."contact_id", 'position', old."position", 'name', old."name", 'day', old."day") IS NOT json_object('contact_id', new."contact_id", 'position', new."position", 'name', new."name", 'day', new."day") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'yearly_day', json_object('contact_id', old."contact_id", 'position', old."position", 'name', old."name", 'day', old."day"), json_object('contact_id', new."contact_id", 'position', new."position", 'name', new."name", 'day', new."day") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_yearly_day_DELETE AFTER DELETE ON yearly_day  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'yearly_day', json_object('contact_id', old."contact_id", 'position', old."position", 'name', old."name", 'day', old."day"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_origin_INSERT AFTER INSERT ON origin  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'origin', NULL, json_object('id', new."id", 'contact_id', new."contact_id", 'source', new."source", 'uid_key', new."uid_key", 'name_key', new."name_key", 'stated', new."stated") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_origin_UPDATE AFTER UPDATE ON origin WHEN json_object('id', old."id", 'contact_id', old."contact_id", 'source', old."source", 'uid_key', old."uid_key", 'name_key', old."name_key", 'stated', old."stated") IS NOT json_object('id', new."id", 'contact_id', new."contact_id", 'source', new."source", 'uid_key', new."uid_key", 'name_key', new."name_key", 'stated', new."stated") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'origin', json_object('id', old."id", 'contact_id', old."contact_id", 'source', old."source", 'uid_key', old."uid_key", 'name_key', old."name_key", 'stated', old."stated"), json_object('id', new."id", 'contact_id', new."contact_id", 'source', new."source", 'uid_key', new."uid_key", 'name_key', new."name_key", 'stated', new."stated") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_origin_DELETE AFTER DELETE ON origin  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'origin', json_object('id', old."id", 'contact_id', old."contact_id", 'source', old."source", 'uid_key', old."uid_key", 'name_key', old."name_key", 'stated', old."stated"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_departed_INSERT AFTER INSERT ON departed  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'departed', NULL, json_object('uid', new."uid", 'key', new."key") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_departed_UPDATE AFTER UPDATE ON departed WHEN json_object('uid', old."uid", 'key', old."key") IS NOT json_object('uid', new."uid", 'key', new."key") BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'departed', json_object('uid', old."uid", 'key', old."key"), json_object('uid', new."uid", 'key', new."key") FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER undo_departed_DELETE AFTER DELETE ON departed  BEGIN
    INSERT INTO undo_change (step, place, before, after)
    SELECT id, 'departed', json_object('uid', old."uid", 'key', old."key"), NULL FROM undo_step WHERE undone = 0
    ORDER BY id DESC LIMIT 1;
END;
COMMIT;
