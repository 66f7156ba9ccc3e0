from django.test import RequestFactory

from directory.page_cache.parts import VERSION, PartStore


def request(version):
    """What the page cache passes on."""
    return RequestFactory().get("/cities/", **{VERSION: version})


def test_a_part_is_made_once_on_a_version_and_again_on_the_next():
    made = []
    store = PartStore(most=4)
    for version in ("one", "one", "two"):
        store.one(request(version), "the map", lambda version=version: made.append(version))
    assert made == ["one", "two"]


def test_no_more_parts_are_kept_than_there_is_room_for():
    made = []
    store = PartStore(most=2)
    for key in ("a", "b", "c", "a"):
        store.one(request("one"), key, lambda key=key: made.append(key))
    assert made == ["a", "b", "c", "a"]


def test_nothing_is_kept_where_no_page_cache_says_the_version():
    unwrapped = RequestFactory().get("/cities/", headers={"directory.version": "guessed"})
    assert VERSION not in unwrapped.META
    store = PartStore(most=4)
    assert [store.one(unwrapped, "a", lambda: 1), store.one(unwrapped, "a", lambda: 2)] == [1, 2]


def test_only_what_is_missing_is_made_and_all_come_in_the_order_asked_for():
    asked, store = [], PartStore(most=4)

    def make(keys):
        asked.append(keys)
        return {key: key.upper() for key in reversed(keys) if key != "gone"}

    assert list(store.each(request("one"), ["b", "a"], make).values()) == ["B", "A"]
    assert list(store.each(request("one"), ["a", "gone", "c", "b"], make).values()) == ["A", "C", "B"]
    assert asked == [["b", "a"], ["gone", "c"]]
