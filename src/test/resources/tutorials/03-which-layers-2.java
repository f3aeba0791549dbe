// the first norm of each block only
var mine = partial().on("layer3.*.bn1*");
