// alpha in place of alpha / r
var mine = w.add(b.mmul(a).mul(8));
