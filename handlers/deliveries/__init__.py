"""What was said by itself: /deliveries shows managers what became of it, and says it again."""
