package tunebook.bench.own;

import static tunebook.Tunebook.generator;
import static tunebook.Tunebook.greedy;

import tunebook.bench.work.Decoders;
import tunebook.bench.work.Report;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;
import tunebook.train.Generator;

/** Tunebook's greedy continuation. */
public final class OwnGeneration implements Worker {
    private final Generator generator = generator(Decoders.gpt2());

    @Override
    public Report unit() {
        Watch watch = new Watch();
        int[] all = generator.tokens(Decoders.prompt(), Decoders.TOKENS, greedy());
        return Decoders.report(watch.seconds(), all);
    }
}
