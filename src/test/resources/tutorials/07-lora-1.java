// the factor is missing
var mine = w.add(b.mmul(a));
