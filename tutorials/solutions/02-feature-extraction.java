var mine = partial().last(3);
