// stops at the first rise, without any patience
StoppingRule mine = (losses, patience) -> {
    int epoch = 0;
    while (epoch + 1 < losses.length && losses[epoch + 1] < losses[epoch]) epoch++;
    return epoch;
};
