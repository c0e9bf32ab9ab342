"""Makes default_configs.json: the configuration that transformers writes for each supported architecture by default.

usage: python default_configs.py OUTPUT_DIR

Needs transformers (5.x). Every key that its classes know is in there, also those that published files leave out.
"""

import json
import sys
from pathlib import Path

import transformers

ARCHITECTURES = (
    "ApertusForCausalLM", "ArceeForCausalLM", "Cohere2ForCausalLM", "CohereForCausalLM", "CwmForCausalLM",
    "Dots1ForCausalLM", "Ernie4_5ForCausalLM", "Ernie4_5_MoeForCausalLM", "Exaone4ForCausalLM", "ExaoneMoeForCausalLM",
    "FalconForCausalLM", "GPT2LMHeadModel", "GPTJForCausalLM", "GPTNeoXForCausalLM", "Gemma2ForCausalLM",
    "Gemma3ForCausalLM", "Gemma3ForConditionalGeneration", "Gemma4ForCausalLM", "Gemma4ForConditionalGeneration",
    "GemmaForCausalLM", "Glm4ForCausalLM", "Glm4MoeForCausalLM", "GlmForCausalLM", "GptOssForCausalLM",
    "GraniteForCausalLM", "GraniteMoeForCausalLM", "GraniteMoeSWAForCausalLM",
    "GraniteMoeSharedForCausalLM", "GraniteSWAForCausalLM", "HeliumForCausalLM", "HunYuanDenseV1ForCausalLM",
    "HyperCLOVAXForCausalLM", "Jais2ForCausalLM", "Llama4ForCausalLM", "Llama4ForConditionalGeneration",
    "LlamaForCausalLM", "MiniMaxM2ForCausalLM", "MinistralForCausalLM", "Mistral3ForConditionalGeneration",
    "MistralForCausalLM", "MixtralForCausalLM", "NanoChatForCausalLM", "NemotronForCausalLM", "Olmo2ForCausalLM",
    "Olmo3ForCausalLM", "OlmoForCausalLM", "OlmoeForCausalLM", "Phi3ForCausalLM", "PhiForCausalLM", "Qwen2ForCausalLM",
    "Qwen2MoeForCausalLM", "Qwen3ForCausalLM", "Qwen3MoeForCausalLM", "SeedOssForCausalLM", "SmolLM3ForCausalLM",
    "SolarOpenForCausalLM", "StableLmForCausalLM", "Starcoder2ForCausalLM", "VaultGemmaForCausalLM",
)

# What a class leaves open by default, or cannot compute with.
MISSING = {
    "Dots1ForCausalLM": dict(n_routed_experts=128, n_shared_experts=2, num_experts_per_tok=6),
    "Gemma4ForCausalLM": dict(hidden_size_per_layer_input=0),
    "Gemma4ForConditionalGeneration": dict(text_config=dict(hidden_size_per_layer_input=0)),
    "Glm4MoeForCausalLM": dict(head_dim=128),
}


def main(out):
    configs = []
    for architecture in ARCHITECTURES:
        config = getattr(transformers, architecture).config_class(**MISSING.get(architecture, {}))
        config.architectures = [architecture]
        configs.append({"config": config.to_dict(), "layers": config.get_text_config().num_hidden_layers})
    text = ",\n".join(json.dumps(c, separators=(",", ":"), sort_keys=True) for c in configs)
    (out / "default_configs.json").write_text(f"[\n{text}\n]\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
