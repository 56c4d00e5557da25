"""`lantern directory`: an operator's own services, in and out, and the lists that keep them true."""

import asyncio
import datetime as dt
import json
import threading
import time
from dataclasses import replace
from functools import cache

import pytest
from aiohttp import web

from actions.directory import store, wrong_numbers
from actions.knowledge import control
from actions.knowledge import library as library_module
from actions.knowledge.check import Report
from actions.knowledge.library import Library, configure_directory
from bot.cli import directory_care, main
from tests.actions.directory.given import hsds, service, tables, write_folder, write_json


@pytest.fixture(scope="module")
def whole() -> Library:
    return Library.load()


@pytest.fixture
def lantern_directory(tmp_path, monkeypatch, capsys, whole):
    """Runs a command with files of its own: (exit code, standard output, standard error)."""

    def load(*, directory=None) -> Library:  # as the real one, without reading all of data/ again
        return replace(whole, services=store.beside(whole.services, directory))

    monkeypatch.setattr(Library, "load", load)
    folder = tmp_path / "installation"
    folder.mkdir()
    for name, file in (("DIRECTORY", "directory.jsonl"), ("REPORTS", "reports.json"), ("SWITCHES", "switches.yml")):
        monkeypatch.setenv(f"LANTERN_{name}", str(folder / file))

    def run(*arguments) -> tuple[int, str, str]:
        code = main(["directory", *map(str, arguments)])
        return (code, *capsys.readouterr())

    run.file, run.reports = folder / "directory.jsonl", folder / "reports.json"
    yield run
    configure_directory(None)
    control.configure(control.SWITCHES_FILE, reviewed_only=False)


@pytest.fixture
def only_these(monkeypatch, whole):
    """Makes the whole library hold only some services."""

    def hold(*services):
        small = replace(whole, services=services)
        monkeypatch.setattr(library_module, "library", cache(lambda: small))

    return hold


def test_in_and_out_and_in(lantern_directory, tmp_path):
    given = write_json(tmp_path / "theirs.json", hsds(), hsds("Day Center"), hsds("Tax Help", attributes=[]))
    code, out, err = lantern_directory("import", given)
    assert code == 0 and "3 services read. Your own are 2 now; 1 were left out" in out, err
    assert "A running `lantern serve` uses it within seconds" in err
    assert "left out  theirs.json: row 3: Tax Help: it does not say what it is for" in out
    assert "Of 2 we do not know what they do about the police" in out
    first = store.read(lantern_directory.file)
    for name in ("all.json", "all.jsonl", "all.zip", "all"):
        code, _, err = lantern_directory("export", tmp_path / name)
        assert code == 0 and f"services written to {tmp_path / name}" in err
        code, out, err = lantern_directory("import", tmp_path / name)
        assert code == 0 and "are among Lantern's own already" in out, err
        assert store.read(lantern_directory.file) == first


def test_a_dry_run_changes_nothing(lantern_directory, tmp_path):
    code, _, err = lantern_directory("import", "--dry-run", write_json(tmp_path / "theirs.json", hsds()))
    assert code == 0 and "nothing was changed" in err and not lantern_directory.file.exists()


def test_what_is_wrong_leaves_the_old_directory(lantern_directory, tmp_path):
    lantern_directory("import", write_json(tmp_path / "theirs.json", hsds()))
    before = lantern_directory.file.read_bytes()
    rows = [hsds(f"Shelter {n}", phones=[{"id": "1", "number": "none"}]) for n in range(30)]
    code, out, err = lantern_directory("import", write_json(tmp_path / "wrong.json", hsds("Fine"), *rows))
    assert code == 1 and not out and "Traceback" not in err
    assert "wrong.json: row 2: phones.0.number: none is not a phone number" in err
    assert "… and 10 more." in err and err.endswith("Nothing was changed.\n")
    assert lantern_directory.file.read_bytes() == before
    assert [f.name for f in lantern_directory.file.parent.iterdir()] == ["directory.jsonl"]


def test_adding_and_replacing(lantern_directory, tmp_path):
    lantern_directory("import", write_json(tmp_path / "one.json", hsds()))
    code, out, _ = lantern_directory("import", "--add", write_json(tmp_path / "two.json", hsds(), hsds("Day Center")))
    assert code == 0 and "Your own are 2 now" in out and "1 took the place of an earlier one" in out
    lantern_directory("import", write_folder(tmp_path / "three", tables()))
    assert [s.id for s in store.read(lantern_directory.file)] == ["s1"]


