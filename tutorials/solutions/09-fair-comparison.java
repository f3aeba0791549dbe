Correction mine = p -> {
    int[] order = IntStream.range(0, p.length).boxed().sorted(Comparator.comparingDouble(i -> p[i])).mapToInt(i -> i).toArray();
    double[] adjusted = new double[p.length];
    double soFar = 0;
    for (int rank = 0; rank < p.length; rank++) {
        soFar = Math.max(soFar, Math.min(1, p[order[rank]] * (p.length - rank)));
        adjusted[order[rank]] = soFar;
    }
    return adjusted;
};
