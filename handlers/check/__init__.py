"""/check: what a report would be asked about, and where each is mended."""
