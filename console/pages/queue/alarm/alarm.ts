import { computed, signal } from '@preact/signals';
import type { Severity } from '../../../../core/schema/severity.ts';
import { now } from '../../../words/site-time.ts';

export const muteMs = 600_000;

/** A browser lets nothing sound before somebody has pressed something. */
export const isSoundAllowed = signal(false);
export const mutedUntil = signal(0);

/** How long it stays silent, 0 when it does not. */
export const muteLeftMs = computed(() => Math.max(0, mutedUntil.value - now.value));

/** Silent for ten minutes, or loud again. It comes back by itself. */
export const toggleMute = (): void => {
  mutedUntil.value = muteLeftMs.peek() > 0 ? 0 : now.peek() + muteMs;
};

let context: AudioContext | undefined;

/** Takes the first press of anything as leave to sound; until what it gives is called. */
export const awaitGesture = (): (() => void) => {
  const allow = (): void => {
    context ??= new AudioContext();
    void context.resume().then(() => {
      isSoundAllowed.value = context?.state === 'running';
    });
  };
  const events = ['pointerdown', 'keydown'] as const;
  for (const name of events) document.addEventListener(name, allow);
  return () => {
    for (const name of events) document.removeEventListener(name, allow);
  };
};

/** Tones in Hz, one after the other. What is not here makes no sound. */
const tones: Partial<Record<Severity, readonly number[]>> = {
  urgent: [988, 740, 988, 740],
  high: [740, 988],
};
const toneSeconds = 0.18;

/** Sounds for a new alert of high severity, unless muted or not allowed to. */
export const soundAlarm = (severity: Severity): void => {
  if (!context || muteLeftMs.peek() > 0) return;
  const at = context.currentTime;
  tones[severity]?.forEach((hertz, index) => {
    if (context) playTone(context, hertz, at + index * (toneSeconds + 0.06));
  });
};

const playTone = (audio: AudioContext, hertz: number, at: number): void => {
  const oscillator = new OscillatorNode(audio, { frequency: hertz, type: 'triangle' });
  const gain = new GainNode(audio, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.4, at + 0.02);
  gain.gain.linearRampToValueAtTime(0, at + toneSeconds);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + toneSeconds);
};
