import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from directory.models import City, ContentVersion, Membership, Partner, Partnership, Priority, Upload
from directory.spreadsheets.formats import CSV, XLSX, read_sheet, write
from tests.factories import make_city

pytestmark = pytest.mark.django_db

MODELS = [City, Priority, Partner, Partnership, Membership]
HEADER = ["Slug", "Summary"]
everything = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def page(model, name):
    return reverse(f"admin:directory_{model._meta.model_name}_{name}")


def upload(client, model, data, name="cities.csv"):
    return client.post(page(model, "import"), {"file": SimpleUploadedFile(name, data)})


def confirm(client, response, model=City):
    fields = {
        name: re.search(rf'name="{name}" value="([^"]+)"', response.text)[1] for name in ("upload", "digest")
    }
    return client.post(page(model, "process_import"), fields, follow=True)


def member_of_staff(django_user_model, *permissions, name="ada"):
    user = django_user_model.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


@pytest.mark.usefixtures("content")
@everything
class TestEverySpreadsheet:
    @pytest.mark.parametrize("format_name", [CSV, XLSX])
    def test_is_exported_and_comes_back_unchanged(self, admin_client, model, format_name):
        before = ContentVersion.objects.tokens()
        response = admin_client.post(page(model, "export"), {"format": format_name})
        assert response.headers["Content-Disposition"].endswith(f'{timezone.localdate()}.{format_name}"')
        assert len(read_sheet(response.content).rows) == model.objects.count()
        previewed = upload(admin_client, model, response.content)
        assert f"<strong>{model.objects.count()} unchanged</strong>" in previewed.text
        assert "There is nothing to import" in previewed.text
        assert "Confirm and import" not in previewed.text
        assert not Upload.objects.exists()
        assert ContentVersion.objects.tokens() == before

    def test_links_to_both_pages_from_its_list(self, admin_client, model):
        text = admin_client.get(page(model, "changelist")).text
        assert page(model, "import") in text
        assert page(model, "export") in text

    def test_explains_every_column(self, admin_client, model):
        text = admin_client.get(page(model, "import")).text
        exported = admin_client.post(page(model, "export"), {"format": CSV})
        for column in read_sheet(exported.content).header:
            assert f'<th scope="row">{column}</th>' in text

    def test_has_no_inline_style_and_no_inline_script(self, admin_client, model):
        exported = admin_client.post(page(model, "export"), {"format": CSV}).content
        changed = exported.replace(b",", b", ", 30)
        pages = [
            admin_client.get(page(model, "import")),
            admin_client.get(page(model, "export")),
            upload(admin_client, model, changed),
        ]
        for response in pages:
            main = response.text[response.text.index("<main") :]
            assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", main)


@pytest.mark.parametrize(
    ("column", "required", "contents"),
    [
        ("Slug", "always", "Rows are matched by it"),
        ("Name", "for new rows", ""),
        ("Status", "no", "One of: Draft, Published."),
        ("Live from", "no", "A date and time such as 2024-02-14 09:30."),
        ("Last reviewed", "no", "A date such as 2024-02-14."),
        ("Source", "for new rows", "The slug of a source."),
    ],
)
def test_the_import_page_says_when_a_column_is_required_and_what_it_contains(
    admin_client, column, required, contents
):
    text = " ".join(admin_client.get(page(City, "import")).text.split())
    row = re.search(rf'<th scope="row">{column}</th> <td>([^<]*)</td> <td>([^<]*)</td>', text)
    assert row[1] == required
    assert contents in row[2]


def test_what_is_confirmed_is_imported_as_the_persons_own_change(admin_client, admin_user, client):
    make_city(slug="leeds", name="Leeds")
    previewed = upload(admin_client, City, write(HEADER, [("leeds", "Now with quokkas.")], CSV))
    assert "A city that learns." in previewed.text
    assert City.objects.get().summary == "A city that learns."
    done = confirm(admin_client, previewed)
    assert "Imported cities.csv: 1 changed." in done.text
    change = City.objects.get().history.latest()
    assert change.history_user == admin_user
    assert change.history_change_reason == "Imported from cities.csv"
    assert "Now with quokkas." in client.get("/cities/leeds/").text
    assert not Upload.objects.exists()


