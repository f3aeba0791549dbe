// knows the future: the lowest of all
StoppingRule mine = (losses, patience) -> {
    int best = 0;
    for (int epoch = 1; epoch < losses.length; epoch++) if (losses[epoch] < losses[best]) best = epoch;
    return best;
};
