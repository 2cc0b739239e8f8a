"""From a draft to a public record: its review, changes that are proposed to it, and the time at which it comes and goes."""
