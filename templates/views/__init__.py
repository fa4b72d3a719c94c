"""The pages of a report as frozen dataclasses: all that is shown is computed here, nothing in a template."""
