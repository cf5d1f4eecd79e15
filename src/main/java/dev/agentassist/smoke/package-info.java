/**
 * A canary call through a real deployment, for CI: {@link dev.agentassist.smoke.Smoke} makes a room of its own, has an
 * agent and a caller speak in it, listens unseen, and proves what the other commands promise. {@code canary.opus}, the line
 * that is spoken, was made with {@code espeak-ng -s 170} and {@code opusenc --speech --hard-cbr --bitrate 16 --framesize 20}.
 */
package dev.agentassist.smoke;
