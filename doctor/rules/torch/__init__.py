"""Is there a torch, and is it the one that gets imported?"""
