package dev.agentassist.testkit;

/** What is the same in every run. */
public final class Fixed {

    /**
     * Where property tests begin: a build says the same of the same code, wherever and whenever it runs. To look elsewhere,
     * change it.
     */
    public static final String SEED = "20261124";

    private Fixed() {}
}
