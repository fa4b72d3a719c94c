"""Bytes of a page to an `Article` or a `Failure`: pure, without the network and without Scrapy.

`page.extract_page` reads one page; `pool` does it in processes that a page cannot take down.
"""