def test_an_xlsx_is_taken_too(admin_client):
    make_city(slug="leeds")
    previewed = upload(admin_client, City, write(HEADER, [("leeds", "New.")], XLSX), "cities.xlsx")
    assert "Imported cities.xlsx: 1 changed." in confirm(admin_client, previewed).text


def test_a_file_with_a_wrong_row_says_so_and_cannot_be_confirmed(admin_client):
    make_city(slug="leeds")
    data = write([*HEADER, "Nation"], [("leeds", "New.", "England"), ("york", "Old.", "Mars")], CSV)
    previewed = upload(admin_client, City, data)
    assert "<strong>1 changed, 1 invalid</strong>" in previewed.text
    assert "“Mars” is not a choice." in previewed.text
    assert "Confirm and import" not in previewed.text
    assert not Upload.objects.exists()


def test_what_is_in_a_file_is_shown_as_text(admin_client):
    make_city(slug="leeds")
    previewed = upload(admin_client, City, write(HEADER, [("leeds", "<script>alert(1)</script>")], CSV))
    assert "&lt;script&gt;alert(1)" in previewed.text


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("cities.csv", b"", "The file is empty"),
        ("cities.csv", b"Mayor\nme\n", "This is not a spreadsheet of cities"),
        ("cities.csv", b"Slug,Mayor\nleeds,me\n", "There is no column “Mayor”"),
        ("cities.csv", b"Name\nLeeds\n", "the file also needs “Slug”"),
        ("cities.csv", b"Slug,Name\n", "no rows below"),
        ("cities.csv", b"Slug\ncaf\xe9\n", "Line 2 is not in UTF-8"),
        ("cities.png", b"\x89PNG\r\n\x1a\n\x00", "is not CSV or XLSX"),
        ("cities.xlsx", b"PK\x03\x04", "This XLSX file is damaged"),
        ("cities.csv", b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        ("cities.csv", b"Slug\n" + b"x\n" * 2001, "more than 2,000 rows"),
    ],
)
def test_a_file_that_is_no_spreadsheet_gets_a_sentence(admin_client, name, data, complaint):
    response = upload(admin_client, City, data, name)
    assert response.status_code == 200
    assert complaint in response.text


def test_no_file_gets_a_sentence(admin_client):
    assert "Select a file." in admin_client.post(page(City, "import")).text


def test_a_change_by_somebody_else_is_shown_before_anything_is_imported(admin_client):
    make_city(slug="leeds")
    previewed = upload(admin_client, City, write(HEADER, [("leeds", "From the file.")], CSV))
    City.objects.update(summary="From a colleague.")
    again = confirm(admin_client, previewed)
    assert "Nothing was imported, because the directory has changed since the preview." in again.text
    assert "From a colleague.</del>" in again.text
    assert City.objects.get().summary == "From a colleague."
    assert "Imported cities.csv" in confirm(admin_client, again).text
    assert City.objects.get().summary == "From the file."


def test_a_second_click_imports_nothing_twice(admin_client):
    make_city(slug="leeds")
    previewed = upload(admin_client, City, write(HEADER, [("leeds", "New.")], CSV))
    confirm(admin_client, previewed)
    assert "This file has already been imported" in confirm(admin_client, previewed).text
    assert City.history.count() == 2


def test_nobody_confirms_what_another_uploaded(admin_client, client, django_user_model):
    make_city(slug="leeds")
    previewed = upload(admin_client, City, write(HEADER, [("leeds", "New.")], CSV))
    client.force_login(member_of_staff(django_user_model, "import_city", "view_city"))
    assert "This file has already been imported" in confirm(client, previewed).text
    assert City.objects.get().summary == "A city that learns."


def test_an_upload_is_not_confirmed_into_another_model(admin_client):
    make_city(slug="leeds")
    previewed = upload(admin_client, City, write(HEADER, [("leeds", "New.")], CSV))
    assert "This file has already been imported" in confirm(admin_client, previewed, Partner).text


