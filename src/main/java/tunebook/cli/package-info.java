/** The commands of the launcher; what they print is for people, one line a fact. */
package tunebook.cli;
