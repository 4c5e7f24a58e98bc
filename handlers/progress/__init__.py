"""/progress: the plan's targets, and each of them opened."""
