/**
 * What people want of a model: a head, examples as batches, answers out of logits, and how good
 * these are. One file a task; the trainer, the models and the study know none of them by name.
 */
package tunebook.task;
