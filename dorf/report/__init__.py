"""Core values to what people and programs read: pages, plain lines and JSON documents."""
