package tunebook.torch;

import tunebook.support.OpsContract;

class TorchOpsTest extends OpsContract {
    TorchOpsTest() {
        super(Libtorch.engine());
    }
}
