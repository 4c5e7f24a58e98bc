"""The week of a plan, of some of its strands or of a community, as a channel is told of it."""
