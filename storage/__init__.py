"""What is remembered. Imports nothing of ours, and all SQL is here."""
