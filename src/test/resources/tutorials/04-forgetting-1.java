// the head alone
var mine = second.recipes(featureExtraction().learningRate(3e-3)).epochs(6).run();
