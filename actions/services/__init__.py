"""Finding services: who fits, in which order, and when they are open."""
