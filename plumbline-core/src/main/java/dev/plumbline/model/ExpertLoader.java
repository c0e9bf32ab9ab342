package dev.plumbline.model;

import dev.plumbline.checkpoint.Weights;
import dev.plumbline.checkpoint.Weights.Stacking;
import dev.plumbline.model.WeightNames.Part;
import dev.plumbline.tensor.LinearWeight;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the weights of the router and the experts of one layer, however they are stored. */
record ExpertLoader(ModelConfig config, WeightNames names, Weights weights, int layer, MlpKind.Routed kind) {

    RoutedMlp mlp() {
        return new RoutedMlp(router(), experts(), kind.routing().weighing().on());
    }

    private Router router() {
        String name = names.of(layer, Part.ROUTER);
        int n = kind.experts();
        boolean corrected = kind.routing().choice().corrected();
        LinearWeight weight = corrected
                ? LinearWeight.asItIs(weights.takeInF32(name, n, config.dModel()))
                : weights.takeLinear(List.of(name), List.of((long) n), config.dModel());
        Optional<Tensor> bias = kind.routing().biased()
                ? Optional.of(weights.take(names.of(layer, Part.ROUTER_BIAS), n))
                : Optional.empty();
        return new Router(new Linear(weight, bias), kind, corrected ? correction(n) : new float[0]);
    }

    private float[] correction(int n) {
        Tensor stored = names.has(Part.ROUTER_CORRECTION_ROW)
                ? weights.takeInF32(names.of(layer, Part.ROUTER_CORRECTION_ROW), 1, n)
                : weights.takeInF32(names.of(layer, Part.ROUTER_CORRECTION), n);
        try (TensorScope scope = TensorScope.open()) {
            return stored.toFloats();
        }
    }

    private List<Mlp> experts() {
        List<Mlp> experts = new ArrayList<>();
        if (kind.gate() instanceof MlpKind.ExpertGate.Clamped clamped) {
            Tensor biases = byTurns(Part.EXPERTS_GATE_UP_BIAS);
            Tensor downBiases = weights.take(names.of(layer, Part.EXPERTS_DOWN_BIAS), kind.experts(), config.dModel());
            for (int i = 0; i < kind.experts(); i++) {
                experts.add(new ClampedMlp(
                        clamped,
                        new Linear(gateUp(i), Optional.of(row(biases, i))),
                        new Linear(down(i), Optional.of(row(downBiases, i)))));
            }
        } else {
            for (int i = 0; i < kind.experts(); i++) {
                experts.add(new GatedMlp(
                        config.activation(),
                        new Linear(gateUp(i), Optional.empty()),
                        new Linear(down(i), Optional.empty())));
            }
        }
        return experts;
    }

    private LinearWeight gateUp(int expert) {
        if (names.has(Part.EXPERTS_GATE_UP)) {
            return gateUp(expert, Part.EXPERTS_GATE_UP, Stacking.ROWS);
        }
        if (names.has(Part.EXPERTS_GATE_UP_COLUMNS)) {
            return gateUp(expert, Part.EXPERTS_GATE_UP_COLUMNS, Stacking.COLUMNS);
        }
        if (names.has(Part.EXPERTS_GATE_UP_ALTERNATING)) {
            return gateUp(expert, Part.EXPERTS_GATE_UP_ALTERNATING, Stacking.ALTERNATING_COLUMNS);
        }
        return weights.takeLinear(
                List.of(names.of(layer, Part.EXPERT_GATE, expert), names.of(layer, Part.EXPERT_UP, expert)),
                List.of((long) kind.width(), (long) kind.width()),
                config.dModel());
    }

    private LinearWeight gateUp(int expert, Part part, Stacking stacking) {
        return weights.takeLinearOf(
                names.of(layer, part), stacking, kind.experts(), expert, 2L * kind.width(), config.dModel());
    }

    private LinearWeight down(int expert) {
        if (names.has(Part.EXPERTS_DOWN)) {
            return down(expert, Part.EXPERTS_DOWN, Stacking.ROWS);
        }
        if (names.has(Part.EXPERTS_DOWN_COLUMNS)) {
            return down(expert, Part.EXPERTS_DOWN_COLUMNS, Stacking.COLUMNS);
        }
        return weights.takeLinear(
                List.of(names.of(layer, Part.EXPERT_DOWN, expert)), List.of((long) config.dModel()), kind.width());
    }

    private LinearWeight down(int expert, Part part, Stacking stacking) {
        return weights.takeLinearOf(
                names.of(layer, part), stacking, kind.experts(), expert, config.dModel(), kind.width());
    }

    /** Biases {@code [experts, 2F]} of gate, then up, from those that alternate as their columns do. */
    private Tensor byTurns(Part part) {
        int f = kind.width();
        Tensor stored = weights.take(names.of(layer, part), kind.experts(), 2L * f);
        try (TensorScope scope = TensorScope.open()) {
            return weights.own(stored.view(kind.experts(), f, 2).transpose(1, 2).reshape(kind.experts(), 2L * f));
        }
    }

    private Tensor row(Tensor rows, int index) {
        try (TensorScope scope = TensorScope.open()) {
            return weights.own(rows.select(0, index));
        }
    }
}
