/**
 * Arrays of HDF5 files, read by the C library, so that values are what every other program reads: chunks that were never
 * written, filters that were skipped, virtual arrays, numbers of any format. The library runs in a process of its own: a
 * damaged file can crash it.
 *
 * <p>{@link org.aevo.data.hdf5.Hdf5Reader} is the way in. {@link org.aevo.data.hdf5.Hdf5Writer} writes what is larger than
 * memory, which jHDF cannot. This package imports nothing of the project.
 */
package org.aevo.data.hdf5;
