"""What touches the outside world: the command line, the doors, the clock."""
