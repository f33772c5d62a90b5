"""The memory: tables, and one transaction for each thing that the product does."""
