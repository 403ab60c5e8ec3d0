"""DataLoader hazards in scripts and notebooks: which files, which rules, what is edited."""
