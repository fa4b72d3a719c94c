"""What is worked out of a comparison before any page is written."""
