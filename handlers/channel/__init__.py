"""What a channel is told by itself: shown, and settled by managers, by line or by form."""
