package tunebook.nd4j;

import tunebook.support.KeptContract;

class KeptTest extends KeptContract {
    KeptTest() {
        super(new Nd4jEngine(2));
    }
}
