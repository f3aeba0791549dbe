/** Runs of a study as tasks of Apache Spark: on this machine, or on a cluster's. */
package tunebook.spark;
