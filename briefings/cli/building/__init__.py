"""What the commands that build have in common."""
