"""Bytes to Document: files, folders and addresses read, near copies known; what cannot be read is Rejected."""
