// never falls
DoubleUnaryOperator mine = done -> Math.min(1, done / 0.2);
