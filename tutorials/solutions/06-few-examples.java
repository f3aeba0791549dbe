StoppingRule mine = (losses, patience) -> {
    int best = 0;
    for (int epoch = 1; epoch < losses.length && epoch - best <= patience; epoch++) {
        if (losses[epoch] < losses[best]) best = epoch;
    }
    return best;
};
