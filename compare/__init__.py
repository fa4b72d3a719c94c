"""Match and judge: articles in, a `Comparison` out. No network, no clock, no printing."""
