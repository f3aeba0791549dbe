DoubleUnaryOperator mine = done -> done < 0.2 ? done / 0.2 : (1 - done) / 0.8;
