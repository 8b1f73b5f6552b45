"""What keeps the source easy to find one's way in."""

from __future__ import annotations

import ast
import re
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "sijill"
ARABIC_WORD = re.compile("[\u0621-\u064a]{2}")
LONGEST = 650
"""Lines of a file."""


def spoken_strings(module: ast.Module) -> list[ast.Constant]:
    """The string literals of a module but for its docstrings."""
    docstrings = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def test_only_the_arabic_pack_knows_arabic():
    literals = [
        f"{path.relative_to(SOURCE)}:{literal.lineno}: {literal.value!r}"
        for path in sorted(SOURCE.rglob("*.py"))
        if not path.is_relative_to(SOURCE / "lang" / "ar")
        for literal in spoken_strings(ast.parse(path.read_text("utf-8")))
        if ARABIC_WORD.search(literal.value)
    ]
    assert literals == []


def test_no_file_is_too_long_to_read():
    lengths = {
        path.relative_to(SOURCE).as_posix(): len(path.read_text("utf-8").splitlines()) for path in SOURCE.rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
