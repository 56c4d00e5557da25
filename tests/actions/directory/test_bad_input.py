"""Whatever is wrong with a directory is said with file, row and field, and the old directory stays."""

import codecs
import json
import zipfile

import pytest

from actions.directory.packages import FILES_MAX
from actions.directory.problems import NotImported, Problems
from actions.directory.text_files import ROW_MAX
from tests.actions.directory.given import (
    altered,
    hsds,
    only,
    problems,
    read,
    tables,
    uid,
    write_folder,
    write_json,
    write_zip,
)


def without(table: str, column: str) -> dict:
    given = tables()
    for row in given[table]:
        del row[column]
    return given


def test_the_small_directory_is_in_order(tmp_path):
    folder = write_folder(tmp_path / "tables", tables())
    assert [s.name for s in read(folder).services] == ["Night Shelter"]
    assert read(write_zip(tmp_path / "tables.zip", folder)).services == read(folder).services
    assert [s.name for s in read(write_json(tmp_path / "one.json", hsds())).services] == ["Night Shelter"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (altered("services", id=""), "services.csv: row 2: id: is missing"),
        (altered("services", organization_id=""), "services.csv: row 2: organization_id: is missing"),
        (altered("services", organization_id="o9"), "o9 is not an id in organizations.csv"),
        (altered("services", name=""), "services.csv: row 2: name: is missing"),
        (altered("services", status="open"), "services.csv: row 2: status: unexpected value"),
        (altered("services", assured_date="10/01/2026"), "assured_date: 10/01/2026 is not a date (YYYY-MM-DD)"),
        (altered("services", assured_date="2026-13-01"), "assured_date: 2026-13-01 is not a date"),
        (altered("services", assured_date="2026-12-24"), "assured_date: 2026-12-24 lies in the future"),
        (altered("services", assured_date=""), "assured_date: is missing; with --assured-date"),
        (altered("services", url="javascript:alert(1)"), "url: javascript:alert(1) is not a web address"),
        (altered("services", url="https://a b.example"), "is not a web address"),
        (altered("services", url="https://988lifeline.org@else.example"), "is not a web address"),
        (altered("services", url="https://[::1"), "is not a web address"),
        (altered("services", url=""), "url: is missing, and so is its organization's website; --source"),
        (altered("phones", number="none"), "phones.csv: row 2: number: none is not a phone number"),
        (altered("phones", number="12"), "12 is not a phone number"),
        (altered("phones", service_id="s9"), "phones.csv: row 2: service_id: s9 is not an id in services.csv"),
        (altered("addresses", state_province="ZZ"), "addresses.csv: row 2: state_province: ZZ is not a state"),
        (altered("addresses", state_province="US"), "US is not a state"),
        (altered("addresses", postal_code="9720"), "addresses.csv: row 2: postal_code: 9720 is not a ZIP code"),
        (
            altered("addresses", location_id="l9"),
            "addresses.csv: row 2: location_id: l9 is not an id in locations.csv",
        ),
        (
            altered("service_at_location", location_id="l9"),
            "service_at_location.csv: row 2: location_id: l9 is not",
        ),
        (
            altered("attributes", taxonomy_term_id="t9"),
            "attributes.csv: row 2: taxonomy_term_id: t9 is not an id",
        ),
        (altered("attributes", link_id="s9"), "attributes.csv: row 2: link_id: s9 is not an id in services.csv"),
        (altered("attributes", link_entity=""), "attributes.csv: row 2: link_entity: is missing"),
        (
            altered("organizations", parent_organization_id="o9"),
            "parent_organization_id: o9 is not an id in organ",
        ),
        (altered("organizations", parent_organization_id="o1"), "goes in a circle: o1 is above itself"),
        (without("services", "id"), "services.csv: row 1: has no column id"),
        (without("phones", "id"), "phones.csv: row 1: has no column id"),
    ],
)
def test_a_row_that_is_wrong(given, said, tmp_path):
    found = problems(write_folder(tmp_path / "tables", given))
    assert any(said in str(problem) for problem in found), found


