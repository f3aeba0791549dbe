// a larger p may come out smaller than a smaller one
Correction mine = p -> {
    double[] adjusted = new double[p.length];
    for (int i = 0; i < p.length; i++) {
        double value = p[i];
        long before = Arrays.stream(p).filter(other -> other < value).count();
        adjusted[i] = Math.min(1, value * (p.length - before));
    }
    return adjusted;
};
