"""differential.py DIRECTORY COUNT SEED: HDF5 files of every kind, and what h5py reads in them.

Each file NAME.h5 has the array "x". One line of output for each: NAME, what is expected, and the shape. "values": the
doubles in NAME.bin, little-endian, are what h5py reads; "refused": there is no such array of numbers.
The first files are one of each special kind; the others are drawn: types x byte orders x layouts x chunk indexes x
filters x fill values x library versions.
"""
import ctypes
import os
import sys

try:
    import h5py
    import numpy as np
except ImportError:
    sys.exit(77)
from h5py import h5d, h5p, h5s, h5t

directory, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
random = np.random.default_rng(seed)
VERSIONS = [("earliest", "v108"), ("v108", "v110"), ("v110", "v110"), ("earliest", "latest"), ("latest", "latest")]
TYPES = ["u1", "i1"] + [order + kind for order in "<>" for kind in ("u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8")] + ["g", "?"]


def custom(base, size, sign, exponent, exponent_bits, mantissa, mantissa_bits, bias, order=h5t.ORDER_LE):
    """A float that is none of IEEE's."""
    t = base.copy()
    t.set_fields(sign, exponent, exponent_bits, mantissa, mantissa_bits)
    t.set_size(size)
    t.set_ebias(bias)
    t.set_order(order)
    return t


def bfloat16(order):
    return custom(h5t.IEEE_F32LE, 2, 15, 7, 8, 0, 7, 127, order)


def library():
    """The HDF5 library of this process."""
    with open("/proc/self/maps") as maps:
        return ctypes.CDLL(next(m.split()[-1] for m in maps if "libhdf5" in m and "_hl" not in m))


def values(dtype, shape):
    kind = np.dtype(dtype).kind
    n = int(np.prod(shape))
    if kind == "b":
        x = random.integers(0, 2, n)
    elif kind == "f":
        x = random.standard_normal(n) * 10.0 ** random.integers(-6, 4)
        x[random.random(n) < 0.05] = random.choice([0.0, -0.0, np.inf, np.nan, 6e-8, 1e-40])
    else:
        info = np.iinfo(dtype)
        narrow = random.random() < 0.5
        low, high = (0, 50) if narrow else (info.min, info.max)
        x = random.integers(low, high, n, dtype=np.dtype(dtype).newbyteorder("="), endpoint=True)
    with np.errstate(all="ignore"):
        return x.astype(dtype).reshape(shape)


