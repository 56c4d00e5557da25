"""The ways in. A channel only translates: a request into a `Turn`, an `Answer` into what it can show."""
