"""Workers tried for real in the target: synthetic data, the user's loader, and how many workers pay."""
