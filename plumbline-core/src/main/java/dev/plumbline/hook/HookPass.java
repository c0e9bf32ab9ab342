package dev.plumbline.hook;

import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Shapes;
import dev.plumbline.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The plans of all sequences of one forward pass, resolved to rows of its token stream. Made and used by the model; it
 * lives in the scope it was made in.
 */
public final class HookPass {

    private interface Action {
        Tensor at(Site site, Tensor stream);
    }

    private final Map<Site, List<Action>> actions = new HashMap<>();
    private final List<TokenRun> runs;
    private final int tokens;
    private final Device device;

    /**
     * Resolves the plans, and lets their recorders begin.
     *
     * @param runs the token stream of the pass, in order
     * @param device where the pass computes
     */
    public HookPass(List<TokenRun> runs, Device device) {
        this.runs = runs;
        this.tokens = runs.stream().mapToInt(TokenRun::length).sum();
        this.device = device;
        runs.stream().map(TokenRun::plan).distinct().forEach(this::resolve);
    }

    private void resolve(HookPlan plan) {
        for (HookPlan.Hook hook : plan.hooks()) {
            Selection selection = select(plan, hook.positions());
            if (selection.count() == 0) {
                continue;
            }
            Action action = action(hook, selection);
            for (Site site : hook.sites()) {
                actions.computeIfAbsent(site, s -> new ArrayList<>()).add(action);
            }
        }
    }

    private Action action(HookPlan.Hook hook, Selection selection) {
        Optional<Tensor> rows =
                selection.count() == tokens ? Optional.empty() : Optional.of(Tensor.ofInts(selection.rows(), device));
        if (hook instanceof HookPlan.Editing editing) {
            return (site, stream) -> rows.map(r -> editSome(editing.edit(), site, stream, r))
                    .orElseGet(() -> edit(editing.edit(), site, stream));
        }
        Recorder.Sink sink = ((HookPlan.Recording) hook)
                .recorder()
                .begin(new Rows(selection.sequences(), selection.positions(), device));
        return (site, stream) -> {
            sink.accept(site, rows.map(r -> stream.indexSelect(0, r)).orElse(stream));
            return stream;
        };
    }

    private static Tensor edit(Edit edit, Site site, Tensor activations) {
        Tensor edited = edit.apply(activations);
        return Shapes.require(edited, "Edit at " + site + " returned a tensor that", activations.shape())
                .to(activations.dtype());
    }

    private static Tensor editSome(Edit edit, Site site, Tensor stream, Tensor rows) {
        return stream.copy().indexCopyInPlace(0, rows, edit(edit, site, stream.indexSelect(0, rows)));
    }

    /** Runs the hooks of a site on the residual stream {@code [T, D]}, and returns the stream to go on with. */
    public Tensor at(Site site, Tensor stream) {
        Tensor current = stream;
        for (Action action : actions.getOrDefault(site, List.of())) {
            current = action.at(site, current);
        }
        return current;
    }

    /** The last layer at which something in this pass is touched. */
    public OptionalInt lastLayer() {
        return actions.keySet().stream().mapToInt(Site::layer).max();
    }

    private record Selection(int[] rows, int[] sequences, int[] positions) {
        int count() {
            return rows.length;
        }
    }

    private Selection select(HookPlan plan, Positions positions) {
        int[] rows = new int[tokens];
        int[] sequences = new int[tokens];
        int[] absolute = new int[tokens];
        int count = 0;
        int row = 0;
        for (TokenRun run : runs) {
            for (int i = 0; i < run.length(); i++, row++) {
                if (run.plan() == plan && positions.covers(run.layout(), run.start() + i)) {
                    rows[count] = row;
                    sequences[count] = run.sequence();
                    absolute[count] = run.start() + i;
                    count++;
                }
            }
        }
        return new Selection(
                Arrays.copyOf(rows, count), Arrays.copyOf(sequences, count), Arrays.copyOf(absolute, count));
    }
}
