"""Rules that hold for the whole project."""

import ast
import re
import subprocess
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver

from directory.models import Icon, Nation
from tests.pages import FORM_PAGES, PAGES

ROOT = Path(settings.BASE_DIR)
MAX_LINES = 300


def tracked(*patterns):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


@pytest.mark.django_db
def test_no_migration_is_pending():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_file_is_longer_than_300_lines():
    code = [path for path in tracked("*.py", "*.html", "*.css", "*.js") if "migrations" not in path.parts]
    assert [path.name for path in code if len(path.read_text().splitlines()) > MAX_LINES] == []


# Each unit of the app may import from those before it, and from itself.
LAYERS = [
    "database",
    "geography",
    "models",
    "search",
    "current_tokens",
    "version_triggers",
    "history",
    "forms",
    "loading",
    "backup",
    "spreadsheets",
    "views",
    "context_processors",
    "middleware",
    "accounts",
    "admin",
    "urls",
    "page_cache",
    "templatetags",
    "management",
    "apps",
    "migrations",
]


def unit_of(path):
    return path.relative_to(ROOT / "directory").parts[0].removesuffix(".py")


def imported_units(path):
    """Return the units of the app that a file imports, however it says so."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (name.split(".")[1] for name in names if name.startswith("directory."))


def test_every_unit_is_among_the_layers():
    assert {unit_of(path) for path in tracked("directory/*.py")} - {"__init__"} == {*LAYERS}


def test_imports_run_one_way():
    wrong = [
        f"{path.relative_to(ROOT)} imports {imported}"
        for path in tracked("directory/*.py")
        if unit_of(path) != "__init__"
        for imported in imported_units(path)
        if imported not in LAYERS[: LAYERS.index(unit_of(path)) + 1]
    ]
    assert wrong == []


def test_nothing_but_the_wsgi_application_imports_the_page_cache():
    importing = {path for path in tracked("directory/*.py") if "page_cache" in imported_units(path)}
    assert {unit_of(path) for path in importing} == {"page_cache"}


def test_no_module_imports_itself_in_a_circle():
    modules = {module_name(path): path for path in tracked("directory/*.py", "learningcities/*.py")}
    imports = {name: {*imported_modules(path, modules)} - {name} for name, path in modules.items()}
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the circle


def module_name(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported_modules(path, modules):
    """Return the project's modules that a file imports when it is loaded, or later."""
    tree = ast.parse(path.read_text())
    for_types = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and id(node) not in for_types:
            named = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from ({*named, node.module} if not {*named} <= {*modules} else {*named}) & {*modules}


def test_the_readme_says_where_every_unit_is():
    named = set(re.findall(r"`([^`]+)`", (ROOT / "README.md").read_text()))
    places = {name.removeprefix("directory/").removesuffix("/").removesuffix(".py") for name in named}
    assert {*LAYERS} <= places


def test_every_public_url_is_tried_by_the_page_tests():
    everything = PAGES | FORM_PAGES
    names = {pattern.name for pattern in get_resolver("directory.urls").url_patterns}
    tried = {get_resolver().resolve(address.split("?")[0]).url_name for address in everything.values()}
    assert names - tried == {"robots", "sitemap"}


@pytest.mark.django_db
@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_no_page_but_the_forms_sets_a_cookie_or_varies_by_one(client, address):
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def has_no_inline_style_and_no_inline_script(page, fetch):
    assert not re.search(r"\sstyle=|<style|\son\w+=", page.text)
    assert re.findall(r"<script(?![^>]*\ssrc=)", page.text) == []


def has_one_h1_a_title_a_description_and_the_landmarks(page, fetch):
    for tag in ("<h1", "<main", "<title>", '<meta name="description" content="'):
        assert page.text.count(tag) == 1, tag
    assert '<html lang="en-GB">' in page.text
    assert "<header" in page.text
    assert "<footer" in page.text


def has_no_id_twice(page, fetch):
    ids = re.findall(r'\sid="([^"]+)"', page.text)
    assert sorted(ids) == sorted(set(ids))


def every_link_within_the_site_leads_somewhere(page, fetch):
    for link in {link.split("#")[0] for link in re.findall(r'href="(/[^"]*)"', page.text)}:
        if link and not link.startswith("/static/"):
            assert fetch(link.replace("&amp;", "&")).status_code == 200, link


def every_link_to_a_fragment_of_a_page_finds_it(page, fetch):
    for url, fragment in set(re.findall(r'href="(/[^"#]*)?#([^"]+)"', page.text)):
        if not url.startswith("/static/"):
            target = fetch(url.replace("&amp;", "&")) if url else page
            assert f'id="{fragment}"' in target.text, f"{url}#{fragment}"


def loads_nothing_from_another_host(page, fetch):
    loading = r'(?:src|<link rel="(?!canonical|schema)[^>]+href|<use[^>]+href)="([^"]+)"'
    loaded = re.findall(loading, page.text)
    assert all(url.startswith("/") for url in loaded)


def has_at_most_three_style_sheets(page, fetch):
    assert 1 <= page.text.count('<link rel="stylesheet"') <= 3


def forbids_in_its_policy_whatever_it_does_not_need(page, fetch):
    assert set(page.headers["Content-Security-Policy"].split("; ")) == {
        "default-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("receipt")
@pytest.mark.parametrize("url", (PAGES | FORM_PAGES).values(), ids=(PAGES | FORM_PAGES).keys())
def test_every_public_page_keeps_these_rules(client, url, subtests):
    fetch = cache(client.get)
    page = fetch(url)
    assert page.status_code == 200
    for rule in (
        has_no_inline_style_and_no_inline_script,
        has_one_h1_a_title_a_description_and_the_landmarks,
        has_no_id_twice,
        every_link_within_the_site_leads_somewhere,
        every_link_to_a_fragment_of_a_page_finds_it,
        loads_nothing_from_another_host,
        has_at_most_three_style_sheets,
        forbids_in_its_policy_whatever_it_does_not_need,
    ):
        with subtests.test(rule.__name__.replace("_", " ")):
            rule(page, fetch)


def test_every_icon_has_its_file_and_the_other_way_round():
    files = {path.stem for path in (ROOT / "templates/icons").glob("*.svg")}
    assert files == set(Icon.values)


def test_every_nation_has_its_tint_and_its_outline():
    tokens = (ROOT / "static/css/tokens.css").read_text()
    outline = (ROOT / "static/img/uk-basemap.svg").read_text()
    for nation in Nation.values:
        assert tokens.count(f"--{nation}:") == 2, "once for light, once for dark"
        assert f'id="{nation}"' in outline


def test_colours_are_named_in_the_tokens_and_nowhere_else():
    for path in tracked("static/css/*.css"):
        if path.name not in {"tokens.css", "admin.css"}:
            assert not re.search(r"#[0-9a-f]{3,8}\b|rgb\(", path.read_text()), path.name


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (text, ground)
        for text in ("ink", "ink-soft", "accent", "accent-deep", "error")
        for ground in ("paper", "sheet")
    ]
    + [("on-accent", "accent"), ("on-accent", "accent-deep")]
    + [(text, "accent-wash") for text in ("ink", "accent", "accent-deep")]
    + [("ink", nation) for nation in (*Nation.values, "sea", "neighbour")],
)
def test_text_keeps_its_contrast(scheme, text, ground):
    tokens = (ROOT / "static/css/tokens.css").read_text()
    lighter, darker = sorted(
        (_luminance(re.findall(rf"--{name}: (#\w{{6}});", tokens)[scheme]) for name in (text, ground)),
        reverse=True,
    )
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
