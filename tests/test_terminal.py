"""What the commands say where there is nothing to show, or no way to do what was asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import sijill
from sijill.cli import app

LISTS = ["statements", "figures", "developments", "events", "dossiers"]


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
