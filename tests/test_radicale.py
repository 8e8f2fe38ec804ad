"""A real CardDAV and CalDAV server: Radicale and vdirsyncer, there and back, with khard between."""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import icalendar
import pytest

from tests.conftest import CASE_B, HANGING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from tests.conftest import Dorf

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(map(importlib.util.find_spec, ("radicale", "vdirsyncer"))),
        reason="Radicale and vdirsyncer are not installed",
    ),
]

ADDRESS_BOOK = '<C:addressbook xmlns:C="urn:ietf:params:xml:ns:carddav"/>'
CALENDAR = '<C:calendar xmlns:C="urn:ietf:params:xml:ns:caldav"/>'
MADE = (
    '<mkcol xmlns="DAV:"><set><prop><resourcetype><collection/>{kind}</resourcetype></prop></set>'
    "</mkcol>"
)
PAIR = """\
[general]
status_path = "{top}/status/"
[pair dorf]
a = "here"
b = "there"
collections = null
conflict_resolution = "a wins"
[storage here]
type = "filesystem"
path = "{folder}"
fileext = "{ending}"
[storage there]
type = "{kind}"
url = "{url}"
username = "me"
password = "x"
"""


@dataclass(frozen=True)
class Server:
    """A running Radicale with one user, me."""

    url: str
    top: Path

    def ask(self, method: str, path: str, body: str = "") -> None:
        """Send a request."""
        token = base64.b64encode(b"me:x").decode()
        headers = {"Authorization": f"Basic {token}", "Content-Type": "text/xml"}
        request = urllib.request.Request(  # noqa: S310  (a server of our own)
            f"{self.url}{path}", body.encode(), headers, method=method
        )
        urllib.request.urlopen(request, timeout=HANGING).close()  # noqa: S310

    def device(self, name: str, kind: str, ending: str) -> Path:
        """Return a folder that `sync` keeps like the collection of that *kind*."""
        folder = self.top / name
        folder.mkdir()
        path = {"carddav": "book", "caldav": "calendar"}[kind]
        settings = PAIR.format(
            top=self.top / f"{name}-state", folder=folder, ending=ending, kind=kind,
            url=f"{self.url}/me/{path}/",
        )  # fmt: skip
        (self.top / f"{name}.conf").write_text(settings)
        self._vdirsyncer(name, "discover")
        return folder

    def sync(self, name: str) -> None:
        """Let vdirsyncer do its work."""
        self._vdirsyncer(name, "sync")

    def _vdirsyncer(self, name: str, command: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "vdirsyncer", "-vWARNING", command],
            env=os.environ | {"VDIRSYNCER_CONFIG": str(self.top / f"{name}.conf")},
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=HANGING,
        )  # fmt: skip
        assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr


