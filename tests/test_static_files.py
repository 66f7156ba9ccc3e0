"""How style sheets are put together for production."""

import pytest
from django.core.files.storage import FileSystemStorage

from learningcities.static_files import BundledStaticFilesStorage

SHEETS = {
    "css/site.css": '/* 1 */\n@import url("base.css");\n@import url("print.css") print;\np { margin: 0; }\n',
    "css/base.css": 'a { background: url("../img/a.svg"); }\n',
    "css/print.css": "nav { display: none; }\n",
    "img/a.svg": "<svg/>",
}
BUNDLE = (
    '/* 1 */\na { background: url("../img/a.%s.svg"); }\n\n'
    "@media print {\nnav { display: none; }\n}\n\np { margin: 0; }\n"
)


@pytest.fixture
def collect(tmp_path, settings):
    """Do what `collectstatic` does with these files, and return the storage."""
    settings.DEBUG = False

    def collected(sheets, **options):
        source = FileSystemStorage(tmp_path / "source")
        storage = BundledStaticFilesStorage(tmp_path / "root", "/static/")
        for name, text in sheets.items():
            for folder in (source, storage):
                path = folder.base_location / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        list(storage.post_process({name: (source, name) for name in sheets}, **options))
        return storage

    return collected


def sent(storage, name):
    return (storage.base_location / storage.stored_name(name)).read_text()


def test_a_style_sheet_is_sent_with_what_it_imports_in_the_same_place(collect):
    storage = collect(SHEETS)
    digest = storage.stored_name("img/a.svg").split(".")[1]
    assert sent(storage, "css/site.css") == BUNDLE % digest


def test_collecting_again_finds_the_changes_of_an_imported_style_sheet(collect):
    before = collect(SHEETS).stored_name("css/site.css")
    storage = collect(SHEETS | {"css/print.css": "nav { color: red; }\n"})
    assert storage.stored_name("css/site.css") != before
    assert "color: red" in sent(storage, "css/site.css")


def test_an_import_of_a_file_that_is_not_there_stops_the_collection(collect):
    with pytest.raises(KeyError, match=r"css/nothing\.css"):
        collect({"css/site.css": '@import url("nothing.css");\n'})


def test_a_dry_run_changes_nothing(collect):
    storage = collect(SHEETS, dry_run=True)
    assert (storage.base_location / "css/site.css").read_text() == SHEETS["css/site.css"]
