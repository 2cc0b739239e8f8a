"""How dark a tile is: a few steps, which the eye can tell apart, for numbers that lie far from each other."""

STEPS = 4


def step(count, most):
    """From 0 for none to STEPS for the largest; each step stands for the same number of times more.

    With few records each number has a step of its own.
    """
    if not count:
        return 0
    if most <= STEPS:
        return count
    # The largest number is STEPS equal factors above one.
    return next(number for number in range(1, STEPS + 1) if number == STEPS or count**STEPS <= most**number)