@contextmanager
def _running(top: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "--server-hosts": f"127.0.0.1:{port}", "--storage-filesystem-folder": str(top / "server"),
        "--auth-type": "none", "--logging-level": "warning", "--config": "",
    }  # fmt: skip
    command = [
        sys.executable,
        "-m",
        "radicale",
        *(part for pair in options.items() for part in pair),
    ]
    with (top / "log").open("w") as log, subprocess.Popen(command, stderr=log) as process:
        try:
            for _ in range(600):
                with socket.socket() as tried:
                    if tried.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Return a server with an empty address book and an empty calendar."""
    with _running(tmp_path) as url:
        server = Server(url, tmp_path)
        server.ask("MKCOL", "/me/book/", MADE.format(kind=ADDRESS_BOOK))
        server.ask("MKCOL", "/me/calendar/", MADE.format(kind=CALENDAR))
        yield server


def cards(text: str) -> list[str]:
    """Return the cards of an export, each for itself."""
    return [f"BEGIN:VCARD{part}" for part in text.split("BEGIN:VCARD")[1:]]


def village(dorf: Dorf) -> Any:
    """Return everything but the encounters, which no card carries, and times of change."""
    document = json.loads(dorf("export", "--format", "village"))
    for contact in document["contacts"]:
        contact.pop("changed_at", None)
    return sorted(document["contacts"], key=lambda contact: contact["uid"])


def full_village(dorf: Dorf) -> None:
    """Bring in a household with something in every field."""
    dorf("import", str(CASE_B))
    dorf(
        "edit",
        "jana",
        "--skill",
        "sewing, knitting; both",
        "--birthday",
        "28.2.",
        "--note",
        "a; b, c",
    )
    dorf("edit", "jana", "--kid", "Mats Ole:2021-12", "--kid", "Zoë", "--nickname", "J, K; L")
    dorf("edit", "jana", "--address", "Weg 3, 48143 Münster")
    dorf("role", "tom", "neighbour")
    dorf("plan", "tom", "5.3.", "--note", "Zoo; um 10, am Tor")


@pytest.mark.parametrize("form", ["vcard", "vcard3"])
def test_there_and_back_nothing_is_lost(dorf: Dorf, server: Server, form: str) -> None:
    """Into a folder, to the server, to another device, and into an empty village there."""
    full_village(dorf)
    here = server.device("here", "carddav", ".vcf")
    for number, card in enumerate(cards(dorf("export", "--format", form))):
        (here / f"{number}.vcf").write_bytes(card.encode())
    server.sync("here")
    there = server.device("there", "carddav", ".vcf")
    server.sync("there")
    other = type(dorf)(server.top / "other.db")
    household = json.loads(dorf("export", "--format", "village"))["household"]
    other.load({"household": household, "contacts": []})
    other("import", str(there), stderr="")
    assert village(other) == village(dorf)


@pytest.mark.skipif(shutil.which("khard") is None, reason="khard is not installed")
def test_khard_edits_renames_and_deletes_in_between(dorf: Dorf, server: Server) -> None:
    """What was done there comes here; what was deleted there is asked about; the rest stays."""
    full_village(dorf)
    gaps = dorf.keys()
    book = server.device("here", "carddav", ".vcf")
    for number, card in enumerate(cards(dorf("export", "--format", "vcard3"))):
        (book / f"{number}.vcf").write_bytes(card.encode())
    server.sync("here")
    dorf("import", str(book), stderr="")
    assert dorf.keys() == gaps
    before = {contact["name"]: contact for contact in village(dorf)}
    phone = server.device("phone", "carddav", ".vcf")
    server.sync("phone")
    settings = server.top / "khard.conf"
    settings.write_text(f"[addressbooks]\n[[book]]\npath = {phone}\n[general]\neditor = true\n")
    khard = ["khard", "-c", str(settings)]

    def run(*arguments: str, stdin: str = "") -> str:
        return subprocess.run(
            [*khard, *arguments], input=stdin, capture_output=True, text=True, check=True
        ).stdout

    uids = {name: contact["uid"] for name, contact in before.items()}
    jana = next(name for name in uids if "Jana" in name)
    tom = next(name for name in uids if "Tom" in name)
    gone = next(name for name in uids if name not in {jana, tom})
    template = run("show", "--format", "yaml", f"uid:{uids[jana]}")
    renamed = template.replace(jana, "Jana Neu")
    (server.top / "edit.yaml").write_text(renamed)
    run("edit", "--input-file", str(server.top / "edit.yaml"), f"uid:{uids[jana]}", stdin="y\ny\n")
    run("remove", "--force", f"uid:{uids[gone]}")
    server.sync("phone")
    server.sync("here")
    said = dorf("import", str(book), remarks=True)
    assert f"{jana} is called Jana Neu now" in said
    assert f"{gone} is no longer in this address book" in dorf.said
    after = {contact["name"]: contact for contact in village(dorf)}
    assert after.pop("Jana Neu") == before.pop(jana) | {"name": "Jana Neu"}
    assert after == before
    assert dorf.keys() == gaps


def test_a_calendar_goes_there_and_back(dorf: Dorf, server: Server) -> None:
    """Each entry is one file with a name that any system takes; the second time adds none."""
    full_village(dorf)
    here = server.device("here", "caldav", ".ics")

    def write() -> int:
        calendar = icalendar.Calendar.from_ical(dorf("export", "--format", "ics"))
        events = list(calendar.walk("VEVENT"))
        for event in events:
            single = icalendar.Calendar()
            single.add("version", "2.0")
            single.add("prodid", "-//test//EN")
            single.add_component(event)
            (here / f"{event['uid']}.ics").write_bytes(single.to_ical())
        return len(events)

    count = write()
    server.sync("here")
    assert write() == count
    server.sync("here")
    there = server.device("there", "caldav", ".ics")
    server.sync("there")
    assert len(list(there.glob("*.ics"))) == count


@pytest.mark.skipif(importlib.util.find_spec("khal") is None, reason="khal is not installed")
def test_khal_imports_a_calendar_once(dorf: Dorf, tmp_path: Path) -> None:
    """Each entry is known by its uid: a second import of it, on another day too, adds nothing."""
    full_village(dorf)
    calendar = tmp_path / "calendar"
    calendar.mkdir()
    settings = tmp_path / "khal.conf"
    settings.write_text(
        f"[calendars]\n[[mine]]\npath = {calendar}\n[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
    )
    khal = [sys.executable, "-m", "khal", "-c", str(settings)]

    def listed() -> list[str]:
        (tmp_path / "dorf.ics").write_text(dorf("export", "--format", "ics"))
        command = [*khal, "import", "--batch", "-a", "mine", str(tmp_path / "dorf.ics")]
        subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
        shown = [*khal, "list", "--format", "{title}", "2026-03-02", "400d"]
        return subprocess.run(shown, check=True, capture_output=True, text=True).stdout.split("\n")

    once = listed()
    assert len(once) > 3
    assert listed() == once
    dorf.today = "2026-03-03"
    assert len(listed()) == len(once)
