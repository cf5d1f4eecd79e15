/** Looks at everything that the program works with, for a human, and changes nothing. */
package dev.agentassist.doctor;
