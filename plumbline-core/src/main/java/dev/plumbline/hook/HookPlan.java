package dev.plumbline.hook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Recorders and edits in order. At a site they run in the order of the list, so a recorder sees the edits listed before
 * it and not those after it. An empty plan changes no bit of the computation.
 */
public final class HookPlan {

    private static final HookPlan EMPTY = new HookPlan(List.of());

    sealed interface Hook {
        Set<Site> sites();

        Positions positions();
    }

    record Recording(Set<Site> sites, Positions positions, Recorder recorder) implements Hook {}

    record Editing(Set<Site> sites, Positions positions, Edit edit) implements Hook {}

    private final List<Hook> hooks;

    private HookPlan(List<Hook> hooks) {
        this.hooks = hooks;
    }

    public static HookPlan empty() {
        return EMPTY;
    }

    /** This plan followed by a recorder at some sites. */
    public HookPlan record(Collection<Site> sites, Positions positions, Recorder recorder) {
        return plus(List.of(new Recording(Set.copyOf(sites), positions, recorder)));
    }

    /** This plan followed by an edit at one site. */
    public HookPlan edit(Site site, Positions positions, Edit edit) {
        return plus(List.of(new Editing(Set.of(site), positions, edit)));
    }

    /** This plan followed by another. */
    public HookPlan then(HookPlan other) {
        return plus(other.hooks);
    }

    /** This plan for tokens that have run through it before: its edits do the same but {@linkplain Edit#again count nothing}. */
    public HookPlan again() {
        return new HookPlan(hooks.stream()
                .map(hook -> hook instanceof Editing editing
                        ? new Editing(
                                editing.sites(),
                                editing.positions(),
                                editing.edit().again())
                        : hook)
                .toList());
    }

    /** This plan for several threads at once: its recorders see one at a time. Edits are thread-safe as they are. */
    public HookPlan oneAtATime() {
        Object lock = new Object();
        return new HookPlan(hooks.stream()
                .map(hook -> hook instanceof Recording recording
                        ? new Recording(
                                recording.sites(), recording.positions(), oneAtATime(recording.recorder(), lock))
                        : hook)
                .toList());
    }

    private static Recorder oneAtATime(Recorder recorder, Object lock) {
        return rows -> {
            synchronized (lock) {
                Recorder.Sink sink = recorder.begin(rows);
                return (site, activations) -> {
                    synchronized (lock) {
                        sink.accept(site, activations);
                    }
                };
            }
        };
    }

    private HookPlan plus(List<Hook> more) {
        List<Hook> longer = new ArrayList<>(hooks);
        longer.addAll(more);
        return new HookPlan(List.copyOf(longer));
    }

    public boolean isEmpty() {
        return hooks.isEmpty();
    }

    /** The last layer that any hook of the plan touches. */
    public OptionalInt lastLayer() {
        return hooks.stream()
                .flatMap(hook -> hook.sites().stream())
                .mapToInt(Site::layer)
                .max();
    }

    /** The first position of a sequence that any hook sees or changes; its length if none does. */
    public int firstTouched(SequenceLayout layout, int length) {
        for (int position = 0; position < length; position++) {
            for (Hook hook : hooks) {
                if (hook.positions().covers(layout, position)) {
                    return position;
                }
            }
        }
        return length;
    }

    List<Hook> hooks() {
        return hooks;
    }
}
