"""Secrets, signatures and hashes: small functions over bytes, and nothing else.

Lives here: deriving a key from a password, wrapping one key under another, the spare key a person
writes down, device keys and signatures, hashes and random numbers for identities.
Never here: files, SQL, networks, clocks, JSON layouts, or anything that knows what a board is.
May import: ``errors``, ``domain`` and ``cryptography``, of which this is the only importer.

What this room cannot do: protect a laptop while the board is open, or keep keys out of a memory
dump. Python copies bytes freely, so nothing here claims to wipe a secret from memory.
"""
