package dev.plumbline.model;

import dev.plumbline.model.WeightNames.Part;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Takes the weights of one layer's MLP. */
record MlpLoader(ModelConfig config, LayerWeights of) {

    Mlp mlp(MlpKind kind) {
        if (kind instanceof MlpKind.WithShared both) {
            return new SharedMlp(mlp(both.routed()), shared(both.sharedWidth()), shareOfShared(both.switched()));
        }
        if (kind instanceof MlpKind.Routed routed) {
            return new ExpertLoader(config, of.names(), of.weights(), of.layer(), routed).mlp();
        }
        if (kind instanceof MlpKind.Plain plain) {
            return plain(config.activation()::apply, plain.width(), plain.biased());
        }
        if (kind instanceof MlpKind.Xielu xielu) {
            return plain(xielu(), xielu.width(), false);
        }
        return dense((MlpKind.Dense) kind);
    }

    private PlainMlp plain(UnaryOperator<Tensor> activation, int f, boolean biased) {
        int d = config.dModel();
        return new PlainMlp(
                activation,
                of.linear(Part.UP, Part.UP_BIAS, biased, f, d),
                of.linear(Part.DOWN, Part.DOWN_BIAS, biased, d, f));
    }

    private Xielu xielu() {
        Tensor beta = number(Part.XIELU_BETA);
        return new Xielu(
                of.owned(() -> softplus(Part.XIELU_POSITIVE)),
                of.owned(() -> softplus(Part.XIELU_NEGATIVE).add(beta)),
                beta,
                number(Part.XIELU_EPS));
    }

    private Tensor softplus(Part part) {
        return of.take(part, 1).to(DType.F32).softplus();
    }

    private Tensor number(Part part) {
        Tensor stored = of.take(part);
        return of.owned(() -> stored.to(DType.F32).reshape(1));
    }

    private GatedMlp shared(int f) {
        int d = config.dModel();
        Linear gateUp = of.has(Part.SHARED_GATE_UP)
                ? of.linear(Part.SHARED_GATE_UP, 2 * f, d)
                : of.joined(
                        List.of(Part.SHARED_GATE, Part.SHARED_UP), List.of(), false, List.of((long) f, (long) f), d);
        return new GatedMlp(config.activation(), gateUp, of.linear(Part.SHARED_DOWN, d, f));
    }

    private Optional<Linear> shareOfShared(boolean switched) {
        return switched ? Optional.of(of.linear(Part.SHARED_SWITCH, 1, config.dModel())) : Optional.empty();
    }

    private GatedMlp dense(MlpKind.Dense kind) {
        int d = config.dModel();
        int f = kind.width();
        Linear gateUp = of.has(Part.GATE_UP) && !kind.biased()
                ? of.linear(Part.GATE_UP, 2 * f, d)
                : of.joined(
                        List.of(Part.GATE, Part.UP),
                        List.of(Part.GATE_BIAS, Part.UP_BIAS),
                        kind.biased(),
                        List.of((long) f, (long) f),
                        d);
        return new GatedMlp(config.activation(), gateUp, of.linear(Part.DOWN, Part.DOWN_BIAS, kind.biased(), d, f));
    }
}