def test_a_circle_of_organizations_and_of_terms(tmp_path):
    given = tables()
    given["organizations"] = [
        {"id": f"o{n}", "name": "x", "description": "x", "parent_organization_id": f"o{n % 3 + 1}"} for n in (1, 2, 3)
    ]
    given["taxonomy_terms"] = [{"id": "t1", "name": "Emergency Shelter", "description": "x", "parent_id": "t1"}]
    said = [str(problem) for problem in problems(write_folder(tmp_path / "tables", given))]
    assert sum("organizations.csv" in line and "circle" in line for line in said) == 3
    assert sum("taxonomy_terms.csv" in line and "circle" in line for line in said) == 1


def test_a_circle_of_organizations_in_json(tmp_path):
    one = hsds(organization={"id": "o1", "name": "x", "parent_organization_id": "o2"})
    two = hsds("Day Center", organization={"id": "o2", "name": "y", "parent_organization_id": "o1"})
    found = problems(write_json(tmp_path / "one.json", one, two))
    assert [(p.row, p.field) for p in found] == [(1, "organization.parent_organization_id"), (2, found[1].field)]


def test_every_problem_is_told_once(tmp_path):
    given = tables()
    given["services"] = [{**given["services"][0], "id": f"s{n}", "status": "open"} for n in range(30)]
    found = problems(write_folder(tmp_path / "tables", given))
    assert [p.row for p in found if p.field == "status"] == list(range(2, 32))
    assert len(set(found)) == len(found)


def test_it_stops_where_nothing_is_right(tmp_path):
    rows = [hsds(f"Shelter {n}", status="open") for n in range(Problems.MOST + 100)]
    assert len(problems(write_json(tmp_path / "many.json", *rows))) == Problems.MOST


def test_the_same_id_twice(tmp_path):
    given = tables()
    given["services"] *= 2
    assert "services.csv: row 3: id: s1 was there before" in str(only(write_folder(tmp_path / "tables", given)))
    assert "row 2: id:" in str(only(write_json(tmp_path / "two.json", hsds(), hsds())))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "is empty"),
        ("  \n ", "is empty"),
        ("[]", "has no services"),
        ('{"services": []}', "has no services"),
        ("nothing", "expected a list of services"),
        ("[1]", "row 1: is not a service"),
        ("[{]", "is not valid JSON"),
        ('[{"id": "1"', "is not valid JSON"),
        ("[] x", "something follows its end"),
        ('[{"id": "1", "name": NaN}]', "NaN is no number"),
        ('[{"id": "1", "minimum_age": 1' + "0" * 400 + "}]", "is too large a number"),
        ('[{"id": "1", "name": "\\ud83d"}]', "one half of a character"),
        ('{"services": [], 3: 4}', "expected a name"),
        ("[" * 100_000, "is nested too deeply"),
        ('[{"name": "x", "status": "active"}]', "row 1: id: is missing"),
        ('[{"id": "", "name": "x", "status": "active"}]', "row 1: id: is missing"),
        ('[{"id": ["1"], "name": "x", "status": "active"}]', "row 1: id: "),
        ('[{"id": "a\\u0000b", "name": "x", "status": "active"}]', "is not an identifier"),
    ],
)
def test_json_that_is_wrong(given, said, tmp_path):
    file = tmp_path / "given.json"
    file.write_text(given)
    assert said in str(only(file))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"phones": "none"}, "row 1: phones: value is not a valid list"),
        ({"phones": [{"number": "503-555-0100"}]}, "row 1: phones.0.id: is missing"),
        ({"phones": [{"id": "1", "number": "x"}]}, "row 1: phones.0.number: x is not a phone number"),
        ({"schedules": [{"id": "1", "opens_at": "nine"}]}, "schedules.0.opens_at: nine is not a time"),
        ({"schedules": [{"id": "1", "valid_to": 5}]}, "schedules.0.valid_to: 5 is not a date"),
        ({"schedules": [{"id": "1", "timezone": 1e300}]}, "schedules.0.timezone: ensure this value is less than"),
        ({"minimum_age": -1}, "minimum_age: ensure this value is greater than or equal to 0"),
        ({"attributes": [{"id": "1", "taxonomy_term": {"name": "x"}}]}, "attributes.0.taxonomy_term.id: is missing"),
        ({"attributes": [{"taxonomy_term": {"id": "1"}}]}, "attributes.0.id: is missing"),
        ({"languages": [{"name": "Thai"}]}, "languages.0.id: is missing"),
        ({"description": "x" * 20_001}, "description: ensure this value has at most 20000 characters"),
        ({"name": "x" * 301}, "name: is longer than 300 characters"),
        ({"email": "nobody"}, "email: nobody is not an e-mail address"),
        ({"organization": {"id": "1"}}, "organization.name: is missing"),
    ],
)
def test_a_field_that_is_wrong(change, said, tmp_path):
    assert said in str(only(write_json(tmp_path / "one.json", hsds(**change))))


