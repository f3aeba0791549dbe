// one block too many
var mine = partial().last(4);
