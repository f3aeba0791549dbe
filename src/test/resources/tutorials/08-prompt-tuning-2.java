// there is one prompt, before the first block, not one in each
IntUnaryOperator mine = p -> p * backbone.model().width() * backbone.model().blocks();
