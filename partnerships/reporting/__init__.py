"""The register's figures: facets of a list, and counts and sums by group."""

from .facets import MOST_VALUES, Facet, FacetValue, facet
from .ties import dimensions_of, read_names

__all__ = ["MOST_VALUES", "Facet", "FacetValue", "dimensions_of", "facet", "read_names"]
