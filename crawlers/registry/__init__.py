"""Which outlets there are and where each announces its articles."""
