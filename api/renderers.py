"""The formats that a list can be downloaded in. They negotiate and are described; downloads.py writes the bytes."""

from rest_framework.renderers import BaseRenderer


class CSVRenderer(BaseRenderer):
    media_type, format, charset = "text/csv", "csv", "utf-8"
    about = "All rows as CSV, in UTF-8 with a byte order mark. Its last line is `#complete,rows=…,sha256=…`."


class XLSXRenderer(BaseRenderer):
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    format, charset, render_style = "xlsx", None, "binary"
    about = "All rows as an Excel workbook. Its sheet `complete` has the number of rows and the checksum of the first sheet."


class NDJSONRenderer(BaseRenderer):
    media_type, format, charset = "application/x-ndjson", "ndjson", "utf-8"
    about = (
        'All rows as the list gives them, one JSON document a line. The last line is `{"complete": true, "rows": …, '
        '"sha256": …}`.'
    )


DOWNLOADS = (CSVRenderer, XLSXRenderer, NDJSONRenderer)