def test_the_report_holds_everything(lantern_directory, tmp_path):
    rows = [hsds(f"Tax Help {n}", attributes=[]) for n in range(40)]
    same = hsds("night shelter", id="again")
    report = tmp_path / "report.jsonl"
    _, out, _ = lantern_directory("import", write_json(tmp_path / "many.json", hsds(), same, *rows), "--report", report)
    assert "left out  … and 20 more" in out and "merged  again is" in out
    told = [json.loads(line) for line in report.read_text().splitlines()]
    assert sum("left_out" in row for row in told) == 40 and sum("merged" in row for row in told) == 1


def test_what_the_directory_does_not_say(lantern_directory, tmp_path):
    given = write_json(tmp_path / "theirs.json", hsds(assured_date=..., url=...))
    code, _, err = lantern_directory("import", given)
    assert code == 1 and "--assured-date" in err
    code, _, err = lantern_directory("import", given, "--assured-date", "2026-01-02", "--source", "https://211.example")
    assert code == 0, err
    (only,) = store.read(lantern_directory.file)
    assert only.assured_date == dt.date(2026, 1, 2) and only.sources[0].url == "https://211.example"


@pytest.mark.parametrize("wrong", [("--source", "211"), ("--assured-date", "January")])
def test_options_that_cannot_be(wrong, lantern_directory, tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        lantern_directory("import", write_json(tmp_path / "theirs.json", hsds()), *wrong)
    assert stopped.value.code == 2 and wrong[0] in capsys.readouterr().err


def test_a_schema_of_the_operators(lantern_directory, tmp_path):
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps({"type": "object", "required": ["alternate_name"]}))
    code, _, err = lantern_directory("import", write_json(tmp_path / "one.json", hsds()), "--schema", schema)
    assert code == 1 and "'alternate_name' is a required property (official schema)" in err
    code, _, err = lantern_directory("import", tmp_path / "one.json", "--schema", tmp_path / "gone.json")
    assert code == 1 and "gone.json" in err and "Traceback" not in err


def test_paths_that_cannot_be(lantern_directory, tmp_path):
    assert "There is no" in lantern_directory("import", tmp_path / "gone.json")[2]
    (tmp_path / "file").write_text("")
    assert "cannot hold csv" in lantern_directory("export", tmp_path / "file")[2]
    assert "cannot hold json" in lantern_directory("export", "--format", "json", tmp_path)[2]
    assert "cannot be written" in lantern_directory("export", tmp_path / "no" / "folder" / "all.json")[2]
    assert (tmp_path / "file").read_text() == ""
    given = write_json(tmp_path / "one.json", hsds())
    assert "cannot be written" in lantern_directory("import", given, "--report", tmp_path / "no" / "report")[2]
    lantern_directory.file.parent.rmdir()
    assert "cannot be written" in lantern_directory("import", given)[2]


def test_a_broken_directory_says_where(lantern_directory, tmp_path):
    lantern_directory.file.write_text('{"id": "x"}\n')
    code, _, err = lantern_directory("export", tmp_path / "all.json")
    assert code == 1 and "directory.jsonl: line 1 (x): name: field required" in err


def test_lantern_check_looks_at_them_too(lantern_directory, monkeypatch, capsys):
    monkeypatch.setattr("bot.cli.check.check", lambda *_: Report((), 0, 0.0, 0.0))
    monkeypatch.setattr("bot.cli.check.check_messages", lambda _: ())
    store.write(lantern_directory.file, [service(), service("b-shelter", phones=(), url=None)])
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "directory.jsonl: line 2 (b-shelter): is active, but there is no way to reach it" in said
    store.write(lantern_directory.file, [service()])
    assert main(["check"]) == 0, capsys.readouterr().out


def test_two_thousand_in_a_moment(lantern_directory, tmp_path):
    rows = [
        hsds(f"Shelter {n}", phones=[{"id": "1", "number": f"503-{n // 100 + 200}-{n % 100:04}"}]) for n in range(2_000)
    ]
    given, began = write_json(tmp_path / "many.json", *rows), time.process_time()
    assert lantern_directory("import", given)[0] == 0
    assert time.process_time() - began < 20  # about 2 on a quiet machine
    assert len(store.read(lantern_directory.file)) == 2_000


