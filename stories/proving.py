"""What stories prove, for the register's question `has_evidence`."""

from partnerships.evidence import register
from stories.models.evidence import PATHS, Evidence


def register_proofs():
    for model in PATHS:
        register(model, lambda user, model=model: Evidence.objects.visible_to(user).proved(model))
