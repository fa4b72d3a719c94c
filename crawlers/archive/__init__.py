"""The archive of a crawl: every response as WARC, written and read again."""
