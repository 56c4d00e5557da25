"""Other people's directories of services: read, checked, merged with ours, kept, and written out again."""
