"""/practice and /guide: promising practices that people share, and the guide made of them."""
