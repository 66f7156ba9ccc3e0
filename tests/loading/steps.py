"""What the tests of the loader do with fixtures."""

from io import StringIO

from django.core.management import call_command


def load(folder, *options):
    output = StringIO()
    call_command("load_content", f"--from={folder}", *options, stdout=output)
    return output.getvalue()


def rewrite(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
