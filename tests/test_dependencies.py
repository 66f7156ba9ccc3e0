"""Every package that the site imports is asked for by name, and says why."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PROJECT = (ROOT / "pyproject.toml").read_text()
CODE = [*ROOT.glob("directory/**/*.py"), *ROOT.glob("learningcities/**/*.py"), ROOT / "gunicorn.conf.py"]


def imported(path):
    """The packages from outside that a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        for name in names:
            top = name.split(".")[0]
            if top not in sys.stdlib_module_names and top not in ("directory", "learningcities"):
                yield top


def test_every_imported_package_is_among_the_projects_dependencies():
    listed = {
        re.match(r"[\w-]+", requirement)[0].lower()
        for requirement in tomllib.loads(PROJECT)["project"]["dependencies"]
    }
    belongs_to = packages_distributions()
    missing = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in CODE
        for name in imported(path)
        if not listed & {distribution.lower() for distribution in belongs_to[name]}
    }
    assert missing == set()


def test_every_dependency_says_why_it_is_there():
    lines = re.findall(r'^    "[\w\[\]-]+[<>=].*', PROJECT, re.MULTILINE)
    assert lines
    assert [line for line in lines if not re.search(r'",\s+# \w', line)] == []
