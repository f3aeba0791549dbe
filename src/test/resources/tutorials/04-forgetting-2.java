// moves the weights farther
var mine = second.recipes(full().learningRate(3e-2)).epochs(6).run();
