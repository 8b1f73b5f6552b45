"""What a pack's words came to is kept in the user's cache folder and taken up again."""

from pathlib import Path

import pytest

from sijill.lang import Language, load
from sijill.read import read_article
from sijill.record import Article

# Of the project no draft has been named: what no word of a text is called must not count as named.
TEXT = "قال المتحدث باسم البيت الأبيض جوش إيرنست إن 12 مدنيا قتلوا في حلب أمس. ورحب بوقف المشروع الإيراني النووي مؤقتا."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "sijill"


def anew() -> Language:
    return load.__wrapped__("ar")


def read(language: Language) -> object:
    return read_article(Article(id="a", lang="ar", text=TEXT, published="2016-10-03"), language)


def test_a_pack_taken_up_again_reads_the_same(folder: Path) -> None:
    first = anew()
    [file] = folder.iterdir()
    written = file.stat().st_mtime_ns
    again = anew()
    assert [*folder.iterdir()] == [file]
    assert file.stat().st_mtime_ns == written
    assert read(again) == read(first)
    assert len(again.alphabet) == len(first.alphabet)


def test_a_damaged_file_is_made_anew(folder: Path) -> None:
    anew()
    [file] = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert read(anew()) == read(load("ar"))
    assert len(file.read_bytes()) == len(whole)


def test_nothing_is_kept_where_the_folder_cannot_be_made(folder: Path) -> None:
    folder.parent.joinpath("sijill").write_text("a file of this name", "utf-8")
    assert read(anew()) == read(load("ar"))
