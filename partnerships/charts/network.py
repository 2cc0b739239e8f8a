"""A network as a drawing: circles that repel each other, and lines that hold together what works together.

Fruchterman and Reingold's method (1991) from a fixed beginning, with fixed steps: the same network has the same drawing on
every visit. Coordinates are SVG user units.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, sin, sqrt

WIDTH, HEIGHT = 1000, 640
MARGIN = 40
STEPS = 60
GOLDEN = pi * (3 - sqrt(5))  # the angle between neighbours on a sunflower: no two begin in one place
SMALLEST, LARGEST = 5, 15
THINNEST, THICKEST = 2, 7  # the widths of a line for a single record, and for many
LETTER, LINE = 14, 16  # the size of a label's letters and the height of its line
LONGEST = 26


@dataclass(frozen=True)
class Node:
    """`label` is "" where there is no room for it; `x`, `y`, `label_x` and `label_y` are SVG numbers."""

    key: int
    name: str
    x: float
    y: float
    radius: float
    label: str = ""
    label_x: float = 0
    label_y: float = 0
    anchor: str = "middle"


@dataclass(frozen=True)
class Edge:
    """`at` is the place in the list of what was given to be drawn."""

    at: int
    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True)
class Network:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def view_box(self):
        """As wide as every drawing, and as high as this one is."""
        top = min((node.y - node.radius for node in self.nodes), default=0) - LINE - 6
        bottom = max((node.y + node.radius for node in self.nodes), default=0) + LINE + 6
        return f"0 {top:.0f} {WIDTH} {bottom - top:.0f}"


def network(ties, names, middle=None):
    """The Network of `ties`, triples of two keys and a weight; `names` are the labels by key.

    Nodes come by their number of ties, most first. With a `middle`, that one stands there and the others around it.
    """
    ties = tuple(ties)
    degree = Counter(key for one, other, _weight in ties for key in (one, other))
    order = tuple(sorted(degree, key=lambda key: (key != middle, -degree[key], key)))
    places = _around(order) if middle is not None else _laid_out(order, ties)
    most = max(degree.values(), default=1)
    radii = {key: SMALLEST + (LARGEST - SMALLEST) * sqrt(degree[key] / most) for key in order}
    if middle is not None:
        radii = {key: LARGEST if key == middle else SMALLEST * 2 for key in order}
    nodes = [Node(key, names[key], *(round(one, 1) for one in places[key]), round(radii[key], 1)) for key in order]
    edges = [
        Edge(
            at,
            *(round(one, 1) for one in (*places[a], *places[b])),
            round(min(THINNEST * sqrt(weight), THICKEST), 1),
        )
        for at, (a, b, weight) in enumerate(ties)
    ]
    return Network(tuple(_labelled(nodes)), tuple(edges))


def _around(order):
    """The first in the middle, the others on an ellipse around it, on two where they are many."""
    places, others = dict.fromkeys(order[:1], (WIDTH / 2, HEIGHT / 2)), order[1:]
    flat = min(len(others) / 8, 1)  # a few need no height
    for number, key in enumerate(others):
        angle = 2 * pi * number / len(others)
        near = 0.72 if len(others) > 12 and number % 2 else 1
        places[key] = (
            WIDTH / 2 + near * (WIDTH / 2 - 4 * MARGIN) * cos(angle),
            HEIGHT / 2 + near * flat * (HEIGHT / 2 - MARGIN * 1.5) * sin(angle),
        )
    return places


@lru_cache(maxsize=64)
def _laid_out(order, ties):
    """{key: (x, y)} inside the margins."""
    if len(order) < 2:
        return dict.fromkeys(order, (WIDTH / 2, HEIGHT / 2))
    place = {key: number for number, key in enumerate(order)}
    degree = Counter(key for one, other, _weight in ties for key in (one, other))
    # Where all are tied to all, each tie pulls less: a crowd would be one spot.
    links = [(place[a], place[b], (1 + sqrt(weight) / 4) / min(degree[a], degree[b]) ** 0.75) for a, b, weight in ties]
    count = len(order)
    xs = [sqrt((number + 0.5) / count) * cos(number * GOLDEN) for number in range(count)]
    ys = [sqrt((number + 0.5) / count) * sin(number * GOLDEN) for number in range(count)]
    ideal = 1.4 / sqrt(count)
    for step in range(STEPS):
        _move(xs, ys, links, ideal, 0.2 * (1 - step / STEPS) ** 1.5 + 0.002)
    return dict(zip(order, zip(_stretched(xs, WIDTH), _stretched(ys, HEIGHT), strict=True), strict=True))


def _move(xs, ys, links, ideal, most):
    """One step, of at most this length for each node."""
    count, square = len(xs), ideal * ideal
    # What is tied to nothing else is held near by a light pull to the middle.
    dxs, dys = [-x * 4 * ideal for x in xs], [-y * 4 * ideal for y in ys]
    for one in range(count):
        x, y, dx, dy = xs[one], ys[one], 0.0, 0.0
        for other in range(one + 1, count):
            across, down = x - xs[other], y - ys[other]
            push = square / (across * across + down * down + 1e-6)
            across, down = across * push, down * push
            dx, dy = dx + across, dy + down
            dxs[other] -= across
            dys[other] -= down
        dxs[one] += dx
        dys[one] += dy
    for one, other, weight in links:
        across, down = xs[one] - xs[other], ys[one] - ys[other]
        pull = weight * hypot(across, down) / ideal
        dxs[one] -= across * pull
        dys[one] -= down * pull
        dxs[other] += across * pull
        dys[other] += down * pull
    for one in range(count):
        length = hypot(dxs[one], dys[one]) or 1
        xs[one] += dxs[one] / length * min(length, most)
        ys[one] += dys[one] / length * min(length, most)


def _stretched(values, size):
    """These positions between the margins, partly their own and partly their rank: a crowd is drawn apart."""
    low, high = min(values), max(values)
    ranks = {at: rank for rank, at in enumerate(sorted(range(len(values)), key=lambda at: (values[at], at)))}
    last = max(len(values) - 1, 1)
    room = size - 2 * MARGIN
    return [
        MARGIN + room * (0.4 * (value - low) / ((high - low) or 1) + 0.6 * ranks[at] / last)
        for at, value in enumerate(values)
    ]


def _labelled(nodes):
    """The nodes with their labels, the most important first; one that would touch another label or circle is left out."""
    circles = [
        (node.x - node.radius, node.y - node.radius, node.x + node.radius, node.y + node.radius) for node in nodes
    ]
    taken = []
    for at, node in enumerate(nodes):
        others = [*taken, *circles[:at], *circles[at + 1 :]]
        for label, x, y, anchor, box in _ways(node):
            fits = box[0] >= 2 and box[1] >= 2 and box[2] <= WIDTH - 2 and box[3] <= HEIGHT - 2
            if fits and not any(_touch(box, other) for other in others):
                taken.append(box)
                node = Node(node.key, node.name, node.x, node.y, node.radius, label, round(x, 1), round(y, 1), anchor)
                break
        yield node


def _ways(node):
    """(label, x, y, anchor, box): below, above, right and left of the circle."""
    label = shortened(node.name)
    wide, gap = width_of(label), node.radius + 3
    for x, y, anchor, left in (
        (node.x, node.y + gap + 12, "middle", node.x - wide / 2),
        (node.x, node.y - gap - 3, "middle", node.x - wide / 2),
        (node.x + gap, node.y + 5, "start", node.x + gap),
        (node.x - gap, node.y + 5, "end", node.x - gap - wide),
    ):
        yield label, x, y, anchor, (left, y - 12, left + wide, y - 12 + LINE)


def shortened(name):
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def width_of(label):
    """The room that a label takes, rather too much than too little; letters of East Asia are as wide as high."""
    return sum(LETTER if ord(letter) > 0x2E80 else LETTER * (0.72 if letter.isupper() else 0.58) for letter in label)


def _touch(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
