import pytest

from directory.geography.bounding_box import BoundingBox


def test_an_area_is_written_as_it_is_read():
    text = "51.45523,-3.94323,51.62079,-2.59665"
    assert str(BoundingBox.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "51",
        "51,-3,52",
        "51,-3,52,-2,1",
        "a,b,c,d",
        "52,-3,51,-2",
        "51,-2,52,-3",
        "51,-3,91,-2",
        "NaN,1,2,3",
        "51,-3,52,Infinity",
        "1e400,1,2,3",
        "1e-999999,1,2,3",
        "51.0000000000001,-3,52,-2",
    ],
)
def test_what_is_not_an_area_is_refused(text):
    with pytest.raises(ValueError, match="not"):
        BoundingBox.parse(text)


def test_areas_that_share_an_edge_overlap():
    assert BoundingBox.parse("51,-3,52,-2").overlaps(BoundingBox.parse("52,-3,53,-2"))
    assert not BoundingBox.parse("51,-3,52,-2").overlaps(BoundingBox.parse("52.1,-3,53,-2"))


def test_two_areas_lie_in_the_one_that_joins_them():
    joined = BoundingBox.parse("51,-3,52,-2").union(BoundingBox.parse("53,-5,54,-4"))
    assert str(joined) == "51,-5,54,-2"
