// the words of the vocabulary do not learn
IntUnaryOperator mine = p -> p * backbone.tokenizer().vocabulary();
