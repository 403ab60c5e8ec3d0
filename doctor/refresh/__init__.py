"""The catalog's releases read anew from a package index: for the program's own files, and for a user who asks."""
