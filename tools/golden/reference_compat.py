"""Makes compat/: what the reference code of the Assistant Axis itself makes of conversations.

usage: python reference_compat.py REFERENCE_DIR CHAT_FORMATS_DIR CHAT_CHECKPOINT_DIR OUTPUT_DIR

REFERENCE_DIR is a checkout of github.com/safety-research/assistant-axis at a989619; nothing of it is copied, it is run.
CHAT_FORMATS_DIR holds what chat_formats.py made, CHAT_CHECKPOINT_DIR what chat_checkpoint.py made. Needs torch and
transformers (5.x: there apply_chat_template returns a dictionary, which the reference does not expect, so its tokenizers are
asked for a list here).

    spans.json       per format and conversation: the spans of ConversationEncoder.build_turn_spans, each format once under
                     a name with "qwen" and once under one without; an error where the template does not take a part
    responses/*.jsonl, scores/*.json      the input of steps 2 to 5
    activations/*.pt, vectors/*.pt, axis.pt   what the reference's steps 2, 4 and 5 write for it, with the model in fp32
    truncated.pt     means of role_0, with conversations cut off after 40 tokens
"""

import importlib.util
import json
import shutil
import sys
import types
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils import chat_template_utils

from chat_formats import Always

FORMATS = ("gemma2", "gemma3", "granite", "llama2", "llama3", "llama31", "mistral", "mixtral", "olmo2", "phi3", "phi4",
           "qwen25", "qwen3", "r1", "smollm3")
NAMES = {"qwen": "models/Qwen-like", "other": "models/something-else"}


def user(content):
    return {"role": "user", "content": content}


def assistant(content):
    return {"role": "assistant", "content": content}


SINGLE = [{"role": "system", "content": "You are a pirate."}, user("Who are you?"), assistant("  I am the pirate.\n")]
CONVERSATIONS = {
    "role_0": [
        SINGLE,
        [user("Hi"), assistant("Hello! Hi there."), user("Two?"), assistant("Hi")],
        [assistant("I come first."), user("So you do."), assistant("Indeed I do."), user("Well.")],
    ],
    "role_1": [
        [user("one"), user("two"), assistant("three"), assistant("four")],
        [user("long"), assistant("x" * 400)],
        [user("Who are you?"), assistant("Who are you? Who are you?")],
        [user("I say"), assistant("")],
    ],
    "default": [
        [user("Hi"), assistant("I am an assistant.")],
        [user("Two plus two?"), assistant("four")],
    ],
}
SCORES = {"role_0": [3, 3, 3], "role_1": [3, 3, 2, 3]}


def load_reference(root):
    """The parts that are needed: its package imports much more when it is imported as a whole."""
    package = types.ModuleType("assistant_axis")
    package.__path__ = [str(root / "assistant_axis")]
    sys.modules["assistant_axis"] = package
    for missing in ("jsonlines", "tqdm"):
        if importlib.util.find_spec(missing) is None:
            module = types.ModuleType(missing)
            module.tqdm = lambda items, **_: items
            sys.modules[missing] = module
    steps = {}
    for step in ("2_activations", "4_vectors", "5_axis"):
        spec = importlib.util.spec_from_file_location(step, root / "pipeline" / f"{step}.py")
        steps[step] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(steps[step])
    from assistant_axis.internals import ConversationEncoder

    return ConversationEncoder, steps


def tokenizer_of(folder):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    render = tokenizer.apply_chat_template

    def as_list(*arguments, **options):
        if options.get("tokenize", True):
            options["return_dict"] = False
        return render(*arguments, **options)

    tokenizer.apply_chat_template = as_list
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def spans(encoder_class, formats):
    chat_template_utils.datetime = Always
    conversations = json.loads((formats / "cases.json").read_text())["conversations"]
    cases = []
    for folder in (formats / name for name in FORMATS):
        tokenizer = tokenizer_of(folder)
        for kind, name in NAMES.items():
            encoder = encoder_class(tokenizer, name)
            for label, messages in conversations.items():
                options = {"enable_thinking": False} if kind == "qwen" else {}
                made = {"format": folder.name, "name": name, "conversation": label}
                try:
                    ids, found = encoder.build_turn_spans(messages, **options)
                    made["ids"] = len(ids)
                    made["spans"] = [[span["turn"], span["start"], span["end"]] for span in found]
                except Exception as error:  # the reference does not catch it either
                    made["error"] = str(error).splitlines()[0]
                cases.append(made)
    return cases


class Model:
    """What steps of the reference want of its ProbingModel."""

    def __init__(self, folder):
        self.model_name = NAMES["other"]
        self.tokenizer = tokenizer_of(folder)
        self.model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()

    def get_layers(self):
        return self.model.model.layers


def run(step, *arguments):
    sys.argv = [step.__name__, *map(str, arguments)]
    step.main()


def main(reference, formats, checkpoint, out):
    torch.manual_seed(0)
    encoder_class, steps = load_reference(reference)
    shutil.rmtree(out, ignore_errors=True)
    for folder in ("responses", "scores", "activations", "vectors"):
        (out / folder).mkdir(parents=True)
    cases = spans(encoder_class, formats)
    (out / "spans.json").write_text("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")

    model = Model(checkpoint)
    layers = list(range(len(model.get_layers())))
    for role, conversations in CONVERSATIONS.items():
        means = steps["2_activations"].extract_activations_batch(model, conversations, layers)
        keys = [f"pos_p0_q{question}" for question in range(len(conversations))]
        rows = [
            {
                "system_prompt": "",
                "prompt_index": 0,
                "question_index": question,
                "question": "",
                "conversation": conversation,
                "label": "pos",
            }
            for question, conversation in enumerate(conversations)
        ]
        (out / "responses" / f"{role}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        kept = {key: mean.clone() for key, mean in zip(keys, means) if mean is not None}
        torch.save(kept, out / "activations" / f"{role}.pt")
        if role in SCORES:
            (out / "scores" / f"{role}.json").write_text(json.dumps(dict(zip(keys, SCORES[role]))))
    truncated = steps["2_activations"].extract_activations_batch(model, CONVERSATIONS["role_0"], layers, max_length=40)
    keep = {f"pos_p0_q{n}": mean.clone() for n, mean in enumerate(truncated) if mean is not None}
    torch.save(keep, out / "truncated.pt")
    run(steps["4_vectors"], "--activations_dir", out / "activations", "--scores_dir", out / "scores",
        "--output_dir", out / "vectors", "--min_count", 1)
    run(steps["5_axis"], "--vectors_dir", out / "vectors", "--output", out / "axis.pt")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
