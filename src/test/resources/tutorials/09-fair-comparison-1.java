// all are multiplied by m: Bonferroni
Correction mine = p -> Arrays.stream(p).map(value -> Math.min(1, p.length * value)).toArray();
