"""PyTorch's side of a case: the model, weights, texts, order and rates that a work file names.

It says "@bench ready" after its warm-up, and after each line "go" does one unit of work and says what it came to as JSON.
"""
import json
import re
import sys
import time

import torch

MARK = "@bench "
CONV1D = re.compile(r".*\.h\.\d+\.(attn\.c_attn|attn\.c_proj|mlp\.c_fc|mlp\.c_proj)\.weight")  # [in, out] there
TYPES = {"F32": torch.float32, "F16": torch.float16, "F64": torch.float64}


def tensors(path):
    """name -> tensor of a safetensors file."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = bytearray(file.read())
    found = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        flat = torch.frombuffer(data, dtype=torch.uint8)[begin:end].clone()
        found[name] = flat.view(TYPES[entry["dtype"]]).reshape(entry["shape"]).float()
    return found


def model_of(work):
    from transformers import BertConfig, BertForSequenceClassification, GPT2Config, GPT2LMHeadModel

    if work["family"] == "bert":
        return BertForSequenceClassification(
            BertConfig(
                vocab_size=work["vocabulary"],
                hidden_size=work["width"],
                num_hidden_layers=work["blocks"],
                num_attention_heads=work["heads"],
                intermediate_size=4 * work["width"],
                max_position_embeddings=work["positions"],
                hidden_dropout_prob=0.0,
                attention_probs_dropout_prob=0.0,
                layer_norm_eps=1e-12,
                num_labels=2,
            )
        )
    return GPT2LMHeadModel(
        GPT2Config(
            vocab_size=work["vocabulary"],
            n_positions=work["positions"],
            n_embd=work["width"],
            n_layer=work["blocks"],
            n_head=work["heads"],
            resid_pdrop=0.0,
            embd_pdrop=0.0,
            attn_pdrop=0.0,
            layer_norm_epsilon=1e-5,
            use_cache=False,
        )
    )


def plain(name):
    """A parameter's name as it is without PEFT."""
    return name.removeprefix("base_model.model.").replace(".base_layer", "").replace(".default", "")


def adapted(model, learns, weights):
    """The model with LoRA where the work has it."""
    down = [name for name in learns if name.endswith(".lora_A.weight")]
    if not down:
        return model
    from peft import LoraConfig, get_peft_model

    rank = weights[down[0]].shape[0]
    modules = sorted({name.split(".")[-3] for name in down})
    return get_peft_model(
        model, LoraConfig(r=rank, lora_alpha=2 * rank, lora_dropout=0.0, target_modules=modules)
    )


class Training:
    def __init__(self, work):
        self.work = work
        self.device = torch.device(work["device"])
        self.weights = tensors(work["weights"])
        self.model = adapted(model_of(work), work["learns"], self.weights).to(self.device)
        self.start()

    def start(self):
        """Everything as it was before the first step."""
        groups = {}
        absent = set(self.weights)
        learns = self.work["learns"]
        with torch.no_grad():
            for name, parameter in self.model.named_parameters():
                own = plain(name)
                if own not in self.weights:
                    raise SystemExit(f"no weight for {name}")
                absent.discard(own)
                value = self.weights[own]
                parameter.copy_(value.T if CONV1D.fullmatch(own) else value)
                parameter.grad = None
                parameter.requires_grad_(own in learns)
                if own in learns:
                    groups.setdefault(learns[own], []).append(parameter)
        if absent:
            raise SystemExit(f"no parameter for {sorted(absent)[:5]}")
        self.groups = groups
        extra = {"fused": True} if self.device.type == "cuda" else {}
        self.optimizer = torch.optim.AdamW(
            [{"params": some, "lr": 0.0, "factor": factor} for factor, some in groups.items()],
            lr=0.0,
            betas=tuple(self.work["betas"]),
            eps=self.work["epsilon"],
            weight_decay=self.work["decay"],
            **extra,
        )

    def loss(self, text):
        ids = text["ids"].to(self.device, non_blocking=True)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.work["bfloat16"]):
            if self.work["family"] == "bert":
                labels = text["labels"].to(self.device, non_blocking=True)
                return self.model(input_ids=ids, labels=labels).loss
            return self.model(input_ids=ids, labels=ids).loss

    def step(self, text, rate):
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["factor"]
        loss = self.loss(text)
        loss.backward()
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return loss.detach()

    def mean(self, texts):
        """Mean loss over texts, each batch counted by its size."""
        with torch.no_grad():
            size = sum(len(text["ids"]) for text in texts)
            return sum(self.loss(text) * (len(text["ids"]) / size) for text in texts)


def ready(text, device):
    made = {key: torch.tensor(text[key]) for key in ("ids", "labels")}
    return {key: t.pin_memory() if device == "cuda" else t for key, t in made.items()}


class Steps:
    def __init__(self, work):
        self.training = Training(work)
        self.batches = [ready(text, work["device"]) for text in work["batches"]]
        self.rate, self.per_unit, self.done = work["rate"], work["perUnit"], 0

    def unit(self):
        losses = []
        for _ in range(self.per_unit):
            losses.append(self.training.step(self.batches[self.done % len(self.batches)], self.rate))
            self.done += 1
        return losses


class Fit:
    def __init__(self, work):
        self.work = work
        self.training = Training(work)
        self.texts = [ready(text, work["device"]) for text in work["steps"]]
        self.validation = [ready(text, work["device"]) for text in work["validation"]]

    def unit(self):
        self.training.start()
        losses, means = [], []
        for i, (text, rate) in enumerate(zip(self.texts, self.work["rates"])):
            losses.append(self.training.step(text, rate))
            if i + 1 in self.work["epochEnds"]:
                means.append(self.training.mean(self.validation))
        return losses + means


def say(words):
    print(MARK + words, flush=True)


def unit(worker, cuda):
    if cuda:
        torch.cuda.synchronize()
    begun = time.perf_counter()
    losses = worker.unit()
    if cuda:
        torch.cuda.synchronize()
    seconds = time.perf_counter() - begun
    memory = {"MiB": torch.cuda.max_memory_allocated() / 2**20} if cuda else {}
    return {"value": seconds, "beside": memory, "losses": [float(loss) for loss in losses]}


def main():
    with open(sys.argv[1]) as file:
        work = json.load(file)
    cuda = work["device"] == "cuda"
    worker = Steps(work) if "batches" in work else Fit(work)
    for _ in range(2 if "batches" in work else 1):
        unit(worker, cuda)
    say("ready")
    for line in sys.stdin:
        if line.strip() != "go":
            break
        say(json.dumps(unit(worker, cuda)))


try:
    main()
except BaseException as trouble:
    say("trouble " + repr(trouble).replace("\n", " "))
    raise
