/**
 * Training and prediction on libtorch, on NVIDIA cards and on the CPU: an engine and an interpreter
 * of the operations that models are written in.
 */
package tunebook.torch;
