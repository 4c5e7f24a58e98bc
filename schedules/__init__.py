"""What happens by itself: jobs as data, when each is due, and what it has said; nothing sends."""
