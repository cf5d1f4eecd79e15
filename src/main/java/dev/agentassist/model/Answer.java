package dev.agentassist.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a model answered.
 *
 * @param json the answer; nothing about its shape is certain
 * @param promptTokens as the server counted them, 0 where it does not say
 * @param completionTokens as the server counted them, 0 where it does not say
 */
public record Answer(ObjectNode json, long promptTokens, long completionTokens) {}
