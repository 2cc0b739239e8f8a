"""Which records are proved. The stories know; they register what they know here, since the register imports no stories."""

_provers = {}


def register(model, prover):
    """`prover(user)` gives a condition (Q) for the records of the model whose evidence the user may see."""
    _provers[model] = prover


def proved(model, user):
    """A condition for the proved records of this model. Raises KeyError if nobody proves such records."""
    return _provers[model](user)
