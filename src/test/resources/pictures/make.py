"""Writes resize.json, what torch 1.13.1 makes of a random picture: python3 make.py."""

import json

import torch
import torch.nn.functional as F

torch.manual_seed(3)
source = torch.randint(0, 256, (1, 3, 13, 17)).float()


def flat(picture):
    return picture[0].permute(1, 2, 0).flatten().tolist()


sizes = [(5, 7), (20, 30), (13, 4), (1, 1), (26, 9)]
json.dump(
    {
        "source": [int(v) for v in flat(source)],
        "resized": [
            {
                "height": h,
                "width": w,
                "values": [
                    round(v, 3)
                    for v in flat(F.interpolate(source, (h, w), mode="bilinear", antialias=True))
                ],
            }
            for h, w in sizes
        ],
    },
    open("resize.json", "w"),
)
