/**
 * Java cells in Jupyter: the kernel, live display, interrupt, and the same display in other
 * kernels.
 *
 * <p>What a cell shows goes to the {@link tunebook.notebook.Host}: {@linkplain
 * tunebook.notebook.TunebookKernel our kernel}, {@linkplain tunebook.notebook.IJava any kernel on
 * the same base}, or nothing. The host of the process is the one piece of state shared by the whole
 * JVM, because a kernel is a process with one notebook, as it has one {@code System.out}.
 *
 * <p>Decisions that are not obvious:
 *
 * <ul>
 *   <li>JShell runs in the kernel's own JVM, so values of cells are plain objects and models are
 *       never copied. JShell compiles on the caller's thread; only the compiled cell runs on the
 *       {@link tunebook.notebook.Lane}, so a cell that never returns can be left behind.
 *   <li>All cells share that one thread, because native libraries keep memory for each thread.
 *   <li>When JShell compiles an earlier snippet again, its variables are carried into the new
 *       class; JShell itself would leave them null.
 *   <li>The execute handler of the base kernel is replaced: text is sent in batches and in order
 *       with displays, errors keep their own name, and cells queued behind a failed one are not
 *       run.
 * </ul>
 */
package tunebook.notebook;
