var control = study.recipes(full().learningRate(3e-3), shuffledWeights().learningRate(3e-3));
