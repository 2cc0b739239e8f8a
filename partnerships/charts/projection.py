"""The Equal Earth projection: areas keep their proportions, and no continent is made to look larger than it is.

Šavrič, Patterson, Jenny: “The Equal Earth map projection”, International Journal of Geographical Information Science,
2018, doi:10.1080/13658816.2018.1504949.
"""

from math import asin, cos, radians, sin, sqrt

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
WIDTH = 1000  # the equator, in units of the drawing; 0, 0 is where it meets the meridian of Greenwich


def project(latitude, longitude):
    """The place of a point on the drawing, as (x, y); y grows downwards."""
    x, y = _equal_earth(latitude, longitude)
    return x * SCALE, -y * SCALE


def _equal_earth(latitude, longitude):
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = theta * theta
    sixth = square**3
    slope = 9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1
    x = 2 * sqrt(3) * radians(longitude) * cos(theta) / (3 * slope)
    return x, theta * (A4 * sixth * square + A3 * sixth + A2 * square + A1)


SCALE = WIDTH / (2 * _equal_earth(0, 180)[0])
