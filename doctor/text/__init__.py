"""Text as people paste it and programs log it: made plain, line by line."""
