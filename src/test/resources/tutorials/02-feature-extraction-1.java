// norms are everywhere: nothing is below the cut
var mine = normTuning();
