"""`make screenshots`: take the pictures in docs/images/ again, from the site with its real content."""

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs/images"
WIDTH, HEIGHT = 1280, 800
# Every picture is taken at ten o'clock on one day, or it would change from one minute to the next.
# The content is loaded an hour earlier, so that the history shows edits first.
MANAGE = """
import sys
from datetime import UTC, datetime
from django.core.management import execute_from_command_line
from django.utils import timezone
hour = 9 if sys.argv[1] == "prepare" else 10
timezone.now = lambda: datetime(2026, 12, 1, hour, tzinfo=UTC)
execute_from_command_line(sys.argv)
"""
# Two screenshots of one page differ in a few pixels, for instance at the corners of a frame.
MAX_PIXELS = 100
COUNT_DIFFERENT_PIXELS = """async pictures => {
  const [one, other] = await Promise.all(pictures.map(async (picture) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const {width, height} = image;
    const context = Object.assign(document.createElement("canvas"), {width, height}).getContext("2d");
    context.drawImage(image, 0, 0);
    return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  }));
  return one.filter((pixel, place) => pixel !== other[place]).length;
}"""
ENTER = """
from django.contrib.auth.models import User
from django.test import Client
from directory.models import City, Correction
user = User.objects.create_superuser("ann")
client = Client()
client.force_login(user)
City.objects.filter(slug="swansea").update(last_reviewed="2024-02-14")
draft = City.objects.get(slug="bristol")
draft.status = "draft"
draft.save()
city = City.objects.get(slug="belfast")
city.summary = city.summary.replace("aim higher", "aim high")
city.save()
Correction.objects.create(
    city=city, city_name=city.name, wrong="It calls the initiative a scheme.", right="It is a partnership.",
    evidence="I work there.", email="reader@example.org",
)
City.objects.create(
    name="Elsewhere", slug="elsewhere", nation="wales", summary="A draft.", source=city.source
).delete()
print(city.pk, draft.pk, client.cookies["sessionid"].value)
"""


@contextmanager
def site() -> Iterator[tuple[str, dict[str, str], str]]:
    """Run the site on its own database; yield its URL, the keys of two cities, and a session of staff."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        url = f"sqlite:///{folder}/db.sqlite3"
        variables = os.environ | {
            "DJANGO_SETTINGS_MODULE": "learningcities.settings",
            "ENV_FILE": os.devnull,
            "DEBUG": "true",
            "DATABASE_URL": url,
            "REQUIRE_SECOND_FACTOR": "false",
        }
        manage(variables, "prepare", "--verbosity", "0")
        printed = manage(variables, "shell", "--no-imports", "--command", ENTER)
        belfast, bristol, session = printed.split()[-3:]
        server = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", MANAGE, "runserver", "--noreload", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/health/live/")
            yield f"http://127.0.0.1:{port}", {"belfast": belfast, "bristol": bristol}, session
        finally:
            server.terminate()
            server.wait()


def manage(variables: dict[str, str], *arguments: str) -> str:
    """Run a management command; return what it printed."""
    command = [sys.executable, "-c", MANAGE, *arguments]
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=variables, check=True, capture_output=True, text=True
    ).stdout


def wait_for(url: str) -> None:
    """Wait for the first response. Raise TimeoutError after twenty seconds."""
    for _ in range(200):
        try:
            urllib.request.urlopen(url).close()  # noqa: S310
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


def paste_position(page: Page) -> None:
    """Paste a position whose latitude and longitude are swapped."""
    page.get_by_label("Nation:").select_option("England")
    page.get_by_label("Pasted position:").fill("-1.54785, 53.79648")
    page.get_by_label("Pasted position:").blur()
    page.get_by_text("look swapped:").wait_for()
    page.locator("#position-shown").scroll_into_view_if_needed()
    page.mouse.wheel(0, HEIGHT // 2)


def save_over_another(page: Page) -> None:
    """Save a form after somebody else has changed the record."""
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Summary:").fill("As Ann wrote it.")
    other.get_by_role("button", name="Save", exact=True).click()
    other.close()
    page.get_by_label("Summary:").fill("As I wrote it.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="Changed while you had it open").wait_for()


def look_at_draft(page: Page) -> None:
    """Scroll to the status of a draft."""
    page.get_by_label("Status:").scroll_into_view_if_needed()


def open_first(page: Page) -> None:
    """Open the oldest open correction."""
    page.locator("#result_list tbody a").first.click()
    page.get_by_role("button", name="Save", exact=True).wait_for()


SPREADSHEET = b"""Slug,Nation,Contact address
belfast,Northern Ireland,office@example.org
swansea,Wales,
"""


def upload(page: Page) -> None:
    """Upload a file with one new value and one unchanged row."""
    page.get_by_label("CSV or XLSX file").set_input_files(
        {"name": "cities.csv", "mimeType": "text/csv", "buffer": SPREADSHEET}
    )
    page.get_by_role("button", name="Preview the import").click()
    page.get_by_role("heading", name="Row by row").wait_for()
    page.get_by_role("heading", name="Row by row").scroll_into_view_if_needed()


PICTURES: dict[str, tuple[str, Callable[[Page], None] | None]] = {
    "directory": ("/cities/", None),
    "admin": ("/admin/", None),
    "position": ("/admin/directory/city/add/", paste_position),
    "history": ("/admin/directory/city/{belfast}/history/", None),
    "conflict": ("/admin/directory/city/{belfast}/change/", save_over_another),
    "import": ("/admin/directory/city/import/", None),
    "import-preview": ("/admin/directory/city/import/", upload),
    "draft": ("/admin/directory/city/{bristol}/change/", look_at_draft),
    "deleted": ("/admin/directory/city/deleted/", None),
    "correction-in-the-admin": ("/admin/directory/correction/", open_first),
    "second-factor": ("/account/second-factor/", None),
    "correction": ("/cities/belfast/correction/", None),
    "sign-in": ("/account/login/", None),
}


def write_if_changed(picture: bytes, path: Path, page: Page) -> None:
    """Write a picture, unless the present one shows the same."""
    before = path.read_bytes() if path.exists() else b""
    pictures = [base64.b64encode(data).decode() for data in (picture, before)]
    if not before or page.evaluate(COUNT_DIFFERENT_PIXELS, pictures) > MAX_PIXELS:
        path.write_bytes(picture)


def main() -> None:
    """Take every picture."""
    with site() as (url, cities, session), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (path, prepare) in PICTURES.items():
            context = browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce"
            )
            if path.startswith(("/admin/", "/account/second-factor/")):
                context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
            page = context.new_page()
            page.goto(url + path.format(**cities))
            if prepare:
                prepare(page)
            page.wait_for_load_state("networkidle")
            write_if_changed(page.screenshot(), IMAGES / f"{name}.png", context.new_page())
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
