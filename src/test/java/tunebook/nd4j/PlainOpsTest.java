package tunebook.nd4j;

import tunebook.support.OpsContract;

/** Every operation in floats without a word of C or an address: what a card computes with. */
class PlainOpsTest extends OpsContract {
    PlainOpsTest() {
        super(new Nd4jEngine(1, true));
    }
}
