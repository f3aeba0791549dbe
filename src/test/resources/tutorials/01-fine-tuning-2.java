// nobody to be held against
var control = study.recipes(shuffledWeights().learningRate(3e-3)).epochs(4);
