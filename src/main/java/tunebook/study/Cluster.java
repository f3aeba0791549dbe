package tunebook.study;

/** Where the runs of a study are executed. */
public interface Cluster {
    /** Threads of each run; results are equal bit for bit wherever runs have as many. */
    int threads();

    /**
     * Does a study's runs; has nothing under way any more when it returns. It ends early where the
     * observer or an interrupt of the calling thread says so, which stays interrupted afterwards.
     */
    void run(StudyRuns runs);
}
