"""Blanks the GPU machine code in a shared library that a GPU of one compute capability does not run.

The file keeps its size and its layout: code is overwritten with zeros, which compress to nothing. For packs that are
tried on a known GPU; a GPU of another kind finds no code in it.

usage: slim.py LIBRARY SM, such as slim.py libtorch_cuda.so 90
"""
import collections
import mmap
import struct
import sys

SECTIONS = (b".nv_fatbin", b"__nv_relfatbin")
CONTAINER = 0xBA55ED50
ALIGNMENT = 8


def sections(image):
    """(offset, size) of the sections of an ELF file that hold GPU code."""
    if image[:6] != b"\x7fELF\x02\x01":
        raise ValueError("not a 64-bit little-endian ELF file")
    table, = struct.unpack_from("<Q", image, 0x28)
    size, count, names = struct.unpack_from("<HHH", image, 0x3A)
    headers = [struct.unpack_from("<IIQQQQ", image, table + i * size) for i in range(count)]
    texts = headers[names][4]
    for name, _, _, _, offset, length in headers:
        end = image.find(b"\0", texts + name)
        if image[texts + name : end] in SECTIONS:
            yield offset, length


def entries(image):
    """(architecture, offset of the code, bytes) of each piece of machine code or PTX.

    A section holds containers: magic number, version (u16), length of this header (u16), length of the rest (u64).
    In each stand entries: kind (u16), version (u16), length of this header (u32), length of the code (u64), and, at
    byte 28, the architecture (u32).
    """
    for start, length in sections(image):
        place, end = start, start + length
        while place + 16 <= end:
            magic, _, header, rest = struct.unpack_from("<IHHQ", image, place)
            if magic != CONTAINER:
                place += ALIGNMENT  # between two containers
                continue
            entry = place + header
            stop = entry + rest
            if stop > end:
                raise ValueError(f"a container at {place} that ends beyond its section")
            while entry < stop:
                _, _, own, code = struct.unpack_from("<HHIQ", image, entry)
                if own < 32 or entry + own + code > stop:
                    raise ValueError(f"an entry at {entry} that ends beyond its container")
                yield struct.unpack_from("<I", image, entry + 28)[0], entry + own, code
                entry += own + code
            place = stop


def runs(code, sm):
    """Whether a GPU runs machine code of an architecture: of the same major number, and not a younger one."""
    return code // 10 == sm // 10 and code <= sm


def slim(path, sm):
    """Bytes of code kept and blanked; (0, 0) for a library without any."""
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 0) as image:
        found = list(entries(image))
        there = collections.Counter()
        for arch, _, size in found:
            there[arch] += size
        kept = sum(size for arch, size in there.items() if runs(arch, sm))
        if there and not kept:
            known = ", ".join(str(arch) for arch in sorted(there))
            raise ValueError(f"no code for sm_{sm}: there is some for {known}")
        for arch, offset, size in found:
            if not runs(arch, sm):
                image[offset : offset + size] = bytes(size)
        return kept, sum(there.values()) - kept


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[2].isdigit():
        sys.exit(__doc__.strip().splitlines()[-1])
    try:
        print("%d bytes of code kept, %d blanked" % slim(sys.argv[1], int(sys.argv[2])))
    except (OSError, ValueError, struct.error) as error:
        sys.exit(f"slim: {sys.argv[1]}: {error}")
