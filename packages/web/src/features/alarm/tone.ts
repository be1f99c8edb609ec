/** Whether the browser allows no sound before somebody has touched the page; one that does not say so may play it. */
export const isMuted = (): boolean => navigator.userActivation?.hasBeenActive === false;

/** Two short notes, quiet enough for an office. */
export function soundTone(): void {
  if (isMuted()) return;
  try {
    const audio = new AudioContext();
    play(audio, 660, 0);
    const end = play(audio, 880, 0.22);
    setTimeout(() => void audio.close(), end * 1000 + 200);
  } catch (error) {
    console.warn('The alarm tone could not be played.', error);
  }
}

/** Starts one note `after` seconds from now; returns when it ends. */
function play(audio: AudioContext, hertz: number, after: number): number {
  const note = audio.createOscillator();
  const volume = audio.createGain();
  const start = audio.currentTime + after;
  const end = start + 0.2;
  note.frequency.value = hertz;
  volume.gain.setValueAtTime(0.12, start);
  volume.gain.exponentialRampToValueAtTime(0.001, end);
  note.connect(volume).connect(audio.destination);
  note.start(start);
  note.stop(end);
  return after + 0.2;
}
