"""What the commands say where there is nothing to show, or no way to do what was asked."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

import sijill
from sijill import show
from sijill.cli import app
from sijill.page.capture import Capture
from site_archive import revised

LISTS = ["statements", "figures", "developments", "events", "parties", "dossiers"]


@pytest.mark.parametrize("command", LISTS)
def test_mistyped_archive_is_named_and_not_made(tmp_path: Path, command: str) -> None:
    answer = CliRunner().invoke(app, [command, "--archive", str(tmp_path / "news.sijil")])
    assert answer.exit_code == 1
    assert "there is no archive at" in answer.stderr and "news.sijil" in answer.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", LISTS)
def test_empty_list_says_so_to_a_person_only(tmp_path: Path, command: str) -> None:
    path = tmp_path / "news.sijill"
    sijill.open_archive(path).close()
    answer = CliRunner().invoke(app, [command, "--archive", str(path)])
    assert (answer.exit_code, answer.stdout, answer.stderr) == (0, "", "none\n")
    assert CliRunner().invoke(app, [command, "--archive", str(path), "--csv"]).stderr == ""


@pytest.mark.parametrize(
    "asked",
    [
        ["statements", "--act", "shout"],
        ["figures", "--what", "shout"],
        ["developments", "--kind", "shout"],
        ["developments", "--status", "shout"],
        ["events", "--type", "shout"],
        ["parties", "--kind", "shout"],
        ["dossiers", "--status", "shout"],
    ],
)
def test_value_that_no_record_has_is_wrong_use(asked: list[str]) -> None:
    answer = CliRunner().invoke(app, asked)
    assert answer.exit_code == 2
    assert "is none of" in answer.stderr


def test_folder_is_no_page(tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, ["read", str(tmp_path)])
    assert answer.exit_code == 1
    assert "is a folder" in answer.stderr and "sijill add" in answer.stderr


def test_each_line_of_a_cell_is_set_apart_and_names_stay_whole() -> None:
    out = io.StringIO()
    cells = ["المتحدث باسم مكتب تنسيق الشؤون الإنسانية في المدينة", "fc65a03d6c8294aa"]
    show.table(Console(file=out, force_terminal=True, width=44, color_system=None), ["speaker", "article"], [cells])
    _, _, *lines = out.getvalue().splitlines()
    assert len(lines) > 1
    assert all(line.count(show.ISOLATE) == line.count(show.POP) > 0 for line in lines)
    assert "fc65a03d6c8294aa" in lines[0]


def test_version_is_compared_with_the_one_before(tmp_path: Path) -> None:
    path = str(tmp_path / "news.sijill")
    with sijill.open_archive(path) as archive:
        for number, toll in enumerate((12, 15)):
            record = revised(toll)
            archive.add(Capture(data=f"{number}".encode(), url="https://news.example/a"), record.article, record)
    answer = CliRunner().invoke(app, ["versions", "revised", "--new", "2", "--archive", path])
    assert answer.exit_code == 0 and "+ \u206815" in answer.stdout
    assert answer.stdout == CliRunner().invoke(app, ["versions", "revised", "--old", "1", "--archive", path]).stdout
    answer = CliRunner().invoke(app, ["versions", "revised", "--new", "1", "--archive", path])
    assert answer.exit_code == 1 and "is its first" in answer.stderr
