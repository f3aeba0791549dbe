/**
 * The exporting interpreter: runs a program on names, and what it ran is an ONNX graph, whatever
 * model, head and method the program has.
 */
package tunebook.onnx;
