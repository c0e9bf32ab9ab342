package dev.plumbline.artifact;

import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.RoleVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A folder of role vectors, and the default Assistant's among them.
 *
 * @param assistant mean of the default Assistant's responses
 * @param roles the others, sorted by file name
 */
public record RoleVectorFolder(RoleVector assistant, List<RoleVector> roles) {

    public RoleVectorFolder {
        roles = List.copyOf(roles);
    }

    /**
     * Reads every {@code .pt} file of a folder.
     *
     * @throws MalformedArtifactException if a file is not a role vector, or there is not exactly one of the default
     *     Assistant, or fewer than two of roles
     */
    public static RoleVectorFolder read(Path folder) {
        List<RoleVector> assistants = new ArrayList<>();
        List<RoleVector> roles = new ArrayList<>();
        for (Path file : files(folder)) {
            RoleVector vector = RoleVectorFile.read(file);
            (vector.kind() == RoleVector.Kind.MEAN ? assistants : roles).add(vector);
        }
        if (assistants.size() != 1 || roles.size() < 2) {
            throw new MalformedArtifactException(
                    folder,
                    "holds " + assistants.size() + " vectors of the default Assistant (type 'mean') and " + roles.size()
                            + " of roles; expected one, and at least two");
        }
        return new RoleVectorFolder(assistants.get(0), roles);
    }

    /** The axis between the Assistant and the roles. */
    public AssistantAxis axis() {
        return AssistantAxis.between(
                List.of(assistant.vectors()),
                roles.stream().map(RoleVector::vectors).toList());
    }

    private static Iterable<Path> files(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pt")) {
            TreeSet<Path> sorted = new TreeSet<>();
            files.forEach(sorted::add);
            return sorted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
