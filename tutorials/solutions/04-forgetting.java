var mine = second.recipes(partial().last(3).learningRate(3e-3)).epochs(6).run();
