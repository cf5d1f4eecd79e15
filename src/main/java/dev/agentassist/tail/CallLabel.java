package dev.agentassist.tail;

/**
 * Which call an event belongs to.
 *
 * @param room the LiveKit room
 * @param conversationId or null
 * @param index counts the calls that are followed, from 0: a colour each
 */
public record CallLabel(String room, String conversationId, int index) {}
