"""How static files are stored for production."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# A style sheet in the same folder that another one imports, some of them for one medium only.
IMPORT = re.compile(r"""@import url\(["']([\w-]+\.css)["']\)(?: (\w+))?;""")

Paths = dict[str, tuple[Storage, str]]


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Puts imported style sheets in the place of their imports, then hashes and compresses all files."""

    def post_process(self, paths: Paths, **options: Any) -> Iterator[Any]:
        """Bundle what `collectstatic` found. Raise KeyError for an imported file that is missing."""
        bundles = {}
        sheets = [] if options.get("dry_run") else [name for name in paths if name.endswith(".css")]
        for name in sheets:
            if bundle := _bundle(name, paths):
                self.delete(name)
                self._save(name, ContentFile(bundle.encode()))
                bundles[name] = (self, name)
        yield from super().post_process(paths | bundles, **options)


def _bundle(name: str, paths: Paths) -> str:
    """Return a style sheet with what it imports, or an empty text if it imports nothing."""

    def imported(match: re.Match[str]) -> str:
        file, medium = match.groups()
        sheet = _read(paths[str(PurePosixPath(name).with_name(file))])
        return f"@media {medium} {{\n{sheet}}}\n" if medium else sheet

    bundle, imports = IMPORT.subn(imported, _read(paths[name]))
    return bundle if imports else ""


def _read(found: tuple[Storage, str]) -> str:
    storage, path = found
    with storage.open(path) as file:
        text: str = file.read().decode()
    return text
