"""The computations behind every picture and every measured number of the answers."""
