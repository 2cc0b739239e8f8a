"""What the API itself remembers: who may write, and what it has answered."""

from .stored_answer import StoredAnswer
from .token import Scope, Token

__all__ = ["Scope", "StoredAnswer", "Token"]
