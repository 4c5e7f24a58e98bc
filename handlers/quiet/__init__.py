"""/pause: what a person does not want to be told by itself, and until when."""
