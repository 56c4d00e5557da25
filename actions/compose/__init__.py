"""How an `Answer` is put together out of the library: one module for each kind of answer."""
