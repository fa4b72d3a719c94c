"""The sample web: ten invented outlets on loopback, for `parallax demo` and the tests alike."""
