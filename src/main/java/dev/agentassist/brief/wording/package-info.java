/** The words of a brief that are not the call's, in the operator's language. */
package dev.agentassist.brief.wording;
