"""The network's drawing: the same on every visit, inside its frame, and no label on another one or on a circle."""

from itertools import combinations
from time import process_time

import pytest

from partnerships.charts.network import HEIGHT, LINE, WIDTH, _laid_out, network, shortened, width_of


def ties(count):
    """A hub, some circles beside it, and a pair of its own."""
    around = [(0, key, key % 5 + 1) for key in range(1, count - 2)]
    across = [(key, key * 7 % (count - 3) + 1, 1) for key in range(1, count - 3, 2) if key != key * 7 % (count - 3) + 1]
    return [*around, *across, (count - 2, count - 1, 2)]


def names(count):
    return {
        key: ["UNODC", "Ministry of the Interior of Somewhere", "联合国", "DG NEAR"][key % 4] for key in range(count)
    }


def box(node):
    wide = width_of(node.label)
    left = {"middle": node.label_x - wide / 2, "start": node.label_x, "end": node.label_x - wide}[node.anchor]
    return left, node.label_y - 12, left + wide, node.label_y - 12 + LINE


def touch(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("count", [4, 25, 150])
def test_it_is_the_same_on_every_visit(count):
    first = network(ties(count), names(count))
    _laid_out.cache_clear()
    assert network(ties(count), names(count)) == first
    assert {node.key for node in first.nodes} == set(range(count))
    assert [edge.at for edge in first.edges] == list(range(len(ties(count))))


@pytest.mark.parametrize("middle", [None, 0])
@pytest.mark.parametrize("count", [4, 25, 150])
def test_nothing_lies_outside_and_no_label_on_another(count, middle):
    drawn = network(ties(count), names(count), middle)
    boxes = [box(node) for node in drawn.nodes if node.label]
    assert boxes
    assert not [pair for pair in combinations(boxes, 2) if touch(*pair)]
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= WIDTH
        assert 0 <= top < bottom <= HEIGHT
    for node in drawn.nodes:
        assert node.radius <= node.x <= WIDTH - node.radius
        assert node.radius <= node.y <= HEIGHT - node.radius


def test_what_is_tied_to_most_comes_first_and_is_largest():
    drawn = network([(1, 2, 1), (1, 3, 9), (1, 4, 1)], {key: f"N{key}" for key in range(5)})
    assert [node.key for node in drawn.nodes] == [1, 2, 3, 4]
    assert drawn.nodes[0].radius > drawn.nodes[1].radius == drawn.nodes[2].radius
    assert drawn.edges[1].width > drawn.edges[0].width == drawn.edges[2].width


def test_the_middle_is_in_the_middle():
    drawn = network([(5, 1, 1), (5, 2, 1)], {1: "A", 2: "B", 5: "C"}, middle=5)
    assert (drawn.nodes[0].key, drawn.nodes[0].x, drawn.nodes[0].y) == (5, WIDTH / 2, HEIGHT / 2)


def test_nothing_and_long_names():
    assert network([], {}).nodes == ()
    assert shortened("x" * 40) == "x" * 25 + "…"


def test_a_hundred_and_fifty_are_laid_out_in_moments():
    _laid_out.cache_clear()
    before = process_time()
    network(ties(150), names(150))
    assert process_time() - before < 5


def test_a_few_partners_are_drawn_flat():
    drawn = network([(5, 1, 1)], {1: "A", 5: "C"}, middle=5)
    assert [(node.x, node.y) for node in drawn.nodes] == [(500, 320), (840, 320)]
    assert drawn.view_box == "0 283 1000 74"