def lantern(field: str, value: str | None = None, code: str | None = None) -> dict:
    term = {"id": uid(f"{field}{code}"), "code": code or field, "name": field}
    own = {**term, "taxonomy": f"Lantern {field}" if code else "Lantern fields"}
    return {"id": uid(f"{field}{value}{code}"), "taxonomy_term": own, **({"value": value} if value else {})}


@pytest.mark.parametrize(
    ("attribute", "said"),
    [
        (lantern("police_contact", code="sometimes"), "no police_contact_note"),
        (lantern("stance", code="neutral"), "stance: unexpected value"),
        (lantern("source", "no json"), "source is not JSON"),
        (lantern("source", '{"title": "x", "url": "javascript:x"}'), "sources.0.url: is not a web address"),
        (lantern("review", "3"), "review: "),
        (lantern("chat_url", "javascript:x"), "chat_url is not a web address"),
    ],
)
def test_our_own_attributes_are_checked_too(attribute, said, tmp_path):
    given = hsds()
    given["attributes"] = [*given["attributes"], attribute]
    assert any(said in str(problem) for problem in problems(write_json(tmp_path / "one.json", given)))


def test_json_lines_name_the_line(tmp_path):
    file = tmp_path / "given.jsonl"
    file.write_text(f"{json.dumps(hsds())}\n\n{json.dumps(hsds('Two', status='open'))}\n")
    assert "given.jsonl: row 3: status" in str(only(file))
    file.write_text(f"{json.dumps(hsds())}\n{{\n")
    assert "given.jsonl: row 2: is not valid JSON" in str(only(file))


@pytest.mark.parametrize("kind", ["json", "jsonl", "csv"])
@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-16", "is UTF-16"), ("utf-16-le", "is UTF-16"), ("latin-1", "is not UTF-8 (it has the byte 0xe9)")],
)
def test_a_wrong_encoding(kind, encoding, said, tmp_path):
    name = "Café"
    if kind == "csv":
        file = write_folder(tmp_path / "tables", altered("services", name=name)) / "services.csv"
        path, text = file.parent, file.read_text()
    else:
        path = file = tmp_path / f"given.{kind}"
        text = json.dumps([hsds(name)] if kind == "json" else hsds(name), ensure_ascii=False)
    file.write_bytes(text.encode(encoding))
    assert said in "\n".join(map(str, problems(path)))


@pytest.mark.parametrize("kind", ["json", "jsonl", "csv"])
def test_a_byte_order_mark_is_nothing(kind, tmp_path):
    if kind == "csv":
        path = write_folder(tmp_path / "tables", tables())
        files = list(path.iterdir())
    else:
        path = tmp_path / f"given.{kind}"
        path.write_text(json.dumps(hsds()))
        files = [path]
    for file in files:
        file.write_bytes(codecs.BOM_UTF8 + file.read_bytes())
    assert len(read(path).services) == 1


