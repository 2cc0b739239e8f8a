"""The limit: rows that are JSON already, in tables made for these seven questions alone, and nothing between them and the socket.

Nobody could maintain this, and it knows no drafts; it tells what the machine can do. `build` makes the tables from
Concord's, `answer` reads them; both speak SQLite and PostgreSQL.
"""

from .answers import answer
from .tables import build

__all__ = ["answer", "build"]
