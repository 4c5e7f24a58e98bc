"""What a person can do: one module, or one package, a feature."""
