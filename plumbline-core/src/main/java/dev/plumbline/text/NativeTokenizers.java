package dev.plumbline.text;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;

/**
 * The Rust tokenizers library by way of DJL's native layer. The layer is used directly because DJL's own tokenizer class
 * reports each use to a server, reads the whole file a second time, and fetches much more of an encoding than is needed.
 */
final class NativeTokenizers {
    private static final String OFFLINE = "ai.djl.offline";

    private NativeTokenizers() {}

    /** The library, unpacked from its jar into DJL's cache folder on first use; never downloaded. */
    static TokenizersLibrary library() {
        return Holder.LIBRARY;
    }

    private static final class Holder {
        static final TokenizersLibrary LIBRARY = load();

        private static TokenizersLibrary load() {
            // Where a GPU is found, DJL would download another build of the library unless it is told to stay offline.
            String before = System.getProperty(OFFLINE);
            System.setProperty(OFFLINE, "true");
            try {
                LibUtils.checkStatus();
            } finally {
                if (before == null) {
                    System.clearProperty(OFFLINE);
                } else {
                    System.setProperty(OFFLINE, before);
                }
            }
            return TokenizersLibrary.LIB;
        }
    }
}
