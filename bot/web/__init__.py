"""The playground: the door in the browser, on this machine alone."""
