"""What an organization makes its own, in a folder beside Lantern: see `docs/your-own.md`."""
