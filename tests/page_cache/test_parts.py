from django.test import RequestFactory

from directory.page_cache.parts import VERSION, PartStore, kept


def test_a_part_is_made_once_on_a_version_and_again_on_the_next():
    made = []
    store = PartStore(most=4)
    for version in ("one", "one", "two"):
        store.get(version, "the map", lambda version=version: made.append(version))
    assert made == ["one", "two"]


def test_no_more_parts_are_kept_than_there_is_room_for():
    made = []
    store = PartStore(most=2)
    for key in ("a", "b", "c", "a"):
        store.get("one", key, lambda key=key: made.append(key))
    assert made == ["a", "b", "c", "a"]


def test_nothing_is_kept_where_no_page_cache_says_the_version():
    request = RequestFactory().get("/cities/", headers={"directory.version": "guessed"})
    assert VERSION not in request.META
    assert [kept(request, "a", lambda: 1), kept(request, "a", lambda: 2)] == [1, 2]
