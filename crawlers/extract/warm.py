"""Imported once by the process that readers are forked from: what the first page loads, all then have.

The model that tells languages takes half a second to unpack, as long as fifty pages take to be read,
and the words that tell text from menus where there is little text another tenth; every reader would do both again.
"""

from __future__ import annotations

from crawlers.extract.page import extract_page

_SENTENCE = "The council of the harbour town voted on its budget on Sunday, the mayor said. "
_PAGE = "<html><title>Budget</title><body><article>{}</article></body></html>"

for _text in (f"<p>{_SENTENCE * 3}</p>" * 9, "<p>Little text.</p>"):
    extract_page(
        _PAGE.format(_text).encode(), url="http://example.org/budget", outlet="example.org"
    )
