"""What a document says, as a digest, and the edition in which that last changed. Pure."""
