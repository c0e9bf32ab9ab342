package dev.plumbline.artifact;

/**
 * One file in a zip container.
 *
 * @param size bytes once inflated
 * @param crc CRC-32 of those bytes; 0 where the writer was told not to compute it, as torch can be
 * @param localHeader where the entry begins
 * @param limit where its bytes end at the latest: the next entry, or the central directory
 */
record ZipEntry(String name, boolean deflated, long crc, long compressedSize, long size, long localHeader, long limit) {

    /** Of the fixed part of the header before an entry's bytes. */
    static final int LOCAL_BYTES = 30;
}
