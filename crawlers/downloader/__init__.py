"""All between Scrapy's engine and the network: middlewares, slots, safety, politeness."""
