"""Imported once by the process that readers are forked from: what the first page loads, all then have.

The model that tells languages takes half a second to unpack, as long as fifty pages take to be read,
and every reader would do it again.
"""

from __future__ import annotations

from crawlers.extract.page import extract_page

_SENTENCE = "The council of the harbour town voted on its budget on Sunday, the mayor said. "
_PAGE = f"<html><title>Budget</title><body><article>{f'<p>{_SENTENCE * 3}</p>' * 9}</article></body></html>"

extract_page(_PAGE.encode(), url="http://example.org/2019/03/24/budget", outlet="example.org")
