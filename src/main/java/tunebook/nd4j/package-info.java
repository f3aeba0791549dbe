/**
 * The interpreter that computes, on ND4J.
 *
 * <p>{@link tunebook.nd4j.Tape} knows the chain rule and nothing of loops; {@link
 * tunebook.nd4j.Kernels} knows the loops and nothing of the chain rule. Kernels exist twice: in
 * ND4J's own operations, which run in either precision on whatever backend is there and are the
 * definition; and for float on the CPU in Java loops over blocks, which the JIT compiles to vector
 * code several times faster than ND4J's element loops, with products handed straight to OpenBLAS
 * (ND4J's own {@code matmul} costs some 50 µs a call before it multiplies anything). Tests hold the
 * second to the first.
 *
 * <p>Activations live in one workspace a session, which grows until the largest batch fits; what
 * learns lives in one flat array a session with its gradient and its moments beside it.
 */
package tunebook.nd4j;