def test_stale(lantern_directory, only_these):
    today = dt.date.today()
    only_these(
        service("new", assured_date=today),
        service("old", assured_date=today - dt.timedelta(days=181)),
        service("older", assured_date=today - dt.timedelta(days=400), phones=(), url="https://older.example"),
        service("gone", assured_date=today - dt.timedelta(days=999), status="defunct", status_note="x"),
    )
    code, out, _ = lantern_directory("stale")
    older, old, total = out.splitlines()
    assert code == 0 and older.endswith("older  https://older.example  older") and old.endswith("503-555-0100  old")
    assert total == "2 services were last checked more than 180 days ago."
    assert len(lantern_directory("stale", "--days", "200")[1].splitlines()) == 2


def test_reports(lantern_directory, only_these):
    assert "Nobody said" in lantern_directory("reports")[1]
    only_these(service("a-shelter"))
    for name in ("a-shelter", "gone", "gone"):
        wrong_numbers.report(lantern_directory.reports, name, {"a-shelter", "gone"})
    first, second = lantern_directory("reports")[1].splitlines()
    assert first.split() == ["2", "gone", "(is", "in", "the", "directory", "no", "more)"]
    assert second.strip() == "1  a shelter  503-555-0100  a-shelter"


def test_coverage(lantern_directory, only_these, tmp_path, monkeypatch):
    only_these(service("a-shelter"))
    code, out, _ = lantern_directory("coverage")
    assert code == 0 and "| OR | – | 1 |" in out and "| never without your OK | 0 | 1 | 100% |" in out
    monkeypatch.setattr(directory_care, "PAGE", directory_care.ROOT / "docs" / "directory.md")
    written = {}
    monkeypatch.setattr(
        type(directory_care.PAGE), "write_text", lambda path, text, **_: written.update({path.name: text})
    )
    assert lantern_directory("coverage", "--write")[0] == 0
    assert written["directory.md"].startswith("# What the directory has")


@pytest.fixture
def pages():
    """Address of a server on loopback, in a thread of its own; every page is there but /gone."""
    started, stop = threading.Event(), asyncio.Event()
    found: dict[str, object] = {}

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=404 if request.path == "/gone" else 200)

    async def serve() -> None:
        app = web.Application()
        app.router.add_route("*", "/{any:.*}", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        found["loop"], found["url"] = asyncio.get_running_loop(), f"http://127.0.0.1:{runner.addresses[0][1]}"
        started.set()
        await stop.wait()
        await runner.cleanup()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert started.wait(10)
    yield found["url"]
    found["loop"].call_soon_threadsafe(stop.set)
    thread.join(10)


def test_check_and_resume(lantern_directory, only_these, pages):
    only_these(
        service("one", url=f"{pages}/fine", chat_url=f"{pages}/chat"),
        service("two", url=f"{pages}/gone"),
        service("closed", url=f"{pages}/closed", status="defunct", status_note="x"),
        service("none"),
    )
    code, out, err = lantern_directory("check", "--private", "--limit", "1")
    assert code == 0 and "1 pages are there" in out and "2 were not asked yet" in out and "Asking 1 pages" in err
    code, out, err = lantern_directory("check", "--private", "--resume")
    assert code == 1 and "Asking 2 pages" in err
    assert f"broken   {pages}/gone  404  (two)" in out and "1 are broken; 0 were not asked yet" in out
    assert "Asking 0 pages" in lantern_directory("check", "--private", "--resume")[2]
    assert "Asking 3 pages" in lantern_directory("check", "--private")[2]
    assert lantern_directory("check", "--limit", "0")[0] == 1


def test_check_does_not_look_inside(lantern_directory, only_these, pages):
    only_these(service("one", url=f"{pages}/fine"))
    code, out, _ = lantern_directory("check")
    assert code == 1 and "uses the port" in out


def test_what_there_is(capsys):
    with pytest.raises(SystemExit):
        main(["directory", "--help"])
    said = capsys.readouterr().out
    assert all(name in said for name in ("import", "export", "stale", "check", "reports", "coverage"))
    assert "--private" not in said
