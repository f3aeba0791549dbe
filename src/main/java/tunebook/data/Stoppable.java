package tunebook.data;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * An answer that can be stopped: cancelling a request leaves the client's own thread at what it is
 * doing, so it may write to a file a little longer, or create one that was removed.
 */
final class Stoppable<T> implements HttpResponse.BodyHandler<T> {
    private final HttpResponse.BodyHandler<T> handler;
    private Body body;
    private boolean stopped;

    Stoppable(HttpResponse.BodyHandler<T> handler) {
        this.handler = handler;
    }

    /** Closes what was written; nothing is written or created any more when it returns. */
    synchronized void stop() {
        stopped = true;
        if (body != null && body.subscription != null) {
            body.subscription.cancel();
            body.to.onError(new IOException("stopped"));
        }
    }

    @Override
    public synchronized HttpResponse.BodySubscriber<T> apply(HttpResponse.ResponseInfo answer) {
        if (stopped) throw new IllegalStateException("stopped");
        body = new Body(handler.apply(answer));
        return body;
    }

    private synchronized void unlessStopped(Runnable action) {
        if (!stopped) action.run();
    }

    private final class Body implements HttpResponse.BodySubscriber<T> {
        private final HttpResponse.BodySubscriber<T> to;
        private Flow.Subscription subscription;

        Body(HttpResponse.BodySubscriber<T> to) {
            this.to = to;
        }

        @Override
        public CompletionStage<T> getBody() {
            return to.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            unlessStopped(
                    () -> {
                        subscription = given;
                        to.onSubscribe(given);
                    });
        }

        @Override
        public void onNext(List<ByteBuffer> bytes) {
            unlessStopped(() -> to.onNext(bytes));
        }

        @Override
        public void onError(Throwable cause) {
            unlessStopped(() -> to.onError(cause));
        }

        @Override
        public void onComplete() {
            unlessStopped(to::onComplete);
        }
    }
}
