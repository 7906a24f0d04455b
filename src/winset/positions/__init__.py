"""Statement + issue -> stance -> position with its uncertainty."""
