// the convolutions learn too
var mine = partial().last(3);
