// Who is heard: tones of known pitch in, and for each 20 ms of what comes out, which of them it was.
import { AudioFrame, AudioSource, AudioStream, LocalAudioTrack, TrackPublishOptions } from '@livekit/rtc-node';

const RATE = 48000;
const WINDOW = RATE / 50;
const LOUD = 8000;
// A twentieth of what the tones are published with; sound that is none of them counts from half as much.
const HEARD = 400;
const HANN = Float64Array.from({ length: WINDOW }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / WINDOW));
// The clock of the wall, finer than a millisecond, and the one that a JVM of this machine has.
const now = () => performance.timeOrigin + performance.now();

// About the amplitude of a sine of that pitch (Goertzel, Hann's window: neighbours 100 Hz away do not count).
export function strength(samples, hertz) {
  const k = 2 * Math.cos((2 * Math.PI * hertz) / RATE);
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < samples.length; i++) {
    const s = samples[i] * HANN[i] + k * s1 - s2;
    s2 = s1;
    s1 = s;
  }
  return (Math.sqrt(Math.max(0, s1 * s1 + s2 * s2 - k * s1 * s2)) * 4) / samples.length;
}

// Everything that one participant hears, on whatever track.
export class Ear {
  constructor(pitches) {
    this.pitches = pitches;
    // [time in ms, pitch or 0 for any other sound, identity of the publisher]; nothing for silence.
    this.windows = [];
  }

  async listen(track, from) {
    try {
      for await (const frame of new AudioStream(track, { sampleRate: RATE, numChannels: 1, frameSizeMs: 20 })) {
        this.hear(frame.data, from, now());
      }
    } catch {
      // The track is gone.
    }
  }

  hear(samples, from, at) {
    let square = 0;
    for (const s of samples) square += s * s;
    if (square / samples.length < (HEARD * HEARD) / 8) return;
    // The strongest, where it is most of what is heard: a click, as where a track is cut off, has all pitches.
    let best = 0;
    let hertz = 0;
    for (const pitch of this.pitches) {
      const s = strength(samples, pitch);
      if (s > best) [best, hertz] = [s, pitch];
    }
    const known = best >= HEARD && (best * best) / 2 >= (0.25 * square) / samples.length;
    this.windows.push([at, known ? hertz : 0, from]);
  }

  since(index) {
    return { at: now(), next: this.windows.length, windows: this.windows.slice(index) };
  }
}

// A track with a tone. Until it is begun not one frame is sent.
export class Tone {
  constructor(hertz) {
    this.hertz = hertz;
    this.sample = 0;
    this.source = new AudioSource(RATE, 1, 60);
  }

  async publish(room, name, trackSource) {
    this.track = LocalAudioTrack.createAudioTrack(name, this.source);
    const options = new TrackPublishOptions();
    if (trackSource !== undefined) options.source = trackSource;
    return (this.publication = await room.localParticipant.publishTrack(this.track, options));
  }

  begin(hertz = this.hertz) {
    this.hertz = hertz;
    if (this.playing) return;
    this.playing = true;
    this.play();
  }

  async play() {
    while (this.playing) {
      const frame = new Int16Array(WINDOW / 2);
      for (let i = 0; i < frame.length; i++) {
        frame[i] = this.hertz ? LOUD * Math.sin((2 * Math.PI * this.hertz * this.sample++) / RATE) : 0;
      }
      try {
        await this.source.captureFrame(new AudioFrame(frame, RATE, 1, frame.length));
      } catch {
        // The room was left.
        this.playing = false;
      }
    }
  }

  stop() {
    this.playing = false;
  }
}
