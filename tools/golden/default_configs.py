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
    "Ernie4_5ForCausalLM", "Exaone4ForCausalLM", "FalconForCausalLM", "GPT2LMHeadModel", "GPTJForCausalLM",
    "GPTNeoXForCausalLM", "Gemma2ForCausalLM", "Gemma3ForCausalLM", "Gemma3ForConditionalGeneration",
    "GemmaForCausalLM", "Glm4ForCausalLM", "GlmForCausalLM", "GraniteForCausalLM", "HeliumForCausalLM",
    "HunYuanDenseV1ForCausalLM", "HyperCLOVAXForCausalLM", "Jais2ForCausalLM", "LlamaForCausalLM",
    "MinistralForCausalLM", "Mistral3ForConditionalGeneration", "MistralForCausalLM", "MixtralForCausalLM",
    "NanoChatForCausalLM", "NemotronForCausalLM", "Olmo2ForCausalLM", "Olmo3ForCausalLM", "OlmoForCausalLM",
    "OlmoeForCausalLM", "Phi3ForCausalLM", "PhiForCausalLM", "Qwen2ForCausalLM", "Qwen3ForCausalLM",
    "Qwen3MoeForCausalLM", "SeedOssForCausalLM", "SmolLM3ForCausalLM", "StableLmForCausalLM", "Starcoder2ForCausalLM",
    "VaultGemmaForCausalLM",
)


def main(out):
    configs = []
    for architecture in ARCHITECTURES:
        config = getattr(transformers, architecture).config_class()
        config.architectures = [architecture]
        configs.append({"config": config.to_dict(), "layers": config.get_text_config().num_hidden_layers})
    text = ",\n".join(json.dumps(c, separators=(",", ":"), sort_keys=True) for c in configs)
    (out / "default_configs.json").write_text(f"[\n{text}\n]\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
