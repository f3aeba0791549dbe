package tunebook.train;

/**
 * A point of the learning curve; NaN where a value was not measured.
 *
 * @param step optimizer steps done
 * @param epoch passes over the training examples done
 * @param trainLoss mean training loss since the last point
 * @param validationLoss mean loss over the validation examples
 * @param validationScore the task's first metric over the validation examples
 */
public record CurvePoint(
        int step, double epoch, double trainLoss, double validationLoss, double validationScore) {}
