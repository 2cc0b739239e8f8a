"""Reading: how a document becomes dated items.

A reader turns bytes into blocks (`readers`), the splitter turns blocks into items (`splitting`, helped by `dates`,
`names`, `credits` and `links`), and recognition turns an item's text into proposals. Everything here is pure: nothing in
this package imports Django, touches the database or fetches anything.
"""
