"""A worker that is killed under load: nothing is half written, and all others go on."""

import http.client
import itertools
import os
import signal
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

import pytest

from tests.sent_forms import fields_of
from tests.servers import ask, fetch, manage, production_environment, started, wait_until_live

CUT_SAVES = 3
MAX_KILLS = 60
READ = ("/", "/cities/", "/cities/?nation=england", "/cities/bristol/", "/priorities/", "/guides/")
SIGN_IN = """
from django.contrib.auth import get_user_model
from django.test import Client
client = Client()
client.force_login(get_user_model().objects.create_superuser("editor"))
print(client.cookies["sessionid"].value)
"""
STATES = """
city = City.objects.get(slug="bristol")
parts = ((city.sections, "body"), (city.city_priorities, "text"), (city.key_facts, "value"))
texts = [city.summary, *(text for part, name in parts for text in part.values_list(name, flat=True))]
print("\\n".join(sorted(set(texts))))
"""


@pytest.fixture
def site(own_database, tmp_path):
    """Two workers, and a member of staff who is signed in."""
    environment = production_environment(own_database) | {
        "WORKERS": "2",
        "REQUIRE_SECOND_FACTOR": "false",
    }
    manage(environment, "prepare")
    cookie = f"sessionid={ask(environment, SIGN_IN)}; csrftoken={'x' * 32}"
    number = ask(environment, "print(City.objects.get(slug='bristol').pk)")
    with started(environment, tmp_path / "log") as process:
        form = f"{process.url}/admin/directory/city/{number}/change/"
        yield SimpleNamespace(environment=environment, cookie=cookie, form=form, **vars(process))


def workers(site):
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children")
    return {int(number) for number in children.read_text().split()}


def wait_for_two_workers(site):
    """Wait until both are there, whoever was killed. Raises TimeoutError after ten seconds."""
    for _ in range(100):
        if len(workers(site)) == 2:
            wait_until_live(site.url)
            return
        time.sleep(0.1)
    raise TimeoutError("gunicorn started no other worker within ten seconds.")


def save(site, state, began=lambda: None):
    """Write the same text into the city and all its parts, in the admin; the status of the answer."""
    _, _, page = fetch(site.form, Cookie=site.cookie)
    fields = [
        (name, state if name == "summary" or name.endswith(("-text", "-body", "-value")) else value)
        for name, value in fields_of(page.decode(), "city_form")
        if "__prefix__" not in name
    ]
    began()
    headers = {"Cookie": site.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection = http.client.HTTPConnection(urlsplit(site.form).netloc, timeout=30)
    connection.request("POST", urlsplit(site.form).path, urlencode(fields), headers)
    status = connection.getresponse().status
    connection.close()
    return status


class Load:
    """Visitors who read and one member of staff who saves, all in a loop, until told to stop."""

    def __init__(self, site):
        self.site, self.saved, self.cut, self.lost, self.wrong = site, 0, 0, 0, []
        self.save_began, self.stop = threading.Event(), threading.Event()
        self.threads = [threading.Thread(target=target) for target in (self.read, self.read, self.save)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *raised):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def read(self):
        for path in itertools.cycle(READ):
            if self.stop.is_set():
                return
            try:
                status = fetch(self.site.url + path)[0]
            except (OSError, http.client.HTTPException):
                self.lost += 1
            else:
                self.wrong += [(path, status)] * (status != 200)

    def save(self):
        for number in itertools.count():
            if self.stop.is_set():
                return
            began = False

            def begin():
                nonlocal began
                began = True
                self.save_began.set()

            try:
                status = save(self.site, f"State {number}", begin)
            except (OSError, http.client.HTTPException):
                self.cut += began
            else:
                self.saved += 1
                self.wrong += [("save", status)] * (status != 302)
            self.save_began.clear()


def test_what_a_killed_worker_was_writing_is_wholly_there_or_not_at_all(site):
    save(site, "State before")
    killed = set()
    with Load(site) as load:
        while load.cut < CUT_SAVES and len(killed) < MAX_KILLS:
            assert load.save_began.wait(timeout=30)
            time.sleep(len(killed) % 10 / 50)
            worker = sorted(workers(site))[len(killed) % 2]
            os.kill(worker, signal.SIGKILL)
            killed.add(worker)
            wait_for_two_workers(site)
            assert len(set(ask(site.environment, STATES).split("\n"))) == 1
    assert load.cut >= CUT_SAVES, "no save was going on when a worker was killed"
    assert load.wrong == []
    assert load.lost <= 8 * len(killed), "no more than a worker can have in hand"

    assert workers(site).isdisjoint(killed)
    for path in READ * 10:
        assert fetch(site.url + path)[0] == 200
    assert save(site, "State after") == 302
    assert ask(site.environment, STATES) == "State after"
    assert b"State after" in fetch(f"{site.url}/cities/bristol/")[2]
    assert "Traceback" not in site.log.read_text()
