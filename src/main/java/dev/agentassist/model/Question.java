package dev.agentassist.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A question to a model.
 *
 * @param system what the model is to do
 * @param user the material, untrusted
 * @param schemaName a word for the schema
 * @param schema a JSON Schema of the answer, in the order in which the answer is to be written
 * @param maxTokens how long the answer may be
 */
public record Question(String system, String user, String schemaName, ObjectNode schema, int maxTokens) {}
