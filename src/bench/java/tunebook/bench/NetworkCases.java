package tunebook.bench;

import static tunebook.Tunebook.partial;

import java.util.List;
import tunebook.bench.dl4j.Dl4jTransfer;
import tunebook.bench.dl4j.LeNet;
import tunebook.bench.own.OwnFit;
import tunebook.bench.work.Digits;
import tunebook.bench.work.Encoders;
import tunebook.bench.work.Fit;
import tunebook.dl4j.Dl4j;
import tunebook.model.Backbone;
import tunebook.recipe.Recipe;
import tunebook.recipe.Settings.Decay;
import tunebook.recipe.Tuning;

/** Transfer learning of networks that DL4J made. */
final class NetworkCases {
    private NetworkCases() {}

    /**
     * The dense layers of LeNet learn, what is below is frozen: 10 epochs over 512 drawn digits in
     * batches of 32, with the loss over 128 others after each. Against DL4J's TransferLearning,
     * which computes frozen layers in every epoch, and against its TransferLearningHelper, which
     * featurizes once as Tunebook's trainer does. A unit has all of it.
     */
    static List<Case> all() {
        return List.of(transfer("dl4j-transfer", false), transfer("dl4j-featurize", true));
    }

    private static Case transfer(String name, boolean featurized) {
        return new Case(
                name,
                "s/unit",
                Goal.NONE,
                Side.tunebook(() -> new OwnFit(dense())),
                Side.dl4j(() -> new Dl4jTransfer(dense(), featurized)),
                Case.Terms.USUAL);
    }

    private static Fit dense() {
        Recipe recipe =
                partial()
                        .last(1)
                        .epochs(10)
                        .batchSize(32)
                        .learningRate(1e-4)
                        .weightDecay(0)
                        .maxNorm(Double.POSITIVE_INFINITY)
                        .schedule(0, Decay.CONSTANT);
        Backbone backbone = Dl4j.backbone(LeNet.network(), Digits.SIZE, Digits.SIZE, 1);
        return new Fit(
                Tuning.of(recipe, backbone, backbone.model().classifier(10), Encoders.SEED),
                Digits.drawn(512, 1),
                Digits.drawn(128, 2));
    }
}
