"""Writes a zip again with some parts changed, and every other part's bytes as they were.

Parts that stay are copied as they lie, still packed: nothing is unpacked, so a file of many
pictures costs no memory and no time. The same parts always give the same bytes.
Source: APPNOTE.TXT 6.3.10 (PKWARE), 4.3 and 4.4.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mhin_ppi.documents.refusals import Refusal, Why

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_UNPACKS_WITH = 20  # version 2.0: deflate
_DEFLATED = 8
_SIZES_FOLLOW = 0x8
_UTF8 = 0x800
_FIRST_OF_1980 = 0x21  # the earliest day a zip can hold: the same for every file we make


@dataclass(frozen=True, slots=True)
class _Part:
    """One part, packed, with what the directory says of it."""

    name: bytes
    packed: memoryview
    flags: int
    method: int
    time: int
    date: int
    checksum: int
    size: int
    attributes: int = 0
    made_by: int = _UNPACKS_WITH

    def local_header(self) -> bytes:
        return _LOCAL.pack(
            b"PK\x03\x04", _UNPACKS_WITH, self.flags, self.method, self.time, self.date,
            self.checksum, len(self.packed), self.size, len(self.name), 0,
        ) + self.name  # fmt: skip

    def directory_entry(self, offset: int) -> bytes:
        return _CENTRAL.pack(
            b"PK\x01\x02", self.made_by, _UNPACKS_WITH, self.flags, self.method, self.time,
            self.date, self.checksum, len(self.packed), self.size, len(self.name), 0, 0, 0, 0,
            self.attributes, offset,
        ) + self.name  # fmt: skip


def rewritten(
    untrusted: bytes, parts: list[zipfile.ZipInfo], changed: Mapping[str, bytes]
) -> Iterator[bytes | memoryview]:
    """Yield the bytes of a zip with some parts changed or added.

    Args:
        untrusted: The zip as it was.
        parts: Its directory, as ``zipfile`` read it.
        changed: New contents by name; those with new names come last, in the order given.

    Raises:
        Refusal: The directory does not fit the file.
    """
    todo = dict(changed)
    kept: list[_Part] = []
    for one in parts:
        if one.filename in todo:
            kept.append(_packed(one.filename, todo.pop(one.filename)))
        elif one.filename not in changed:
            kept.append(_as_it_lies(untrusted, one))
    if sum(len(part.packed) for part in kept) > len(untrusted) + sum(map(len, changed.values())):
        raise Refusal(Why.DAMAGED)  # parts that lie on top of each other
    kept += [_packed(name, body) for name, body in todo.items()]
    offset, directory = 0, bytearray()
    for part in kept:
        header = part.local_header()
        directory += part.directory_entry(offset)
        offset += len(header) + len(part.packed)
        yield header
        yield part.packed
    yield bytes(directory)
    yield _END.pack(b"PK\x05\x06", 0, 0, len(kept), len(kept), len(directory), offset, 0)


def _packed(name: str, body: bytes) -> _Part:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(body) + packer.flush()
    encoded = name.encode()
    flags = 0 if encoded.isascii() else _UTF8
    return _Part(
        encoded, memoryview(packed), flags, _DEFLATED, 0, _FIRST_OF_1980, zlib.crc32(body),
        len(body),
    )  # fmt: skip


def _as_it_lies(untrusted: bytes, one: zipfile.ZipInfo) -> _Part:
    start = one.header_offset
    head = untrusted[start : start + _LOCAL.size]
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        raise Refusal(Why.DAMAGED)
    *_, name_size, extra_size = _LOCAL.unpack(head)
    start += _LOCAL.size + name_size + extra_size
    packed = memoryview(untrusted)[start : start + one.compress_size]
    if len(packed) != one.compress_size:
        raise Refusal(Why.DAMAGED)
    year, month, day, hour, minute, second = one.date_time
    return _Part(
        name=one.orig_filename.encode("utf-8" if one.flag_bits & _UTF8 else "cp437"),
        packed=packed,
        flags=one.flag_bits & ~_SIZES_FOLLOW,
        method=one.compress_type,
        time=hour << 11 | minute << 5 | second // 2,
        date=(year - 1980) << 9 | month << 5 | day,
        checksum=one.CRC,
        size=one.file_size,
        attributes=one.external_attr,
        made_by=one.create_system << 8 | one.create_version,
    )
