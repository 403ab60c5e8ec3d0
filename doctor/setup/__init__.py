"""Environments made and made again: plan, install, prove, lock."""
