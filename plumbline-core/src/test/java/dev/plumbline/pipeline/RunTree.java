package dev.plumbline.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Small runs, and everything that one left on disk. */
final class RunTree {

    private RunTree() {}

    static List<RoleFile> roles(int characters, int prompts) {
        List<RoleFile> roles = new ArrayList<>();
        roles.add(new RoleFile("default", List.of("", "You are {model_name}."), List.of(), Optional.empty()));
        for (int i = 0; i < characters; i++) {
            List<String> instructions = new ArrayList<>();
            for (int prompt = 0; prompt < prompts; prompt++) {
                instructions.add("Be character " + i + ", variant " + prompt + ".");
            }
            roles.add(new RoleFile("role_" + i, instructions, List.of(), Optional.empty()));
        }
        return roles;
    }

    static List<String> questions(int n) {
        return Stream.iterate(0, i -> i + 1)
                .limit(n)
                .map(i -> "Question " + i + "?")
                .toList();
    }

    static PipelineOptions.Builder options(Path directory) {
        return PipelineOptions.in(directory)
                .roles(roles(3, 1))
                .questions(questions(9))
                .modelName("Fake")
                .seed(7)
                .judgeConcurrency(3)
                .minCount(2);
    }

    /** Every file by its path, but for the lock. */
    static SortedMap<String, String> of(Path directory) {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString();
                if (!name.equals("run.lock")) {
                    byte[] bytes = Files.readAllBytes(file);
                    files.put(
                            name,
                            name.endsWith(".pt")
                                    ? "bytes " + Arrays.hashCode(bytes)
                                    : new String(bytes, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** What differs between two runs, file by file. */
    static List<String> differences(Path one, Path other) {
        SortedMap<String, String> ours = of(one);
        SortedMap<String, String> theirs = of(other);
        Set<String> names = new TreeSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(ours.get(name), theirs.get(name)))
                .map(name -> name + ": " + ours.get(name) + "\n versus \n" + theirs.get(name))
                .toList();
    }
}
