"""Measurements of what a person waits for, each against a named floor in the same run."""
