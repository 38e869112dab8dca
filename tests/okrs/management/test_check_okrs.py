"""`check_okrs`: a table in, findings out, and errors by row."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

HEAD = "id,language,kind,title,metric,start,target\n"


def run(path: Path, content: str | bytes, *arguments: str) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    out = io.StringIO()
    call_command("check_okrs", str(path), *arguments, stdout=out)
    return out.getvalue()


def findings(path: Path, content: str | bytes) -> dict[str, list[str]]:
    return {row["id"]: row["findings"] for row in json.loads(run(path, content, "--json"))}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "okrs.csv"


def test_json_and_nothing_else(path: Path) -> None:
    text = HEAD + 'a,en,key_result,"Launch the new website",done,,\nb,en,objective,Guests come back,,,\n'
    assert json.loads(run(path, text, "--json")) == [{"id": "a", "findings": ["activity"]}, {"id": "b", "findings": []}]


def test_a_table_to_read(path: Path) -> None:
    shown = run(path, HEAD + "a,en,key_result,Implement SSO,,,\n")
    assert shown.split() == ["a", "activity,", "no_number", "Implement", "SSO"]


def test_spreadsheet_programs_write_it_their_way(path: Path) -> None:
    text = "\ufeffID;Language;Kind;Title;Metric;Start;Target\r\n1;de-DE;KR;Bewertung steigern;increase;3,4;4,5\r\n"
    assert findings(path, text) == {"1": []}
    assert findings(path, text.encode("utf-16")) == {"1": []}


def test_columns_may_be_missing_where_nothing_depends_on_them(path: Path) -> None:
    assert findings(path, "id,kind,title\n1,kr,Umsatz auf 3 Mio. € steigern\n2,o,Besser werden\n") == {
        "1": ["no_start"],
        "2": ["vague"],
    }


def test_values_as_people_write_them(path: Path) -> None:
    rows = ["1,en,kr,Churn,decrease,5 %,0", "2,en,kr,Churn,decrease,-,n/a", "3,en,kr,Site is up,done,no,yes"]
    rows += ["4,en,kr,Margin,stay_within,,60–65 %", "5,en,kr,Leads,number,zero,1.200"]
    assert findings(path, HEAD + "\n".join(rows)) == {"1": [], "2": ["no_number"], "3": [], "4": [], "5": []}


def test_a_row_that_starts_at_its_target(path: Path) -> None:
    rows = ["1,en,kr,NPS,stay_above,45,45", "2,de,kr,Quote,increase,12 %,12 %", "3,en,kr,Accidents,stay_below,0,0"]
    assert findings(path, HEAD + "\n".join(rows)) == {"1": ["no_change"], "2": ["no_change"], "3": []}


@pytest.mark.parametrize("content", ["id,language\n1,en\n", "", b"\x89PNG\r\n"])
def test_what_cannot_be_read_is_told_with_code_two(path: Path, content: str | bytes) -> None:
    with pytest.raises(CommandError) as refused:
        run(path, content, "--json")
    assert refused.value.returncode == 2
    if content == "id,language\n1,en\n":
        assert str(refused.value) == "Columns are missing: kind, title. There are: id, language."


def test_errors_are_told_by_row_and_the_others_are_checked(path: Path) -> None:
    path.write_text(HEAD + "1,en,kr,Fine 3,,,\n2,en,wish,,,abc,\n,fr,kr,Bon,,,\n", encoding="utf-8")
    out, errors = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_okrs", str(path), "--json", stdout=out, stderr=errors)
    assert ended.value.code == 1
    assert json.loads(out.getvalue()) == [{"id": "1", "findings": ["no_start"]}]
    assert errors.getvalue().splitlines() == [
        "row 3: title: The title is missing.",
        "row 3: kind: “wish” is neither an objective nor a key result.",
        "row 3: start: “abc” is not a number.",
        "row 4: id: The row has no ID.",
        "row 4: language: “fr” is no language that can be checked: use en, de or sv.",
        "2 of 3 rows could not be checked.",
    ]
