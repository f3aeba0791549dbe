var mine = w.add(b.mmul(a).mul(2));
