"""The schema of the file: what another program did to it is refused, mended, or kept and named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dorf.store.definition import definition
from dorf.store.inspection import Inspection, expected, inspect, tables_of
from dorf.store.opening import connect
from dorf.store.schema import STEPS
from dorf.store.undo import village_tables
from tests.conftest import endless_after
from tests.test_store import execute

if TYPE_CHECKING:
    from tests.conftest import Dorf

TABLES = tables_of(STEPS)
READING = (["status"], ["list"], ["export"], ["undo", "--list"], ["remind"], ["backup", "x.db"])
WRITING = (["add", "Zoe"], ["log", "jana"], ["undo"], ["redo"], ["backup", "--no-daily"])


@pytest.mark.parametrize("version", range(1, len(STEPS) + 1))
def test_the_expected_schema_is_the_one_that_sqlite_keeps(dorf: Dorf, version: int) -> None:
    """Read off the steps, word by word, for every format that there was."""
    execute(dorf.path, *(f"{sql};" for _, script in STEPS[:version] for sql in statements(script)))
    kept = execute(dorf.path, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    assert {(kind, name): sql for kind, name, sql in kept} == expected(STEPS[:version])
    connection = connect(dorf.path)
    assert inspect(connection, STEPS[:version]) == Inspection()
    connection.close()


def statements(script: str) -> list[str]:
    """Split a step of the schema."""
    return [part for part in script.split(";\n") if part.strip()]


def rebuilt(sql: str) -> str:
    """Return the statement as a program with windows writes it when it rebuilds a table."""
    table = definition(sql)
    assert table is not None
    columns = [
        f'"{name}"\t{column.type.upper()}{" NOT NULL" * column.required}'
        + (f" DEFAULT {column.default}" if column.default else "")
        for name, column in table.columns.items()
    ]
    lines = columns + [" ".join(words) for words in sorted(table.constraints)]
    name = sql.split()[2]
    return f'CREATE TABLE "{name}" (\n\t' + ",\n\t".join(lines) + f"\n) {', '.join(table.options)}"


# --- refused ------------------------------------------------------------------------------------


def hostile(table: str) -> dict[str, list[str]]:
    """Return what can be done to a table so that something runs, hides or refuses."""
    sql = expected(STEPS)["table", table]
    columns = list(definition(sql).columns)  # type: ignore[union-attr]
    column = columns[0]
    body = f"BEGIN DELETE FROM {'kid' if table != 'kid' else 'wish'}; END"
    away = ["PRAGMA foreign_keys = OFF", f"ALTER TABLE {table} RENAME TO away_{table}"]
    found = {
        f"{event} trigger": [f"CREATE TRIGGER zz {event} ON {table} {body}"]
        for event in ("BEFORE INSERT", "AFTER UPDATE", "AFTER DELETE")
    }
    found |= {
        "view over it": [f"CREATE VIEW sly AS SELECT * FROM {table}"],
        "view instead": [*away, f"CREATE VIEW {table} AS SELECT * FROM away_{table}"],
        "endless view": [
            *away,
            (
                f"CREATE VIEW {table} AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
                f" FROM n) SELECT i AS {column} FROM n"
            ),
        ],
        "other table": [*away, f"CREATE TABLE {table} ({column})"],
        "search table": [*away, f"CREATE VIRTUAL TABLE {table} USING fts5({column})"],
        "no table": ["PRAGMA foreign_keys = OFF", f"DROP TABLE {table}"],
        "unique index": [f"CREATE UNIQUE INDEX sly ON {table} ({', '.join(columns)})"],
        "index over a function": [f"CREATE INDEX sly ON {table} (length({column}))"],
        "index over some rows": [f"CREATE INDEX sly ON {table} ({column}) WHERE {column} > 1"],
        "generated column": [f"ALTER TABLE {table} ADD COLUMN g TEXT AS (abs(-1)) VIRTUAL"],
        "column with a check": [f"ALTER TABLE {table} ADD COLUMN g TEXT CHECK (g <> 'x')"],
        "not strict": [
            "PRAGMA writable_schema = ON",
            (
                "UPDATE sqlite_master SET sql ="
                " replace(replace(sql, 'STRICT, ', ''), ' STRICT', '')"
                f" WHERE name = '{table}'"
            ),
        ],
    }
    if "CHECK" in sql:
        found["check gone"] = [
            "PRAGMA writable_schema = ON",
            (
                "UPDATE sqlite_master SET sql = replace(sql, 'CHECK (', 'CHECK (1 OR ')"
                f" WHERE name = '{table}'"
            ),
        ]
    return found


KINDS = sorted(hostile("contact"))


def refused(family: Dorf, *commands: list[str]) -> None:
    """Hold that no command reads or writes the file, and that it stays as it is."""
    before = family.path.read_bytes()
    with endless_after():
        for command in commands:
            said = family.any_status(*command)
            assert family.ended == 5, (command, said)
            assert said.count("\n") == 1
            assert "Traceback" not in said
            assert "holds something that dorf has not made" in said
        family("doctor", status=5)
    assert family.path.read_bytes() == before


@pytest.mark.few(6)
@pytest.mark.parametrize("kind", KINDS)
def test_what_could_run_or_rule_is_refused(family: Dorf, kind: str) -> None:
    """One sentence, status 5, not a byte changed; `doctor` names it."""
    execute(family.path, *hostile("contact")[kind])
    refused(family, READING[0], WRITING[0])


@pytest.mark.parametrize("kind", ["endless view", "AFTER DELETE trigger"])
def test_every_command_refuses(family: Dorf, kind: str) -> None:
    """Those that read and those that write."""
    execute(family.path, *hostile("contact")[kind])
    refused(family, *READING, *WRITING)


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
def test_no_table_can_be_made_to_run_or_rule(family: Dorf, table: str) -> None:
    """The same for every table and each kind of object."""
    whole = family.path.read_bytes()
    for spoil in hostile(table).values():
        family.path.write_bytes(whole)
        execute(family.path, *spoil)
        refused(family, READING[0], WRITING[0])


def test_what_doctor_says_gets_a_foreign_trigger_out(family: Dorf) -> None:
    """The village is whole again, with all that was in it."""
    before = family.json("list")
    execute(family.path, 'CREATE TRIGGER "a ""b" AFTER INSERT ON encounter BEGIN SELECT 1; END')
    said = family("doctor", status=5)
    assert f"""sqlite3 {family.path} 'DROP TRIGGER "a ""b"'""" in said
    execute(family.path, 'DROP TRIGGER "a ""b"')
    assert family.json("list") == before


def test_a_copy_takes_the_place_of_a_file_with_something_foreign(family: Dorf) -> None:
    """Asked first; what was there is kept beside it."""
    family("backup", str(family.path.with_name("good")))
    execute(family.path, "CREATE VIEW sly AS SELECT 1")
    family("restore", str(family.path.with_name("good")), status=1)
    assert "is kept" in family("restore", str(family.path.with_name("good")), "--yes")
    assert family.json("doctor")["verdict"] == "well"


# --- mended -------------------------------------------------------------------------------------


@pytest.mark.parametrize("tables", [["contact"], ["kid"], village_tables(STEPS)], ids=len)
def test_lost_triggers_are_made_again_before_a_write(family: Dorf, tables: list[str]) -> None:
    """Reading just works; what is written afterwards can be taken back."""
    events = ("INSERT", "UPDATE", "DELETE")
    execute(
        family.path, *(f"DROP TRIGGER undo_{table}_{event}" for table in tables for event in events)
    )
    before = family("export")
    family("add", "Zoe", "--role", "friend", "--phone", "1", "--kid", "Mats:2021-12")
    family("log", "zoe", "--gave", "advice")
    family("delete", "zoe", "--yes")
    family("undo", "3")
    assert family("export") == before
    assert family.json("doctor")["verdict"] == "well"


@pytest.mark.parametrize(
    "body",
    ["DELETE FROM contact", "INSERT INTO undo_change VALUES (1, 1, 'contact', '{}', '{}')"],
)
def test_a_changed_trigger_of_the_record_never_runs(family: Dorf, body: str) -> None:
    """Whatever stands under our names is made anew, and what has the names of others goes."""
    sly = f"AFTER INSERT ON encounter BEGIN {body}; END"
    execute(
        family.path,
        "DROP TRIGGER undo_encounter_INSERT",
        f"CREATE TRIGGER undo_encounter_INSERT {sly}",
        f"CREATE TRIGGER undo_zz {sly}",
        f"CREATE TRIGGER UNDO_YY AFTER INSERT ON reminded BEGIN {body}; END",
    )
    people = len(family.json("list")["contacts"])
    family("remind", status=0)
    family("log", "jana")
    assert len(family.json("list")["contacts"]) == people
    family("undo")
    assert family.json("doctor")["verdict"] == "well"


def test_a_lost_index_is_made_again(family: Dorf) -> None:
    """Nothing depends on it but the time that a question takes."""
    execute(family.path, "DROP INDEX encounter_day")
    family("log", "jana")
    assert execute(family.path, "SELECT 1 FROM sqlite_master WHERE name = 'encounter_day'")


def test_tables_that_were_rebuilt_with_the_same_meaning_are_ours(family: Dorf) -> None:
    """Quoted, in another order, with its constraints at the end: as programs with windows do."""
    family("add", "Zoe")
    before = family("export")
    for table in TABLES:
        execute(
            family.path,
            "PRAGMA foreign_keys = OFF",
            "PRAGMA legacy_alter_table = ON",
            f"ALTER TABLE {table} RENAME TO old_one",
            rebuilt(expected(STEPS)["table", table]),
            f"INSERT INTO {table} SELECT * FROM old_one",
            "DROP TABLE old_one",
        )
    assert family("export") == before
    family("log", "jana")
    family("undo")
    assert family("export") == before


# --- kept and named -----------------------------------------------------------------------------

KEPT = {
    "contact.fav": ["ALTER TABLE contact ADD COLUMN fav TEXT", "UPDATE contact SET fav = 'x'"],
    "kid.fav": ["ALTER TABLE kid ADD COLUMN fav INTEGER NOT NULL DEFAULT 3"],
    "encounter.order": ['ALTER TABLE encounter ADD COLUMN "order" BLOB'],
    "contact.a'b\"c": ["ALTER TABLE contact ADD COLUMN [a'b\"c] TEXT DEFAULT 'q'"],
    "notes": [
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text)",
        "INSERT INTO notes VALUES (1, 2)",
    ],
    "ft": ["CREATE VIRTUAL TABLE ft USING fts5(a)"],
}


@pytest.mark.few(2)
@pytest.mark.parametrize("what", KEPT)
def test_columns_and_tables_of_others_are_kept_and_named(family: Dorf, what: str) -> None:
    """Life goes on, undo included; a backup restores, and it is said what it leaves out."""
    execute(family.path, *KEPT[what])
    before = family("export")
    checks = {check["id"]: check for check in family.json("doctor")["checks"]}
    assert what in checks["added"]["text"]
    family("add", "Zoe", "--kid", "Mats:2021-12")
    family("log", "zoe")
    family("delete", "zoe", "--yes")
    family("undo", "3")
    assert family("export") == before
    copy = family.path.with_name("good")
    assert "checked" in family("backup", str(copy))
    family("log", "jana")
    assert what in family("restore", str(copy), "--yes")
    assert family("export") == before
    family.path.unlink()
    document = family.json("restore", str(copy))
    assert what in document["left_out"]
    assert family("export") == before
    assert family.json("doctor")["verdict"] == "well"


def test_a_value_in_a_column_of_others_comes_back_with_its_row(family: Dorf) -> None:
    """The record of undo knows it, too."""
    execute(family.path, *KEPT["contact.fav"])
    family("delete", "jana", "--yes")
    family("undo")
    assert execute(family.path, "SELECT DISTINCT fav FROM contact") == [("x",)]


def test_a_column_that_must_not_be_empty_stops_writes_alone(family: Dorf) -> None:
    """Reading works; the sentence names it, and `doctor` what takes it out."""
    execute(
        family.path,
        "DROP TABLE departed",
        "CREATE TABLE departed (uid TEXT NOT NULL, key TEXT NOT NULL, x TEXT NOT NULL,"
        " PRIMARY KEY (uid, key)) STRICT, WITHOUT ROWID",
    )
    family("status")
    family("log", "jana", status=5, stderr=(
        f"dorf: {family.path} can be read, but not written: another program added departed.x, which"
        " must not be empty. “dorf doctor” says what helps.\n"
    ))  # fmt: skip
    assert """'ALTER TABLE departed DROP COLUMN "x"'""" in family("doctor")
    execute(family.path, 'ALTER TABLE departed DROP COLUMN "x"')
    family("log", "jana")
