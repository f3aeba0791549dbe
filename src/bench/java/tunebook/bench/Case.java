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
     * @param same whether losses must agree, unit by unit
     * @param warm units that both do before anything counts
     * @param fresh whether every pair has JVMs of its own, as peaks of memory need
     */
    record Terms(boolean same, int warm, boolean fresh) {
        static final Terms USUAL = new Terms(true, 2, false);

        Terms warm(int units) {
            return new Terms(same, units, fresh);
        }

        /** For sides that learn different things. */
        Terms unlike() {
            return new Terms(false, warm, fresh);
        }

        Terms afresh() {
            return new Terms(same, 0, true);
        }
    }

    Side side(boolean ours) {
        return ours ? tunebook : peer;
    }
}
