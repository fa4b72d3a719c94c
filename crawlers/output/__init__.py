"""What a crawl writes: articles.jsonl, crawl.json, and the ledger of each outlet."""
