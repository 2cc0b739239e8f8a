"""Downloads: a queryset in, bytes out, as CSV, XLSX or NDJSON. Each file proves at its end that it is whole."""

from .csv import csv_bytes
from .ndjson import ndjson_bytes
from .proof import Incomplete, verify
from .tables import Table, register, table_of, tables
from .xlsx import xlsx_bytes

__all__ = [
    "Incomplete",
    "Table",
    "csv_bytes",
    "ndjson_bytes",
    "register",
    "table_of",
    "tables",
    "verify",
    "xlsx_bytes",
]
