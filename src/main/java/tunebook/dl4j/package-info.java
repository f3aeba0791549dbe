/**
 * DL4J and Keras networks in and out: their layers as operations of the seam, their weights under
 * the names {@code layer.parameter} in DL4J's own spelling, for example {@code conv1.W}.
 */
package tunebook.dl4j;
