package org.aevo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Formats of files, told by their first bytes, and how to get data out of those that are not read. */
enum FileFormat {
    HDF5("an HDF5 file", "set data.kind to hdf5 and data.dataset", 0, "\u0089HDF\r\n\u001a\n"),
    NPY("a NumPy array (.npy)", "set data.kind to npy", 0, "\u0093NUMPY"),
    PNG("a PNG image", "set data.kind to images and data.path to its folder", 0, "\u0089PNG"),
    JPEG("a JPEG image", "set data.kind to images and data.path to its folder", 0, "\u00ff\u00d8\u00ff"),
    ZIP(
            "a zip archive",
            "if it holds NumPy arrays (.npz), set data.kind to npy and data.dataset; if PyTorch wrote it (.pt), convert"
                    + " it with Python: numpy.save('x.npy', torch.load('x.pt').numpy())",
            0,
            "PK\u0003\u0004"),
    MATLAB5(
            "a MATLAB file of version 5",
            "save it in MATLAB with -v7.3, which is HDF5, or convert it with Python: numpy.save('x.npy',"
                    + " scipy.io.loadmat('x.mat')['x'])",
            0,
            "MATLAB 5.0 MAT-file"),
    NETCDF3("a netCDF file of version 3", "convert it to HDF5: nccopy -k netCDF-4", 0, "CDF"),
    XZ("an xz file", "unpack it: xz -d", 0, "\u00fd7zXZ\u0000"),
    BZIP2("a bzip2 file", "unpack it: bzip2 -d", 0, "BZh"),
    ZSTD("a zstd file", "unpack it: zstd -d", 0, "(\u00b5/\u00fd"),
    SEVEN_ZIP("a 7-zip archive", "unpack it: 7z x", 0, "7z\u00bc\u00af"),
    GZIP("a gzip file", "unpack it: gzip -d", 0, "\u001f\u008b"),
    PARQUET(
            "a Parquet table",
            "convert it with Python: pandas.read_parquet('x.parquet').to_csv('x.csv', index=False), and set data.kind to"
                    + " csv",
            0,
            "PAR1"),
    ARROW(
            "an Arrow table",
            "convert it with Python: pandas.read_feather('x.arrow').to_csv('x.csv', index=False), and set data.kind to"
                    + " csv",
            0,
            "ARROW1"),
    TIFF_LITTLE(
            "a TIFF image", "convert it with Python: numpy.save('x.npy', skimage.io.imread('x.tif'))", 0, "II*\u0000"),
    TIFF_BIG("a TIFF image", "convert it with Python: numpy.save('x.npy', skimage.io.imread('x.tif'))", 0, "MM\u0000*"),
    BMP("a BMP image", "convert it to PNG: mogrify -format png", 0, "BM"),
    GIF("a GIF image", "convert it to PNG: mogrify -format png", 0, "GIF8"),
    WEBP("a WebP image", "convert it to PNG: mogrify -format png", 8, "WEBP"),
    WAVE("a WAVE sound", "convert it with Python: numpy.save('x.npy', scipy.io.wavfile.read('x.wav')[1])", 8, "WAVE"),
    FITS(
            "a FITS file",
            "convert it with Python: numpy.save('x.npy', astropy.io.fits.getdata('x.fits'))",
            0,
            "SIMPLE  ="),
    NIFTI("a NIfTI file", "convert it with Python: numpy.save('x.npy', nibabel.load('x.nii').get_fdata())", 344, "n+1"),
    DICOM(
            "a DICOM file",
            "convert it with Python: numpy.save('x.npy', pydicom.dcmread('x.dcm').pixel_array)",
            128,
            "DICM"),
    HDF4("an HDF file of version 4", "convert it to HDF5: h4toh5", 0, "\u000e\u0003\u0013\u0001"),
    SQLITE("an SQLite database", "write its table as CSV: sqlite3 -csv -header, and set data.kind to csv", 0, "SQLite"),
    TAR("a tar archive", "unpack it: tar -xf", 257, "ustar"),
    PICKLE(
            "a Python pickle",
            "convert it with Python: numpy.save('x.npy', numpy.asarray(pickle.load(open('x.pkl', 'rb'))))",
            0,
            "\u0080"),
    TEXT("a text file", "if it is a table (CSV), set data.kind to csv; else convert it to HDF5 with h5py", 0, "");

    private static final int LOOK = 512;
    private static final int MOST_PICKLE = 5;

    private final String noun;
    private final String mend;
    private final int offset;
    private final byte[] magic;

    FileFormat(String noun, String mend, int offset, String magic) {
        this.noun = noun;
        this.mend = mend;
        this.offset = offset;
        this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The format of a file that can be read; empty if it is another. */
    static Optional<FileFormat> of(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(LOOK);
            return Arrays.stream(values()).filter(format -> format.fits(start)).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean fits(byte[] start) {
        if (this == TEXT) {
            return start.length > 0 && isText(start);
        }
        int end = offset + magic.length;
        return start.length >= end
                && Arrays.equals(start, offset, end, magic, 0, magic.length)
                && (this != PICKLE || start.length > 1 && start[1] >= 2 && start[1] <= MOST_PICKLE);
    }

    private static boolean isText(byte[] start) {
        for (byte b : start) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    /** What a file is that is not what it should be, and what to do; empty if that is not known. */
    static Optional<String> hint(Path path) {
        return of(path).map(format -> "it is " + format.noun + ": " + format.mend);
    }

    /**
     * Refuses a file that is of another format that is known.
     *
     * @param what it should be
     */
    static void mustBe(FileFormat wanted, Path path, String what) {
        of(path).filter(found -> found != wanted).ifPresent(found -> {
            throw new DataException(path + ": not " + what + ": it is " + found.noun + ": " + found.mend);
        });
    }
}
