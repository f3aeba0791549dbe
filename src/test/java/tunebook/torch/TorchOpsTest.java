package tunebook.torch;

import tunebook.support.OpsContract;

class TorchOpsTest extends OpsContract {
    TorchOpsTest() {
        super(TorchEngine.cpu(2));
    }
}
