// Two soft notes, made here so that no sound file is needed.

import { createStore, useStore } from '../lib/store';
import { recall, remember } from '../lib/remembered';

const on = createStore(recall('sound') !== 'off');
let context: AudioContext | null = null;
let lastAt = 0;
/** A burst of messages is one sound. */
const quietMs = 2_500;

export const useSound = () => useStore(on, (value) => value);

export function setSound(value: boolean): void {
  on.set(value);
  remember('sound', value ? 'on' : 'off');
  if (value) play(true);
}

function note(audio: AudioContext, frequency: number, after: number): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  const start = audio.currentTime + after;
  tone.frequency.value = frequency;
  tone.type = 'sine';
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.08, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.35);
  tone.connect(volume).connect(audio.destination);
  tone.start(start);
  tone.stop(start + 0.4);
}

export function play(always = false): void {
  const now = Date.now();
  if (!on.get() || (!always && now - lastAt < quietMs)) return;
  lastAt = now;
  try {
    context ??= new AudioContext();
    // Browsers keep sound back until the page was clicked once; then this is a silent no-op.
    if (context.state === 'suspended') void context.resume();
    note(context, 660, 0);
    note(context, 880, 0.12);
  } catch {
    // no audio device
  }
}
