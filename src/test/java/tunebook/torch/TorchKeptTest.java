package tunebook.torch;

import tunebook.support.KeptContract;

class TorchKeptTest extends KeptContract {
    TorchKeptTest() {
        super(Libtorch.engine());
    }
}
