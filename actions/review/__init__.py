"""What a lawyer reads, signs and corrects, on a screen or on paper: see `docs/reviewing.md`."""
