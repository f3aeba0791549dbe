package tunebook.nd4j;

import tunebook.support.OpsContract;

class OpsTest extends OpsContract {
    OpsTest() {
        super(new Nd4jEngine(2));
    }
}
