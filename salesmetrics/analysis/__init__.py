"""What is a model and not an aggregate."""
