"""Writes the torch files of these tests with random weights: python3 make.py (torch 1.13.1)."""

import json
from collections import OrderedDict

import torch

torch.manual_seed(7)
base = torch.randn(5, 6)
shared = torch.randn(4, 3)
tensors = OrderedDict(
    matrix=torch.randn(2, 3),
    turned=torch.randn(3, 4).t(),
    part=base[1:4, 2:5],
    column=base[:, 3],
    cube=torch.randn(2, 3, 4).permute(2, 0, 1),
    scalar=torch.tensor(0.5),
    empty=torch.zeros(0, 4),
    parameter=torch.nn.Parameter(torch.randn(3)),
    half=torch.randn(2, 2).half(),
    bfloat=torch.randn(2, 2).bfloat16(),
    double=torch.randn(2, 2).double(),
    long=torch.tensor([1, -2, 2**40]),
    int=torch.tensor([1, -2, 2**30], dtype=torch.int32),
    short=torch.tensor([1, -2, 30000], dtype=torch.int16),
    char=torch.tensor([1, -2, 127], dtype=torch.int8),
    byte=torch.tensor([1, 2, 255], dtype=torch.uint8),
    bool=torch.tensor([True, False, True]),
    tied=shared,
    tiedAgain=shared,
)
tensors._metadata = OrderedDict([("", {"version": 1})])
expected = {
    name: {"shape": list(t.shape), "values": t.detach().double().flatten().tolist()}
    for name, t in tensors.items()
}
json.dump(expected, open("expected.json", "w"), indent=0)
torch.save(tensors, "zip.pt")
torch.save(tensors, "legacy.pt", _use_new_zipfile_serialization=False)
torch.save(tensors, "protocol4.pt", pickle_protocol=4)
torch.save(tensors, "protocol5-legacy.pt", pickle_protocol=5, _use_new_zipfile_serialization=False)

layer = torch.nn.Linear(3, 2)
adam = torch.optim.Adam(layer.parameters())
layer(torch.randn(4, 3)).sum().backward()
adam.step()
checkpoint = {
    "epoch": 3,
    "best_prec1": 91.25,
    "arch": "linear",
    "args": {"rates": [1e-3, 1e-4], "betas": (0.9, 0.999), "resume": None, "device": torch.device("cpu")},
    "size": torch.Size([3, 2]),
    "dtype": torch.float32,
    "optimizer": adam.state_dict(),
    "seen": {"a", "b"},
    "raw": b"bytes",
}
for key in ("state_dict", "model_state_dict", "model"):
    torch.save({**checkpoint, key: layer.state_dict()}, f"{key}.pt", pickle_protocol=4)
torch.save(layer, "module.pt")
torch.jit.script(layer).save("script.pt")
json.dump(
    {n: {"shape": list(t.shape), "values": t.double().flatten().tolist()} for n, t in layer.state_dict().items()},
    open("expected-linear.json", "w"),
    indent=0,
)
