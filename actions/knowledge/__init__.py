"""What Lantern knows: the typed contents of `data/`, and how to find the right piece of it."""