@pytest.mark.parametrize("kind", ["json", "jsonl", "csv", "csv lines", "csv quote"])
def test_a_row_of_ten_megabytes(kind, tmp_path):
    long = "x" * (10 * ROW_MAX)
    if kind.startswith("csv"):
        path = write_folder(tmp_path / "tables", tables())
        with (path / "services.csv").open("a") as file:
            file.write({"csv": long, "csv lines": '"' + "x\n" * (5 * ROW_MAX), "csv quote": f'"{long}"'}[kind])
    else:
        path = write_json(tmp_path / f"given.{kind}", hsds(description=long))
    said = "\n".join(map(str, problems(path)))
    assert "is longer than 1,000,000 characters" in said or "field larger than field limit" in said
    assert len(said) < 10_000


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("services.csv", "", "services.csv: is empty"),
        ("services.csv", "\n\n", "services.csv: is empty"),
        ("phones.csv", "", "phones.csv: is empty"),
        ("services.csv", "id,organization_id,name,id\n", "has the column id twice"),
        ("phones.csv", "id,number\n1,503-555-0100,x\n", "phones.csv: row 2: has 3 cells for 2 columns"),
        ("phones.csv", 'id,number\n1,"503\n', "phones.csv: row 2: is not valid CSV"),
        ("phones.csv", "id,number\r1,503-555-0100\r", "phones.csv: row 1: is not valid CSV"),
    ],
)
def test_a_table_that_is_wrong(name, text, said, tmp_path):
    folder = write_folder(tmp_path / "tables", tables())
    (folder / name).write_text(text, newline="")
    assert said in "\n".join(map(str, problems(folder)))


def test_a_table_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr("actions.directory.tables.ROWS_MAX", 3)
    given = tables()
    given["phones"] = [{**given["phones"][0], "id": f"p{n}"} for n in range(4)]
    assert "phones.csv: row 4: has more than 3 rows" in "\n".join(map(str, problems(write_folder(tmp_path, given))))


def test_deep_is_not_endless(tmp_path):
    deep: object = "x"
    for _ in range(900):
        deep = {"program": deep}
    file = tmp_path / "deep.json"
    file.write_text(json.dumps([hsds(program=deep)]))
    try:
        assert len(read(file).services) == 1
    except NotImported as error:
        assert "is nested too deeply" in str(error)


def test_a_table_with_no_rows(tmp_path):
    folder = write_folder(tmp_path / "tables", {"services": tables()["services"]})
    (folder / "services.csv").write_text("id,organization_id,name,status\n")
    assert "has no services" in str(only(folder))
    (folder / "services.csv").unlink()
    assert "has no services.csv" in str(only(folder))


def packed(file, **entries: bytes | str):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return file


@pytest.mark.parametrize(
    "name", ["../services.csv", "/etc/services.csv", "a/../../x.csv", "..\\services.csv", "C:\\x.csv"]
)
def test_a_zip_that_reaches_outside(name, tmp_path):
    assert "lies outside it" in str(only(packed(tmp_path / "given.zip", **{name: "id\n"})))


def test_a_zip_bomb(tmp_path):
    file = tmp_path / "given.zip"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("services.csv", "w", force_zip64=True) as entry,
    ):
        for _ in range(101):
            entry.write(bytes(10_000_000))
    assert file.stat().st_size < 10_000_000
    assert "unpacks to more than" in str(only(file))
    many = {f"{n}.csv": "" for n in range(FILES_MAX + 1)}
    assert "unpacks to more than" in str(only(packed(tmp_path / "many.zip", **many)))


def test_a_zip_that_is_broken(tmp_path):
    file = tmp_path / "given.zip"
    file.write_bytes(b"PK no zip")
    assert "is not a .zip that can be read" in str(only(file))
    write_zip(file, write_folder(tmp_path / "tables", tables()))
    whole = file.read_bytes()
    at = whole.index(b"Night Shelter")
    file.write_bytes(whole[:at] + b"Fight Shelter" + whole[at + 13 :])
    assert "cannot be unpacked" in "\n".join(map(str, problems(file)))
    twice = {"a/services.csv": "id\n", "b/services.csv": "id\n"}
    assert "has services.csv twice" in str(only(packed(tmp_path / "twice.zip", **twice)))
    assert "has no services.csv" in str(only(packed(tmp_path / "none.zip", **{"readme.txt": "hello"})))


def test_a_zip_may_have_a_folder(tmp_path):
    folder = write_folder(tmp_path / "tables", tables())
    entries = {f"our-data/{file.name}": file.read_bytes() for file in folder.iterdir()}
    entries["__MACOSX/our-data/services.csv"] = b"rubbish"
    assert len(read(packed(tmp_path / "given.zip", **entries)).services) == 1


def test_other_files(tmp_path):
    file = tmp_path / "given.xlsx"
    file.write_bytes(b"")
    assert "is not a folder or a .zip of CSV tables" in str(only(file))
    assert "cannot be read" in str(only(tmp_path / "gone.json"))
