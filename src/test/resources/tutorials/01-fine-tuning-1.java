// another rate than full has
var control = study.recipes(full().learningRate(3e-3), shuffledWeights()).epochs(4);
