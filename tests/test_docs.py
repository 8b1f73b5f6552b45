"""The docs describe what is there, and every example in them runs and gives what it shows."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args

import msgspec
import pytest

from sijill import record

ROOT = Path(__file__).parents[1]
DOCS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "samples" / "README.md",
]
PYTHON = "pycon|python"
CLI_REFERENCE = ROOT / "docs" / "cli.md"
BIN = Path(sys.executable).parent

STRUCTS = [value for value in vars(record).values() if isinstance(value, type) and issubclass(value, msgspec.Struct)]
CHOICES = [
    record.BlockKind, record.PartyKind, record.Precision, record.Form, record.Act, record.Bound, record.What,
    record.Process, record.Status, record.Modality, record.EventType, record.ChainRole, record.Relation,
]  # fmt: skip


class Example(NamedTuple):
    """A fenced block of a page of the docs."""

    line: int
    text: str


def examples(path: Path, language: str) -> list[Example]:
    """The blocks of a page that are fenced as ``language``, a pattern."""
    text = path.read_text("utf-8")
    blocks = re.finditer(rf"^```(?:{language})\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [Example(text.count("\n", 0, block.start()) + 2, block[1]) for block in blocks]


def pages_with(language: str) -> pytest.MarkDecorator:
    """Over every page that has such examples; those in the reference of the command line are its syntax."""
    pages = [path for path in DOCS if path != CLI_REFERENCE and examples(path, language)]
    return pytest.mark.parametrize("path", pages, ids=lambda path: path.relative_to(ROOT).as_posix())


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run examples in: the samples are there, and the archive of this user is not touched."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{BIN}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pages_with(PYTHON)
def test_python_examples(path: Path, newsroom: Path):
    names: dict[str, Any] = {}
    complaints: list[str] = []
    for example in examples(path, PYTHON):
        test = doctest.DocTestParser().get_doctest(example.text, names, path.name, str(path), example.line - 1)
        assert test.examples, f"{path.name}:{example.line} shows no answer to run it against"
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=complaints.append, clear_globs=False)
        names = test.globs
    assert not complaints, "".join(complaints)


@pages_with("console")
def test_shell_examples(path: Path, newsroom: Path):
    for example in examples(path, "console"):
        for command, shown in steps(example.text):
            if command.startswith("make "):
                subprocess.run([*command.split(), "--dry-run"], cwd=ROOT, check=True, capture_output=True)
            elif command.startswith("sijill serve"):
                check_serving(command)
            else:
                done = subprocess.run(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
                assert done.returncode in (0, 1), done.stdout
                assert doctest.OutputChecker().check_output(shown, done.stdout, doctest.ELLIPSIS), (
                    f"{path.name}:{example.line}: {command}\n{done.stdout}"
                )


def steps(console: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block, with the output shown under it."""
    for found in re.finditer(r"^\$ (.*\n)((?:(?!\$ ).*\n)*)", console, re.MULTILINE):
        yield found[1].split("  #")[0].strip(), found[2]


def check_serving(command: str) -> None:
    """The command says at which address it serves, and serves there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = f"{command} --port {port}"
    with subprocess.Popen(command.split(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout is not None
            address = next(line for line in iter(server.stdout.readline, "") if line.startswith("http://")).strip()
            assert answers(address)
        finally:
            server.terminate()


def answers(address: str) -> bool:
    """Whether a page is given at an address within half a minute; the server may be about to listen."""
    patience = time.monotonic() + 30
    while time.monotonic() < patience:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.status == 200
        except urllib.error.URLError:
            continue
    return False


def test_the_command_line_reference_is_fresh(tmp_path: Path):
    written = tmp_path / "cli.md"
    command = [BIN / "typer", "sijill.cli", "utils", "docs", "--name", "sijill", "--output", written]
    subprocess.run(command, check=True, capture_output=True)
    assert CLI_REFERENCE.read_text("utf-8") == written.read_text("utf-8"), "docs/cli.md is old: run `make docs`"


def test_every_command_and_option_says_what_it_does():
    silent = re.findall(
        r"^\* `(?:--)?[\w-]+(?: <[^>]*>)?`:?\s*(?:\[.*\])?$", CLI_REFERENCE.read_text("utf-8"), re.MULTILINE
    )
    assert silent == []


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: struct.__name__)
def test_every_field_of_the_record_is_described(struct: type[msgspec.Struct]):
    described = set(re.findall(r"`([\w/]+)`", (ROOT / "docs" / "record.md").read_text("utf-8")))
    own = {"article", "parties", "dates", "statements", "figures", "developments", "events", "links"}
    names = {field.encode_name for field in msgspec.structs.fields(struct)}
    assert names - described - own == set()


def test_every_word_of_the_record_is_described():
    described = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "record.md").read_text("utf-8")))
    assert {word for choice in CHOICES for word in get_args(choice)} - described == set()


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path):
    targets = re.findall(r"\]\((?!https?:)([^)#\s]+)", path.read_text("utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []
