"""Makes the adapters answers-* beside this file, of PEFT's task QUESTION_ANS, with PEFT's scores.

Made with torch 2.13.0, transformers 5.18.0 and peft 0.21.0: python3 make_answers.py
"""

import json
import pathlib

import torch
from peft import (
    IA3Config,
    LoraConfig,
    PeftModel,
    PrefixTuningConfig,
    PromptTuningConfig,
    get_peft_model,
)
from transformers import AutoModelForQuestionAnswering, PreTrainedTokenizerFast

HERE = pathlib.Path(__file__).parent
TEXTS = ["the nurse was kind", "we waited long and nobody was there", "bad food and a cold room"]


def base(name):
    torch.manual_seed(0)
    folder = HERE / f"base-{name.split('-')[1]}"
    return AutoModelForQuestionAnswering.from_pretrained(folder).eval()


task = {"task_type": "QUESTION_ANS"}
virtual = {"num_virtual_tokens": 3} | task
configs = {
    "answers-bert-lora": LoraConfig(r=4, target_modules=["query", "value"], **task),
    "answers-bert-ia3": IA3Config(**task),
    "answers-bert-prompt": PromptTuningConfig(**virtual),
    "answers-bert-prefix": PrefixTuningConfig(**virtual),
    "answers-roberta-lora": LoraConfig(r=4, target_modules=["query", "value"], **task),
    "answers-gpt2-lora": LoraConfig(r=4, target_modules=["c_attn"], fan_in_fan_out=True, **task),
}
tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(HERE / "base-bert" / "tokenizer.json"))
scores = {}
for name, config in configs.items():
    model = get_peft_model(base(name), config)
    torch.manual_seed(5)
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data += 0.2 * torch.randn_like(parameter)
    config.base_model_name_or_path = f"base-{name.split('-')[1]}"
    model.save_pretrained(HERE / name)
    (HERE / name / "README.md").unlink()
    model = PeftModel.from_pretrained(base(name), HERE / name).double().eval()
    scores[name] = []
    for text in TEXTS:
        ids = torch.tensor([tokenizer(text)["input_ids"]])
        with torch.no_grad():
            out = model(input_ids=ids, attention_mask=torch.ones_like(ids))
        both = torch.stack([out.start_logits[0], out.end_logits[0]], dim=1)
        scores[name].append(both.tolist())
with open(HERE / "answers.json", "w") as file:
    json.dump({"texts": TEXTS, "scores": scores}, file, indent=1)
    file.write("\n")
