"""Files of the user's: written whole, backed up first, put back byte for byte."""
