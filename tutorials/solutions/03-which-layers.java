var mine = partial().on("layer3.*.bn*");