def drawn(f):
    """An array by h5py's own means."""
    dtype = TYPES[random.integers(len(TYPES))]
    rank = random.integers(1, 5)
    shape = tuple(int(s) for s in random.integers(1, [40, 9, 7, 5][:rank], endpoint=True))
    x = values(dtype, shape)
    how = {}
    if random.random() < 0.3:
        how["fillvalue"] = values(dtype, (1,))[0]
    if random.random() < 0.75:
        how["chunks"] = tuple(int(random.integers(1, s, endpoint=True)) for s in shape)
        # no limit: extensible array or B-tree; limits: fixed array; else implicit or single
        limits = random.choice(["none", "one", "all", "fixed"])
        if limits == "one":
            how["maxshape"] = (None,) + shape[1:]
        elif limits == "all":
            how["maxshape"] = (None,) * rank
        elif limits == "fixed":
            how["maxshape"] = tuple(s * 2 for s in shape)
        if random.random() < 0.7:
            how["compression"] = random.choice(["gzip", "lzf", "none"])
            if how["compression"] == "none":
                del how["compression"]
            how["shuffle"] = bool(random.random() < 0.5)
            how["fletcher32"] = bool(random.random() < 0.3)
            if np.dtype(dtype).kind in "iu" and random.random() < 0.3:
                how["scaleoffset"] = 0
                how.pop("fletcher32")
    name = "x"
    if random.random() < 0.2:
        f["named"] = np.dtype(dtype)
        how["dtype"] = f["named"]
    else:
        how["dtype"] = dtype
    d = f.create_dataset(name, shape, **how)
    written = random.random()
    if written < 0.3 and d.chunks:
        d[tuple(slice(0, (s + 1) // 2) for s in shape)] = x[tuple(slice(0, (s + 1) // 2) for s in shape)]
    else:
        d[...] = x
    if d.chunks and random.random() < 0.2 and "scaleoffset" not in how:
        # a chunk whose filters were skipped
        filters = d.id.get_create_plist().get_nfilters()
        if filters:
            edge = np.zeros(d.chunks, dtype)
            part = x[tuple(slice(0, c) for c in d.chunks)]
            edge[tuple(slice(0, c) for c in part.shape)] = part
            d.id.write_direct_chunk((0,) * rank, edge.tobytes(), filter_mask=(1 << filters) - 1)


def low_level(f, ftype, shape, data, memory, chunk=None, fill=None, filters=(), maximum=None, opts=None, part=None, layout=None):
    plist = h5p.create(h5p.DATASET_CREATE)
    if chunk:
        plist.set_chunk(chunk)
    if layout is not None:
        plist.set_layout(layout)
    if fill is not None:
        plist.set_fill_value(np.array(fill))
    for each in filters:
        each(plist)
    d = h5d.create(f.id, b"x", ftype, h5s.create_simple(shape, maximum or shape), plist)
    d.write(h5s.ALL, h5s.ALL, np.ascontiguousarray(data), memory)
    return d


def special():
    """Each takes a file, and makes "x" in it."""
    x = np.arange(60.0).reshape(10, 6) / 7
    i = np.arange(60).reshape(10, 6).astype("i4")

    def fill_nan(f):
        d = f.create_dataset("x", (20, 6), "f4", chunks=(5, 6), fillvalue=np.nan)
        d[:10] = x

    def mask(f):
        d = f.create_dataset("x", (10, 6), "f8", chunks=(5, 6), shuffle=True, compression="gzip")
        d[...] = x
        d.id.write_direct_chunk((5, 0), x[5:].tobytes(), filter_mask=3)

    def lzf_noise(f):
        f.create_dataset("x", data=np.random.default_rng(1).random((20, 64)), chunks=(3, 64), compression="lzf", fletcher32=True)

    def brain(f):
        low_level(f, bfloat16(h5t.ORDER_LE), (10, 6), x, h5t.NATIVE_DOUBLE)

    def brain_big(f):
        low_level(f, bfloat16(h5t.ORDER_BE), (10, 6), x, h5t.NATIVE_DOUBLE, chunk=(3, 4))

    def fp8(f):
        low_level(f, custom(h5t.IEEE_F32LE, 1, 7, 3, 4, 0, 3, 7), (10, 6), x, h5t.NATIVE_DOUBLE)

    def float24(f):
        low_level(f, custom(h5t.IEEE_F64LE, 3, 23, 16, 7, 0, 16, 63), (10, 6), x, h5t.NATIVE_DOUBLE)

    def int24(f):
        t = h5t.STD_I32LE.copy()
        t.set_precision(24)
        t.set_size(3)
        low_level(f, t, (10, 6), i - 30, h5t.NATIVE_INT32)

    def offset_bits(f):
        t = h5t.STD_U32LE.copy()
        t.set_precision(10)
        t.set_offset(7)
        low_level(f, t, (10, 6), i, h5t.NATIVE_INT32)

    def nbit(f):
        t = h5t.STD_U16LE.copy()
        t.set_precision(7)
        low_level(f, t, (10, 6), i, h5t.NATIVE_INT32, chunk=(4, 6), filters=[lambda p: p.set_filter(5, 0, ())])

    def scale_float(f):
        f.create_dataset("x", data=x, chunks=(5, 6), scaleoffset=3)

    def edge(f):
        # partial edge chunks that are not filtered: h5py has no call for it, the library that it has loaded does
        plist = h5p.create(h5p.DATASET_CREATE)
        plist.set_chunk((4, 4))
        plist.set_shuffle()
        plist.set_deflate(4)
        if f.libver[0] in ("v110", "v112", "latest") and library().H5Pset_chunk_opts(ctypes.c_int64(plist.id), ctypes.c_uint(2)) < 0:
            raise RuntimeError("H5Pset_chunk_opts")
        d = h5d.create(f.id, b"x", h5t.IEEE_F64LE, h5s.create_simple((10, 6), (10, 12)), plist)
        d.write(h5s.ALL, h5s.ALL, x)

    def compact(f):
        low_level(f, h5t.IEEE_F64LE, (10, 6), x, h5t.NATIVE_DOUBLE, layout=h5d.COMPACT)

    def external(f):
        raw = os.path.splitext(f.filename)[0] + ".raw"
        x.tofile(raw)
        f.create_dataset("x", (10, 6), "f8", external=[(raw, 0, h5py.h5f.UNLIMITED)])

    def external_part(f):
        raw = os.path.splitext(f.filename)[0] + ".raw"
        x[:4].tofile(raw)
        f.create_dataset("x", (10, 6), "f8", external=[(raw, 0, h5py.h5f.UNLIMITED)])

    def other(f, name):
        path = os.path.splitext(f.filename)[0] + "-other.h5"
        with h5py.File(path, "w") as g:
            g["s"] = x
        return os.path.basename(path) if name is None else name

    def external_link(f):
        f["x"] = h5py.ExternalLink(other(f, None), "/s")

    def dangling(f):
        f["x"] = h5py.ExternalLink(other(f, None), "/nowhere")

    def dangling_file(f):
        f["x"] = h5py.ExternalLink("no-such-file.h5", "/s")

    def dangling_soft(f):
        f["x"] = h5py.SoftLink("/nowhere")

    def soft(f):
        f["g/deep"] = x
        f["x"] = h5py.SoftLink("/g/deep")

    def virtual(f):
        layout = h5py.VirtualLayout((12, 6), "f8")
        layout[:10] = h5py.VirtualSource(other(f, None), "s", (10, 6))
        f.create_virtual_dataset("x", layout, fillvalue=-1)

    def virtual_self(f):
        f["s"] = x
        layout = h5py.VirtualLayout((10, 6), "f8")
        layout[:] = h5py.VirtualSource(".", "s", (10, 6))
        f.create_virtual_dataset("x", layout)

    def virtual_missing(f):
        layout = h5py.VirtualLayout((10, 6), "f8")
        layout[:] = h5py.VirtualSource("no-such-file.h5", "s", (10, 6))
        f.create_virtual_dataset("x", layout)

    def siblings(f):
        f["x"] = x
        f.create_dataset("opaque", data=np.array([b"ab", b"cd"], "V2"))
        f.create_dataset("ref", data=[f["x"].regionref[0:2]], dtype=h5py.regionref_dtype)
        f.create_dataset("vlen", data=["a", "bc"], dtype=h5py.string_dtype())

    def enumerated(f):
        f.create_dataset("x", data=i % 3, dtype=h5py.enum_dtype({"RED": 0, "GREEN": 1, "BLUE": 2}, basetype="i2"))

    def user_block(f):
        f["x"] = x

    def compound(f):
        f["x"] = np.zeros(5, [("a", "f4"), ("b", "i4")])

    def complex_numbers(f):
        f["x"] = x * 1j

    def text(f):
        f["x"] = ["a", "b"]

    def group(f):
        f.create_group("x")

    def vlen(f):
        f.create_dataset("x", (2,), h5py.vlen_dtype("f4"))

    def array_type(f):
        f.create_dataset("x", (3,), np.dtype(("f4", (2, 2))))

    def null_space(f):
        f["x"] = h5py.Empty("f4")

    def type_only(f):
        f["x"] = np.dtype("f4")

    def zstd(f):
        # said to be packed with a filter that nobody has; every chunk skipped it
        plist = h5p.create(h5p.DATASET_CREATE)
        plist.set_chunk((5, 6))
        try:
            plist.set_filter(32015, h5py.h5z.FLAG_OPTIONAL, ())
        except Exception:
            pass
        d = h5d.create(f.id, b"x", h5t.IEEE_F64LE, h5s.create_simple((10, 6)), plist)
        for row in (0, 5):
            d.write_direct_chunk((row, 0), x[row:row + 5].tobytes(), filter_mask=1)

    def deep_chunks(f):
        f.create_dataset("x", data=np.arange(5000.0).reshape(1000, 5), chunks=(3, 2), maxshape=(None, None), shuffle=True)

    def one_chunk(f):
        f.create_dataset("x", data=x, chunks=(10, 6), compression="gzip")

    def order_of_creation(f):
        g = f.create_group("g", track_order=True)
        for n in range(40):
            g["d%d" % n] = x + n
        f["x"] = h5py.SoftLink("/g/d7")

    refused = {dangling, dangling_file, dangling_soft, virtual_missing, compound, complex_numbers, text, group, vlen, array_type, null_space, type_only}
    makers = [v for k, v in list(locals().items()) if callable(v) and k not in ("other",)]
    return [(m, m in refused) for m in makers]


def expected(path):
    with h5py.File(path, "r") as f:
        d = f["x"]
        try:
            with np.errstate(all="ignore"):
                return d[()].astype("<f8"), d.shape
        except TypeError:  # a type that numpy has not: the library converts
            x = np.empty(d.shape)
            d.id.read(h5s.ALL, h5s.ALL, x, h5t.NATIVE_DOUBLE)
            return x, d.shape


def report(name, path, refused):
    if refused:
        print(name, "refused", "-")
        return
    x, shape = expected(path)
    x.tofile(os.path.join(directory, name + ".bin"))
    print(name, "values", "x".join(str(s) for s in shape) or "scalar")


for version in VERSIONS:
    for maker, refused in special():
        name = maker.__name__ + "-" + "-".join(version)
        path = os.path.join(directory, name + ".h5")
        block = 1024 if maker.__name__ == "user_block" else 0
        try:
            with h5py.File(path, "w", libver=version, userblock_size=block) as f:
                maker(f)
        except ValueError as e:
            if "layout version out of bounds" not in str(e):
                raise
            continue  # that version has no such thing
        report(name, path, refused)

for made in range(count):
    version = VERSIONS[random.integers(len(VERSIONS))]
    name = "drawn-%d" % made
    path = os.path.join(directory, name + ".h5")
    with h5py.File(path, "w", libver=version) as f:
        drawn(f)
    report(name, path, False)
