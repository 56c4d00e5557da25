"""How cost grows, of Lantern alone: each module makes one thing larger, and says what it costs at each size."""
