/** Tuned models on their way out: files that other programs run. */
package tunebook.deploy;
