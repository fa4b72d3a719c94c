"""The front door: the only place that prints, exits, or reads the clock or the environment."""
