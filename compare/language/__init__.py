"""What a text says: its sources, quantities, dates and names, told by rules with their places."""
