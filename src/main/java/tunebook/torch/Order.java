package tunebook.torch;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Stream;
import org.bytedeco.pytorch.global.torch;

/**
 * What a session does one after another: a card gets the work of several sessions side by side, but
 * that of each in its order.
 */
final class Order implements AutoCloseable {
    private final Optional<Stream> stream;

    Order(Optional<Card> card) {
        try (PointerScope scope = new PointerScope()) {
            this.stream = card.map(c -> c.order().<Stream>retainReference());
        }
    }

    /** One call: what it makes and does not hold goes with it. */
    final class Call implements AutoCloseable {
        private final PointerScope made = new PointerScope();
        private final Optional<Stream> before;

        private Call() {
            this.before = stream.map(s -> torch.getCurrentStream(s.device_index()));
            stream.ifPresent(torch::setCurrentStream);
        }

        @Override
        public void close() {
            before.ifPresent(torch::setCurrentStream);
            made.close();
        }
    }

    Call call() {
        return new Call();
    }

    @Override
    public void close() {
        stream.ifPresent(Stream::releaseReference);
    }
}
