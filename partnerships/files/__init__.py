"""Files that people give the register: signed documents, kept byte by byte, and pictures, drawn anew.

What a file is, its bytes say, never its name or what a browser calls it (pdf, pictures). Its name here is drawn by lot; its
SHA-256 is kept with the row, and `manage.py check_files` compares both (report). A file outlives its row for as long as
that can be had back (keeping), and is shown through the gate of its record only (serving).
"""

from .keeping import follow
from .serving import kept_file

__all__ = ["follow", "kept_file"]
