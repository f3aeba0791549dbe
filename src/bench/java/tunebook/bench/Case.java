package tunebook.bench;

/**
 * Two sides, the same work.
 *
 * @param name short, in kebab-case
 * @param unit of both values
 * @param goal of the ratio tunebook / peer
 * @param tunebook whose value stands above the line
 * @param peer whose value stands below
 * @param terms how they are compared
 */
record Case(String name, String unit, Goal goal, Side tunebook, Side peer, Terms terms) {
    /**
     * How two sides are compared.
     *
     * @param tolerance of losses, unit by unit, as {@link Agreement} takes it
     * @param warm units that both do before anything counts
     * @param fresh whether every pair has JVMs of its own, as peaks of memory need
     */
    record Terms(double tolerance, int warm, boolean fresh) {
        static final Terms USUAL = new Terms(1e-3, 2, false);

        Terms warm(int units) {
            return new Terms(tolerance, units, fresh);
        }

        /** For sides that learn different things. */
        Terms unlike() {
            return new Terms(Double.POSITIVE_INFINITY, warm, fresh);
        }

        /** For what has to be equal to the last bit. */
        Terms exact() {
            return new Terms(0, warm, fresh);
        }

        /** JVMs of its own for every pair, and nothing done before. */
        Terms afresh() {
            return new Terms(tolerance, 0, true);
        }
    }

    Side side(boolean ours) {
        return ours ? tunebook : peer;
    }
}
