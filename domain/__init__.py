"""Words and small decisions that every room shares. Knows nothing but itself."""
