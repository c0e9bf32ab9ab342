package dev.plumbline.steer;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.SequenceLayout;
import dev.plumbline.hook.Site;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short names of directions and treatments, the same for the same ones, by which a resumed run knows its own. */
public final class TreatmentDigest {

    private static final int BYTES = 8;
    /** Prompt, response in the prompt, prompt, last, generated, generated: a token of each kind that positions tell apart. */
    private static final SequenceLayout KINDS = SequenceLayout.prompt(4).withResponse(1, 2);

    private static final int KIND_COUNT = 6;

    private TreatmentDigest() {}

    /** A digest of a direction's site and vector. */
    public static String of(Direction direction) {
        MessageDigest digest = sha256();
        add(digest, direction);
        return short16(digest);
    }

    /** {@code none}, or the number of interventions and a digest of all that they do and to which tokens. */
    public static String of(Treatment treatment) {
        if (treatment.isEmpty()) {
            return "none";
        }
        MessageDigest digest = sha256();
        for (Intervention intervention : treatment.interventions()) {
            digest.update(intervention.toString().getBytes(StandardCharsets.UTF_8));
            add(digest, intervention.direction());
            // What is added to an activation that has nothing yet: of some interventions a whole vector.
            add(digest, intervention.apply(new float[intervention.direction().dModel()]));
        }
        Positions positions = treatment.positions();
        for (int position = 0; position < KIND_COUNT; position++) {
            digest.update((byte) (positions.covers(KINDS, position) ? 1 : 0));
        }
        return treatment.interventions().size() + " interventions, " + short16(digest);
    }

    private static void add(MessageDigest digest, Direction direction) {
        digest.update(written(direction.site()).getBytes(StandardCharsets.UTF_8));
        add(digest, direction.vector());
    }

    private static void add(MessageDigest digest, float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
        bytes.asFloatBuffer().put(vector);
        digest.update(bytes);
    }

    private static String short16(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Never to change: digests are kept in runs, and compared with those of later versions. */
    private static String written(Site site) {
        return "Site[layer=" + site.layer() + ", point=" + site.point() + "]";
    }
}
