/** What answers without a backbone: what everything that is tuned must beat. */
package tunebook.control;
