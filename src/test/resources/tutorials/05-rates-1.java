// no warm-up
DoubleUnaryOperator mine = done -> 1 - done;
