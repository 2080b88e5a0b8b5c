/** The sounds of a bead striking wood. Each has its equal on screen. */
export type SoundName = "accepted" | "unknown-item" | "blocked" | "paid" | "unknown-outcome" | "help";

/** One strike: its pitch, when it comes after the first, and how long it rings. */
export type Strike = { readonly frequencyHz: number; readonly startMs: number; readonly durationMs: number };

/** What each sound is made of (look, section 6). */
const sounds: Readonly<Record<SoundName, readonly Strike[]>> = {
  accepted: [{ frequencyHz: 1800, startMs: 0, durationMs: 40 }],
  "unknown-item": [
    { frequencyHz: 600, startMs: 0, durationMs: 60 },
    { frequencyHz: 600, startMs: 120, durationMs: 60 },
  ],
  blocked: [{ frequencyHz: 220, startMs: 0, durationMs: 300 }],
  paid: [
    { frequencyHz: 900, startMs: 0, durationMs: 50 },
    { frequencyHz: 1200, startMs: 110, durationMs: 50 },
    { frequencyHz: 1600, startMs: 220, durationMs: 70 },
  ],
  "unknown-outcome": [
    { frequencyHz: 440, startMs: 0, durationMs: 180 },
    { frequencyHz: 330, startMs: 220, durationMs: 260 },
  ],
  help: [
    { frequencyHz: 660, startMs: 0, durationMs: 420 },
    { frequencyHz: 880, startMs: 260, durationMs: 700 },
  ],
};

/** How loud: 1 is full, 0.35 quiet. What stops a sale never falls silent, so there is no zero. */
export type Loudness = "full" | "quiet";

const gains: Readonly<Record<Loudness, number>> = { full: 0.5, quiet: 0.16 };

let context: AudioContext | null = null;

/** Plays a sound. A browser that has not been touched yet stays silent; the screen says the same. */
export function playSound(name: SoundName, loudness: Loudness): void {
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  for (const strike of sounds[name]) playStrike(context, strike, gains[loudness]);
}

function playStrike(audio: AudioContext, strike: Strike, gain: number): void {
  const start = audio.currentTime + strike.startMs / 1000;
  const end = start + strike.durationMs / 1000;
  const oscillator = audio.createOscillator();
  const envelope = audio.createGain();
  oscillator.type = "triangle";
  oscillator.frequency.setValueAtTime(strike.frequencyHz * 1.08, start);
  oscillator.frequency.exponentialRampToValueAtTime(strike.frequencyHz, start + 0.008);
  envelope.gain.setValueAtTime(0.0001, start);
  envelope.gain.exponentialRampToValueAtTime(gain, start + 0.003);
  envelope.gain.exponentialRampToValueAtTime(0.0001, end);
  oscillator.connect(envelope).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(end + 0.02);
}
