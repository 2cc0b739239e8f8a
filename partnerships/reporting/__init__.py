"""The register's figures: facets of a list, and counts and sums by group."""

from .counts import Counts
from .facets import MOST_VALUES, Facet, FacetValue, facet, facets
from .groups import MOST_DIMENSIONS, MOST_GROUPS, Group, Groups, Value, dimensions_for_groups, grouped
from .measures import Sum, measure_of
from .pairs import Pair, Pairs, pairs, pairs_of
from .ties import dimensions_of, read_names

__all__ = [
    "MOST_DIMENSIONS",
    "MOST_GROUPS",
    "MOST_VALUES",
    "Counts",
    "Facet",
    "FacetValue",
    "Group",
    "Groups",
    "Pair",
    "Pairs",
    "Sum",
    "Value",
    "dimensions_for_groups",
    "dimensions_of",
    "facet",
    "facets",
    "grouped",
    "measure_of",
    "pairs",
    "pairs_of",
    "read_names",
]
