"""What dropped files say: pure functions from bytes to values, before any feature uses them."""
