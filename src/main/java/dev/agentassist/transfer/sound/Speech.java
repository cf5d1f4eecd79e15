package dev.agentassist.transfer.sound;

/** Says a text. Fails with {@code Unavailable} or {@code BadInput} when it cannot. */
@FunctionalInterface
public interface Speech {

    Sound say(String text);
}
