"""Every role tries everything by its address, as someone would who does not wait for a button."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.urls import reverse

from directory.accounts.roles import ADMINISTRATOR, EDITOR, PUBLISHER, ROLES
from directory.models import CONTENT, City, FormerSlug, LoadedRecord
from tests.factories import make_city

pytestmark = [pytest.mark.django_db]

# Of the content, what has pages of its own in the admin; the rest is on their forms.
AT_THE_DESK = [model for model in CONTENT if admin.site.is_registered(model)]


@pytest.fixture(autouse=True)
def roles():
    call_command("make_roles", verbosity=0)


@pytest.fixture
def be(client):
    """Sign in as somebody with a role; gives the browser and the account."""

    def sign_in(role):
        account = User.objects.create_user(role.lower(), is_staff=True)
        account.groups.add(Group.objects.get(name=role))
        client.force_login(account)
        return client

    return sign_in


def url(model, page, *arguments):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)


def statuses(client, *asked):
    """What GET and POST of each address answer."""
    return {client.get(place).status_code for place in asked} | {
        client.post(place, {"post": "yes"}).status_code for place in asked
    }


FORBIDDEN, OPEN = {403}, {200}


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("model", AT_THE_DESK, ids=lambda model: model.__name__)
class TestContent:
    def test_everybody_may_see_add_and_change_it(self, be, model):
        record = model._default_manager.first()
        for role in ROLES:
            client = be(role)
            for place in (
                url(model, "changelist"),
                url(model, "add"),
                url(model, "change", record.pk),
                url(model, "history", record.pk),
            ):
                assert client.get(place).status_code == 200, (role, place)

    def test_an_editor_deletes_none(self, be, model):
        record = model._default_manager.first()
        client = be(EDITOR)
        assert statuses(client, url(model, "delete", record.pk)) == FORBIDDEN
        chosen = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
        client.post(url(model, "changelist"), chosen)
        assert model._default_manager.filter(pk=record.pk).exists()

    @pytest.mark.parametrize("role", [PUBLISHER, ADMINISTRATOR])
    def test_publishers_and_administrators_come_to_the_page_that_deletes_it(self, be, model, role):
        record = model._default_manager.first()
        assert be(role).get(url(model, "delete", record.pk)).status_code == 200


def test_publishers_delete(be):
    city = make_city()
    be(PUBLISHER).post(url(City, "delete", city.pk), {"post": "yes"})
    assert not City.objects.exists()


def test_editors_take_no_part_of_a_city_away(be):
    client = be(EDITOR)
    page = client.get(url(City, "change", make_city().pk))
    assert page.context["inline_admin_formsets"]
    assert not any(inline.has_delete_permission for inline in page.context["inline_admin_formsets"])


@pytest.mark.parametrize("model", [FormerSlug, LoadedRecord], ids=lambda model: model.__name__)
class TestWhatTheSiteRemembers:
    def record(self, model):
        make_city(slug="old")
        city = City.objects.get(slug="old")
        city.slug = "new"
        city.save()
        LoadedRecord.objects.create(model="city", natural_key="new", object_id=city.pk)
        return model.objects.first()

    def test_everybody_may_see_it_and_nobody_change_it(self, be, model):
        record = self.record(model)
        for role in ROLES:
            client = be(role)
            assert client.get(url(model, "change", record.pk)).status_code == 200
            assert client.post(url(model, "change", record.pk), {}).status_code == 403
            assert statuses(client, url(model, "add")) == FORBIDDEN

    def test_an_editor_does_not_delete_it(self, be, model):
        record = self.record(model)
        assert statuses(be(EDITOR), url(model, "delete", record.pk)) == FORBIDDEN
        assert be(PUBLISHER).get(url(model, "delete", record.pk)).status_code == 200


PEOPLE = [
    apps.get_model(label) for label in ("auth.User", "auth.Group", "mfa.Authenticator", "axes.AccessAttempt")
]


@pytest.fixture
def boss():
    return User.objects.create_superuser("boss", password="a-long-enough-password")


class TestPeople:
    @pytest.mark.parametrize("role", [EDITOR, PUBLISHER])
    @pytest.mark.parametrize("model", PEOPLE, ids=lambda model: model.__name__)
    def test_only_administrators_come_near_them(self, be, model, role, boss):
        client = be(role)
        places = [
            url(model, "changelist"),
            url(model, "add"),
            *(url(model, page, boss.pk) for page in ("change", "delete", "history")),
        ]
        answers = {place: statuses(client, place) for place in places}
        refused = {place for place, found in answers.items() if found == FORBIDDEN}
        # A record that is not there leads back to the admin.
        assert refused | {place for place, found in answers.items() if found == {302}} == set(places)
        assert {url(model, "changelist"), url(model, "add")} <= refused

    @pytest.mark.parametrize("role", [EDITOR, PUBLISHER])
    def test_nobody_raises_themselves(self, be, role):
        client = be(role)
        account = User.objects.get()
        raised = {"username": account.username, "is_superuser": "on", "groups": [3], "is_staff": "on"}
        places = (
            url(User, "change", account.pk),
            reverse("admin:auth_user_password_change", args=[account.pk]),
            url(Group, "change", account.groups.get().pk),
        )
        for place in places:
            assert client.get(place).status_code == 403
            assert client.post(place, raised).status_code == 403
        account.refresh_from_db()
        assert not account.is_superuser
        assert [group.name for group in account.groups.all()] == [role]

    def test_administrators_add_change_and_delete_accounts(self, be):
        client = be(ADMINISTRATOR)
        password = {"password1": "a-long-enough-password", "password2": "a-long-enough-password"}
        client.post(url(User, "add"), password | {"username": "new", "usable_password": "true"})
        account = User.objects.get(username="new")
        form = client.get(url(User, "change", account.pk)).context["adminform"].form.initial
        given = {"username": "new", "is_staff": "on", "is_active": "on", "groups": [Group.objects.first().pk]}
        assert form["username"] == "new"
        assert client.post(url(User, "change", account.pk), given).status_code == 302
        assert account.groups.exists()
        client.post(url(User, "delete", account.pk), {"post": "yes"})
        assert not User.objects.filter(pk=account.pk).exists()

    def test_administrators_see_the_roles_and_change_none(self, be):
        client = be(ADMINISTRATOR)
        role = Group.objects.first()
        assert client.get(url(Group, "change", role.pk)).status_code == 200
        assert client.post(url(Group, "change", role.pk), {"name": "Mine"}).status_code == 403
        assert statuses(client, url(Group, "add"), url(Group, "delete", role.pk)) == FORBIDDEN

    def test_administrators_make_nobody_a_superuser(self, be):
        client = be(ADMINISTRATOR)
        account = User.objects.get()
        raised = {"username": account.username, "is_staff": "on", "is_active": "on", "is_superuser": "on"}
        own = {"groups": [Group.objects.get(name=ADMINISTRATOR).pk], "user_permissions": [1]}
        assert client.post(url(User, "change", account.pk), raised | own).status_code == 302
        account.refresh_from_db()
        assert not account.is_superuser
        assert not account.user_permissions.exists()

    def test_administrators_do_not_touch_a_superuser(self, be, boss):
        client = be(ADMINISTRATOR)
        password = reverse("admin:auth_user_password_change", args=[boss.pk])
        assert client.post(url(User, "change", boss.pk), {"username": "x"}).status_code == 403
        assert statuses(client, password, url(User, "delete", boss.pk)) == FORBIDDEN
        factor = boss.authenticator_set.create(type="totp", data={"secret": "x"})
        assert statuses(client, url(type(factor), "delete", factor.pk)) == FORBIDDEN


class TestTheCommand:
    def test_it_corrects_a_role_and_leaves_it_to_those_who_have_it(self, capsys):
        editor = Group.objects.get(name=EDITOR)
        account = User.objects.create_user("ada")
        account.groups.add(editor)
        before = set(editor.permissions.all())
        editor.permissions.set(Permission.objects.filter(codename="delete_city"))
        call_command("make_roles")
        assert capsys.readouterr().out == "Created or updated: Editor.\n"
        assert set(editor.permissions.all()) == before
        assert account.groups.get() == editor

    def test_it_says_when_there_is_nothing_to_do(self, capsys):
        call_command("make_roles")
        assert capsys.readouterr().out == "All roles are up to date.\n"

    def test_each_role_may_all_that_the_one_before_it_may(self):
        may = [set(Group.objects.get(name=role).permissions.all()) for role in ROLES]
        assert may[0] < may[1] < may[2]

    def test_publishing_is_for_publishers(self):
        publish = set(Permission.objects.filter(codename__startswith="publish_"))
        assert {permission.codename for permission in publish} == {
            "publish_city",
            "publish_guide",
            "publish_newsitem",
        }
        assert publish <= set(Group.objects.get(name=PUBLISHER).permissions.all())
        assert not publish & set(Group.objects.get(name=EDITOR).permissions.all())