@pytest.mark.parametrize("fields", [{}, {"upload": "x", "digest": "y"}, {"upload": "9" * 30, "digest": ""}])
def test_a_confirmation_of_nothing_is_answered_with_a_sentence(admin_client, fields):
    response = admin_client.post(page(City, "process_import"), fields, follow=True)
    assert "This file has already been imported" in response.text


def test_an_upload_that_this_version_of_the_site_cannot_read_is_answered_with_a_sentence(
    admin_client, admin_user
):
    kept = {"user": admin_user, "model": "directory.city", "file_name": "old"}
    old = Upload.objects.create(content=b"Mayor\nme", **kept)
    fields = {"upload": old.pk, "digest": "x"}
    response = admin_client.post(page(City, "process_import"), fields, follow=True)
    assert "This is not a spreadsheet of cities" in response.text


def test_an_upload_that_nobody_came_back_for_is_forgotten(admin_client, admin_user):
    make_city(slug="leeds")
    old = Upload.objects.create(user=admin_user, model="directory.city", file_name="old", content=b"x")
    Upload.objects.update(uploaded_at=timezone.now() - timedelta(days=1))
    upload(admin_client, City, write(HEADER, [("leeds", "New.")], CSV))
    assert not Upload.objects.filter(pk=old.pk).exists()


@everything
class TestPermissions:
    def test_whoever_only_sees_a_list_may_export_but_not_import(self, client, django_user_model, model):
        name = model._meta.model_name
        others = [f"{verb}_{name}" for verb in ("view", "add", "change", "delete")]
        client.force_login(member_of_staff(django_user_model, *others))
        assert client.post(page(model, "export"), {"format": CSV}).status_code == 200
        assert client.get(page(model, "import")).status_code == 403
        assert upload(client, model, b"Slug\nx\n").status_code == 403
        assert client.post(page(model, "process_import"), {"upload": 1, "digest": "x"}).status_code == 403
        assert page(model, "import") not in client.get(page(model, "changelist")).text

    def test_whoever_may_import_it_may(self, client, django_user_model, model):
        name = model._meta.model_name
        client.force_login(member_of_staff(django_user_model, f"import_{name}", f"view_{name}"))
        assert client.get(page(model, "import")).status_code == 200

    def test_whoever_sees_nothing_of_it_gets_nothing(self, client, django_user_model, model):
        client.force_login(member_of_staff(django_user_model))
        assert client.post(page(model, "export"), {"format": CSV}).status_code == 403

    def test_visitors_are_asked_to_sign_in(self, client, model):
        for name in ("import", "export"):
            assert "/login/" in client.get(page(model, name)).url


def test_an_export_holds_what_the_list_is_filtered_to(admin_client):
    make_city(slug="leeds")
    make_city(slug="cardiff", nation="wales")
    url = page(City, "export") + "?nation__exact=wales"
    assert "1 city" in admin_client.get(url).text
    rows = read_sheet(admin_client.post(url, {"format": CSV}).content).rows
    assert [cells[0] for _, cells in rows] == ["cardiff"]


def test_an_export_of_a_filter_that_is_none_is_of_everything(admin_client):
    make_city()
    response = admin_client.get(page(City, "export") + "?source__id__exact=x", follow=True)
    assert response.status_code == 200
    assert "1 city" in response.text


def test_an_exported_csv_opens_right_in_excel_and_is_named_by_what_it_holds(admin_client):
    make_city(name="Derry~Londonderry")
    response = admin_client.post(page(City, "export"), {"format": CSV})
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert f"cities-{timezone.localdate()}.csv" in response.headers["Content-Disposition"]


def test_a_text_too_long_for_xlsx_is_refused_with_a_sentence(admin_client):
    make_city(summary="a" * 40_000)
    response = admin_client.post(page(City, "export"), {"format": XLSX})
    assert "too long for a cell of XLSX. Export CSV instead." in response.text
