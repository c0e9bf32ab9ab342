package dev.plumbline.nano.eval;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.generate.Sampling;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.tensor.TensorData;
import dev.plumbline.text.Conversation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The engine, as an evaluation asks it. */
public final class EngineResponder implements Responder {
    private static final double TEMPERATURE = 0.7;

    private final LanguageModel model;
    private final HookPlan plan;

    public EngineResponder(LanguageModel model) {
        this(model, HookPlan.empty());
    }

    /** @param plan what is seen and changed while responses are generated */
    public EngineResponder(LanguageModel model, HookPlan plan) {
        this.model = model;
        this.plan = plan;
    }

    @Override
    public List<Response> respond(List<Conversation> conversations, List<Long> seeds, int maxTokens) {
        List<RolloutRequest> requests = new ArrayList<>();
        for (int i = 0; i < conversations.size(); i++) {
            requests.add(new RolloutRequest(Integer.toString(i), conversations.get(i), seeds.get(i)));
        }
        int nLayers = model.config().nLayers();
        TensorData none = TensorData.ofFloats(
                new float[nLayers * model.config().dModel()],
                nLayers,
                model.config().dModel());
        Response[] responses = new Response[requests.size()];
        model.generate(
                requests,
                new Sampling(TEMPERATURE, 1, 0, maxTokens),
                plan,
                ResponseCapture.allOf(nLayers),
                rollout -> responses[Integer.parseInt(rollout.request().id())] =
                        new Response(rollout.text(), rollout.responseMean().orElse(none)));
        return Arrays.asList(responses);
    }
}
