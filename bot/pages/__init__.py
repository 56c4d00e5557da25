"""Pages beside the chat: what Lantern knows, printed for anyone to check."""
