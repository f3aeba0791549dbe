"""Small random RoBERTa and DistilBERT with logits, losses and gradients in float64.

Written by Hugging Face transformers 5.18 on PyTorch 2.13 (CPU): python make_encoders.py FOLDER
"""
import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import (
    DistilBertConfig,
    DistilBertForMaskedLM,
    DistilBertForSequenceClassification,
    RobertaConfig,
    RobertaForMaskedLM,
    RobertaForSequenceClassification,
)

IDS = torch.tensor([[0, 7, 9, 11, 13, 2], [0, 21, 5, 2, 1, 1], [0, 30, 31, 4, 2, 1]])
MASK = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 0]])
LABELS = torch.tensor([2, 0, 1])
TOKENS = torch.where(MASK == 1, (IDS * 3 + 5) % 40, torch.tensor(-100))


def run(name, config, classifier, language):
    torch.manual_seed(5)
    model = classifier(config).double().eval()
    for p in model.parameters():
        p.data = torch.randn_like(p).mul_(0.3).float().double()
    words = language(config).double().eval()
    words.base_model.load_state_dict(model.base_model.state_dict(), strict=False)
    own = [p for n, p in words.named_parameters() if not n.startswith(config.model_type)]
    for p in own:
        p.data = torch.randn_like(p).mul_(0.3).float().double()
    words.tie_weights()
    out = model(input_ids=IDS, attention_mask=MASK, labels=LABELS)
    out.loss.backward()
    golden = {"input_ids": IDS, "attention_mask": MASK, "labels": LABELS, "tokens": TOKENS}
    golden["logits"] = out.logits.detach()
    for n, p in model.named_parameters():
        if p.grad is not None:
            golden["grad." + n] = p.grad
    predicted = words(input_ids=IDS, attention_mask=MASK, labels=TOKENS)
    golden["words.logits"] = predicted.logits.detach()
    folder = pathlib.Path(sys.argv[1]) / name
    folder.mkdir(parents=True, exist_ok=True)
    state = {n: p.detach().float() for n, p in model.named_parameters()}
    state.update({n: p.detach().float() for n, p in words.named_parameters() if n not in state})
    save_file({n: t.contiguous() for n, t in state.items()}, folder / "model.safetensors")
    save_file({n: t.contiguous() for n, t in golden.items()}, folder / "golden.safetensors")
    (folder / "config.json").write_text(json.dumps(config.to_dict(), indent=1, sort_keys=True))
    losses = {"loss": out.loss.item(), "words.loss": predicted.loss.item()}
    (folder / "golden.json").write_text(json.dumps(losses))


run(
    "roberta",
    RobertaConfig(
        vocab_size=40, hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=24, max_position_embeddings=12, type_vocab_size=1, pad_token_id=1,
        layer_norm_eps=1e-5, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        num_labels=3,
    ),
    RobertaForSequenceClassification,
    RobertaForMaskedLM,
)
run(
    "distilbert",
    DistilBertConfig(
        vocab_size=40, dim=16, n_layers=2, n_heads=2, hidden_dim=24, max_position_embeddings=12,
        dropout=0.0, attention_dropout=0.0, seq_classif_dropout=0.0, num_labels=3, pad_token_id=1,
    ),
    DistilBertForSequenceClassification,
    DistilBertForMaskedLM,
)
