import contextlib
import zipfile

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from directory.backup.files import _migrations
from directory.backup.rows import backed_up_models
from directory.models import City, ContentVersion, FormerSlug, Upload
from tests.factories import make_city

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("content")]


@pytest.fixture
def backup(tmp_path, admin_user):
    """The real content, a member of staff with a second factor and a renamed city, in a file."""
    TOTP.activate(admin_user, "a-secret")
    city = City.objects.get(slug="belfast")
    city.slug = "belfast-city"
    city.save()
    call_command("backup", tmp_path / "backup.zip", verbosity=0)
    return tmp_path / "backup.zip"


def everything():
    return {model: list(model._base_manager.order_by("pk").values()) for model in backed_up_models()}


def restore(path, **options):
    call_command("restore", path, verbosity=0, **options)


def test_what_is_restored_is_what_was_written(backup):
    before = everything()
    City.objects.all().delete()
    restore(backup, replace=True)
    assert everything() == before


def test_the_same_content_makes_the_same_bytes(backup, tmp_path):
    restore(backup, replace=True)
    call_command("backup", tmp_path / "again.zip", verbosity=0)
    assert (tmp_path / "again.zip").read_bytes() == backup.read_bytes()


def test_it_restores_to_an_empty_database(backup):
    call_command("flush", interactive=False, verbosity=0)
    restore(backup)
    assert City.objects.published().count() == 6
    assert FormerSlug.objects.get().target.name == "Belfast"


def test_content_is_not_replaced_unasked(backup):
    City.objects.update(summary="What staff wrote.")
    with pytest.raises(CommandError, match=r"The database is not empty\. .* add --replace"):
        restore(backup)
    assert City.objects.filter(summary="What staff wrote.").count() == 6


def test_new_records_are_numbered_after_the_restored_ones(backup):
    restore(backup, replace=True)
    assert make_city().pk > City.objects.get(name="Wolverhampton").pk


def test_a_restore_moves_the_revision(backup):
    before = ContentVersion.objects.tokens()
    restore(backup, replace=True)
    assert ContentVersion.objects.tokens() != before


def rewrite(path, name, old_text, new_text):
    with zipfile.ZipFile(path) as old:
        members = {member: old.read(member) for member in old.namelist()}
    members[name] = members[name].replace(old_text, new_text)
    with zipfile.ZipFile(path, "w") as new:
        for member, content in members.items():
            new.writestr(member, content)


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "is not a complete backup"),
        (lambda path: path.write_text("Not a backup."), "is not a complete backup"),
        (lambda path: path.unlink(), "cannot be read: No such file"),
        (
            lambda path: rewrite(path, "directory.city.jsonl", b"Swansea", b"Abertaw"),
            "is damaged: directory.city has changed since it was written",
        ),
        (
            lambda path: rewrite(path, "manifest.json", b"0001_initial", b"0000_older"),
            "was written by another version of the site",
        ),
    ],
    ids=["cut off", "another file", "missing", "a changed row", "another version"],
)
def test_a_damaged_backup_is_refused_and_changes_nothing(backup, damage, complaint):
    before = everything()
    damage(backup)
    with pytest.raises(CommandError, match=complaint):
        restore(backup, replace=True)
    assert everything() == before


def test_no_damaged_byte_is_a_traceback(backup):
    whole = backup.read_bytes()
    for place in range(0, len(whole), len(whole) // 60):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with contextlib.suppress(CommandError):
            restore(backup, replace=True)


def test_what_waits_for_somebody_does_not_stop_a_restore_and_everybody_signs_in_again(backup, client):
    late = User.objects.create_user("late", is_staff=True)
    Upload.objects.store(user=late, model="directory.city", file_name="cities.csv", content=b"")
    client.force_login(late)
    restore(backup, replace=True)
    assert not Upload.objects.exists()
    assert not Session.objects.exists()


def test_a_restore_that_fails_halfway_leaves_the_old_state(backup, monkeypatch):
    before = everything()

    def fail(models):
        raise ValueError("the disk is full")

    monkeypatch.setattr("directory.backup.files._reset_sequences", fail)
    with pytest.raises(CommandError, match="nothing was changed: the disk is full"):
        restore(backup, replace=True)
    assert everything() == before


def test_a_backup_that_fails_leaves_no_half_of_a_file(tmp_path, monkeypatch):
    def fail(path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("directory.backup.files._read_backup", fail)
    with pytest.raises(CommandError, match="cannot be written: No space left on device"):
        call_command("backup", tmp_path / "backup.zip", verbosity=0)
    assert list(tmp_path.iterdir()) == []


def test_every_table_of_the_directory_is_in_the_backup():
    kept = {model._meta.db_table for model in backed_up_models()}
    with connection.cursor() as cursor:
        there = {
            name for name in connection.introspection.table_names(cursor) if name.startswith("directory_")
        }
    assert there - kept == {"directory_contentversion", "directory_searchentry", "directory_upload"}
    assert _migrations()
