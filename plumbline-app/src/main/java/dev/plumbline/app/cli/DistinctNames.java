package dev.plumbline.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Short names for files and things like them, no two alike. */
final class DistinctNames {
    private DistinctNames() {}

    /** File names without their endings; where two are alike, with their folders. */
    static List<String> ofFiles(List<Path> files) {
        return of(
                files.stream().map(file -> List.of(stem(file), inFolder(file))).toList());
    }

    /**
     * For each thing the first of its names that no other thing has at the same place, else its last with its number.
     *
     * @param names of each thing, from the shortest on; as many for each
     */
    static List<String> of(List<List<String>> names) {
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            chosen.add(choose(names, i));
        }
        return chosen;
    }

    private static String choose(List<List<String>> names, int thing) {
        int last = names.get(thing).size() - 1;
        for (int place = 0; place <= last; place++) {
            int at = place;
            List<String> all = names.stream().map(each -> each.get(at)).toList();
            if (Collections.frequency(all, all.get(thing)) == 1) {
                return all.get(thing);
            }
        }
        return names.get(thing).get(last) + "-" + (thing + 1);
    }

    static String inFolder(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return (folder == null ? "" : folder.getFileName() + "-") + stem(file);
    }

    static String stem(Path file) {
        return String.valueOf(file.getFileName())
                .replaceFirst("(?:\\.(?:json|md|markdown|txt|pt|safetensors|npy|npz|gguf))+$", "");
    }
}
