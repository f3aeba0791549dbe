IntUnaryOperator mine = p -> p * backbone.model().width();
