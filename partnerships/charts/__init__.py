"""Numbers to geometry; the templates in templates/charts draw it.

Everything is a percentage of the drawing's width: the words in it keep their size on every screen.
"""
