"""Measurements of speed and memory: `make bench`. No part of the tests, nor of the package."""
