"""What the operating system and the processor must offer."""
