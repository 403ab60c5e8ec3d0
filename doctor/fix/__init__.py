"""Remedies carried out: planned, shown, asked for, run, and the machine looked at again."""
