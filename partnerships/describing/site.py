"""What is not a record, in the words of schema.org: the site, its lists as files, and the way to a page."""

from django.urls import reverse
from django.utils.translation import get_language

FORMATS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ndjson": "application/x-ndjson",
}


def breadcrumbs(*steps):
    """A BreadcrumbList of pairs of a name and a full address, from the home page on."""
    items = [
        {"@type": "ListItem", "position": number, "name": str(name), "item": address}
        for number, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def catalog(absolute):
    home = reverse("home")
    return {"@type": "DataCatalog", "@id": f"{absolute(home)}#catalog", "name": "Concord", "url": absolute(home)}


def website(absolute, name):
    """The site, with the search that may be asked from outside."""
    home, search = reverse("home"), reverse("search")
    target = {"@type": "EntryPoint", "urlTemplate": f"{absolute(search)}?q={{search_term_string}}"}
    return {
        "@type": "WebSite",
        "@id": f"{absolute(home)}#site",
        "url": absolute(home),
        "name": "Concord",
        "alternateName": name,
        "inLanguage": get_language(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": target,
            "query-input": "required name=search_term_string",
        },
    }


def dataset(name, description, address, downloads, absolute):
    """The rows of a list, with the files that hold all of them; `downloads` are pairs of a format and its path."""
    return {
        "@type": "Dataset",
        "@id": f"{address}#dataset",
        "url": address,
        "name": name,
        "description": description,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "includedInDataCatalog": catalog(absolute),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": FORMATS[format.lower()], "contentUrl": absolute(path)}
            for format, path in downloads
        ],
    }
