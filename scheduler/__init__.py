"""What happens when: due, collected, read, stored."""
