package tunebook.train;

/**
 * A point of the learning curve; NaN where a value was not measured.
 *
 * @param step optimizer steps done
 * @param epoch passes over the training examples done
 * @param trainLoss mean training loss since the last point
 * @param validationLoss mean loss over the validation examples
 * @param validationAccuracy share of right validation predictions, 0 … 1
 */
public record CurvePoint(
        int step,
        double epoch,
        double trainLoss,
        double validationLoss,
        double validationAccuracy) {}
