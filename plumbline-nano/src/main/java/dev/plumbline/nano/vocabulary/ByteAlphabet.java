package dev.plumbline.nano.vocabulary;

import java.nio.charset.StandardCharsets;

/**
 * The printable character that stands for each byte in a byte-level vocabulary (Radford et al. 2019): printable Latin-1
 * stands for itself, and the other bytes, in order, for the characters from U+0100 on.
 */
final class ByteAlphabet {
    private static final char[] OF_BYTE = new char[256];

    static {
        int next = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
            OF_BYTE[b] = (char) (printable ? b : next++);
        }
    }

    private ByteAlphabet() {}

    static char of(int unsignedByte) {
        return OF_BYTE[unsignedByte];
    }

    /** The UTF-8 bytes of a text, each as its character. */
    static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder characters = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            characters.append(OF_BYTE[b & 0xff]);
        }
        return characters.toString();
    }
}
