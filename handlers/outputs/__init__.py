"""/output: tools, capsules and updates of the site."""
