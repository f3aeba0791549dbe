"""Makes the adapters beside this file: written by PEFT, with the logits that PEFT gives for them.

Made with torch 2.13.0, transformers 5.18.0 and peft 0.21.0: python3 make.py
"""

import json
import pathlib

import torch
from peft import (
    IA3Config,
    LoraConfig,
    PeftModel,
    PrefixTuningConfig,
    PromptEncoderConfig,
    PromptTuningConfig,
    get_peft_model,
)
from transformers import AutoModelForSequenceClassification, PreTrainedTokenizerFast

HERE = pathlib.Path(__file__).parent
TEXTS = ["the nurse was kind", "we waited long and nobody was there", "bad food and a cold room"]
HEAD = ["classifier", "bert.pooler.dense"]


def family(name):
    first = name.split("-")[0]
    return first if first in ("gpt2", "roberta") else "bert"


def base(name):
    torch.manual_seed(0)
    folder = HERE / f"base-{family(name)}"
    model = AutoModelForSequenceClassification.from_pretrained(folder, num_labels=3)
    return model.eval()


def lora(**other):
    chosen = {"r": 4, "lora_alpha": 8, "target_modules": ["query", "value"]} | other
    return LoraConfig(task_type="SEQ_CLS", **chosen)


virtual = {"task_type": "SEQ_CLS", "num_virtual_tokens": 3}
configs = {
    "lora": lora(),
    "lora-rs": lora(use_rslora=True, layers_to_transform=[1]),
    "lora-expressions": lora(
        target_modules=r".*layer\.[01]\.attention\.self\.(query|key)",
        rank_pattern={r"layer\.0\.attention\.self\.query": 2},
        alpha_pattern={r"layer\.\d\.attention.*key": 3},
    ),
    "lora-embeddings": lora(
        target_modules=["query", "word_embeddings"],
        rank_pattern={"word_embeddings": 2},
        alpha_pattern={"word_embeddings": 32},
    ),
    "dora": lora(use_dora=True),
    "ia3": IA3Config(task_type="SEQ_CLS"),
    "prompt": PromptTuningConfig(**virtual),
    "p-tuning": PromptEncoderConfig(encoder_hidden_size=8, **virtual),
    "prefix": PrefixTuningConfig(**virtual),
    "gpt2-lora": lora(target_modules=["c_attn"], fan_in_fan_out=True),
    "gpt2-dora": lora(target_modules=["c_attn", "c_fc"], fan_in_fan_out=True, use_dora=True),
    "gpt2-ia3": IA3Config(task_type="SEQ_CLS", fan_in_fan_out=True),
    "gpt2-prefix": PrefixTuningConfig(**virtual),
    "roberta-lora": lora(),
    "roberta-prompt": PromptTuningConfig(**virtual),
}
tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(HERE / "base-bert" / "tokenizer.json"))
logits = {}
for name, config in configs.items():
    head = HEAD if family(name) == "bert" else None
    config.modules_to_save = head
    model = get_peft_model(base(name), config)
    torch.manual_seed(5)
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data += 0.2 * torch.randn_like(parameter)
    config.base_model_name_or_path = f"base-{family(name)}"
    config.modules_to_save = head or ["classifier", "score"]
    model.save_pretrained(HERE / name)
    (HERE / name / "README.md").unlink()
    model = PeftModel.from_pretrained(base(name), HERE / name).double().eval()
    with torch.no_grad():
        logits[name] = [
            model(input_ids=ids, attention_mask=torch.ones_like(ids)).logits[0].tolist()
            for ids in (torch.tensor([tokenizer(text)["input_ids"]]) for text in TEXTS)
        ]
with open(HERE / "logits.json", "w") as file:
    json.dump({"texts": TEXTS, "logits": logits}, file, indent=1)
    file.write("\n")
