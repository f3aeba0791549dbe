package tunebook.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Weights;
import tunebook.nd4j.Nd4jEngine;

/** An engine that tells of every batch before its sessions evaluate it or learn from it. */
public final class SpiedEngine implements Engine {
    private final Engine engine = new Nd4jEngine(1);
    private final Spy spy;

    /** Is told by the thread that is about to compute. */
    public interface Spy {
        /**
         * @param learning whether it is to be learned from, or only evaluated
         */
        void before(Session session, boolean learning, Batch batch);
    }

    /** One that looks at the batch alone. */
    public SpiedEngine(Consumer<Batch> spy) {
        this((session, learning, batch) -> spy.accept(batch));
    }

    /** One that may also meddle with the session. */
    public SpiedEngine(Spy spy) {
        this.spy = spy;
    }

    @Override
    public String device() {
        return engine.device();
    }

    @Override
    public Held hold(Weights weights, Precision precision) {
        return engine.hold(weights, precision);
    }

    @Override
    public Session open(Held frozen, Weights constants, Weights learning, long seed) {
        Session session = engine.open(frozen, constants, learning, seed);
        return (Session)
                Proxy.newProxyInstance(
                        Session.class.getClassLoader(),
                        new Class<?>[] {Session.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().matches("evaluate|accumulate"))
                                spy.before(
                                        session,
                                        method.getName().equals("accumulate"),
                                        (Batch) arguments[1]);
                            try {
                                return method.invoke(session, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
