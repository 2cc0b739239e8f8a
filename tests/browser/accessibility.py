"""What axe finds wrong with the page that stands in the browser."""

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
CONTRAST = "color-contrast"


def faults(page, *, best_practice=False, contrast=True, impacts=None):
    """(rule, element) of each violation: by all rules in light, and by that of contrast in dark, where nothing else differs.

    Without `contrast`, colours are not looked at: they are the same in all languages, and finding them takes longest.
    `impacts` are those that count, all if none are named.
    """
    rules = {
        "runOnly": [*RULES, *(["best-practice"] if best_practice else [])],
        "rules": {CONTRAST: {"enabled": contrast}},
    }
    # A colour that is still on its way from one theme to the other is neither's.
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = Axe().run(page, options=rules).response["violations"]
    if contrast:
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found += Axe().run(page, options={"runOnly": {"type": "rule", "values": [CONTRAST]}}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:300]) for one in found if not impacts or one["impact"] in impacts]
