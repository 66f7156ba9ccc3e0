"""Rules that hold for the whole project."""

import ast
import re
import subprocess
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
    "versions",
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


def test_every_unit_has_its_place_among_the_layers():
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


@pytest.mark.django_db
@pytest.mark.usefixtures("receipt")
@pytest.mark.parametrize("address", (PAGES | FORM_PAGES).values(), ids=(PAGES | FORM_PAGES).keys())
class TestEveryPublicPage:
    def test_answers(self, client, address):
        assert client.get(address).status_code == 200

    def test_has_no_inline_style_and_no_inline_script(self, client, address):
        text = client.get(address).text
        assert not re.search(r"\sstyle=|<style|\son\w+=", text)
        assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []

    def test_has_one_h1_a_title_a_description_and_the_landmarks(self, client, address):
        text = client.get(address).text
        for tag in ("<h1", "<main", "<title>", '<meta name="description" content="'):
            assert text.count(tag) == 1, tag
        assert '<html lang="en-GB">' in text
        assert "<header" in text
        assert "<footer" in text

    def test_has_no_id_twice(self, client, address):
        ids = re.findall(r'\sid="([^"]+)"', client.get(address).text)
        assert sorted(ids) == sorted(set(ids))

    def test_every_link_within_the_site_leads_somewhere(self, client, address):
        links = {link.split("#")[0] for link in re.findall(r'href="(/[^"]*)"', client.get(address).text)}
        for link in links:
            if link and not link.startswith("/static/"):
                assert client.get(link.replace("&amp;", "&")).status_code == 200, link

    def test_every_link_to_a_place_on_a_page_finds_it(self, client, address):
        text = client.get(address).text
        for page, place in set(re.findall(r'href="(/[^"#]*)?#([^"]+)"', text)):
            if page.startswith("/static/"):
                continue
            target = client.get(page.replace("&amp;", "&")).text if page else text
            assert f'id="{place}"' in target, f"{page}#{place}"

    def test_asks_no_other_host_for_anything(self, client, address):
        text = client.get(address).text
        loaded = re.findall(r'(?:src|<link[^>]+href|<use[^>]+href)="([^"]+)"', text)
        assert all(link.startswith("/") for link in loaded)

    def test_forbids_in_its_policy_whatever_it_does_not_need(self, client, address):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert set(policy.split("; ")) == {
            "default-src 'self'",
            "img-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        }


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
    + [("on-accent", "accent"), ("on-accent", "accent-deep"), ("ink", "accent-wash")]
    + [("ink", nation) for nation in (*Nation.values, "sea", "neighbour")],
)
def test_text_keeps_its_contrast(scheme, text, ground):
    tokens = (ROOT / "static/css/tokens.css").read_text()
    lighter, darker = sorted(
        (_luminance(re.findall(rf"--{name}: (#\w{{6}});", tokens)[scheme]) for name in (text, ground)),
        reverse=True,
    )
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
