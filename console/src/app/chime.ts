let audio: AudioContext | undefined

/** Two short notes, made here: no file to load. Browsers stay silent until somebody has clicked. */
export function chime() {
  try {
    audio ??= new AudioContext()
    if (audio.state === 'suspended') void audio.resume()
    const start = audio.currentTime
    for (const [i, frequency] of [660, 880].entries()) {
      const tone = audio.createOscillator()
      const volume = audio.createGain()
      tone.frequency.value = frequency
      volume.gain.setValueAtTime(0.0001, start + i * 0.12)
      volume.gain.exponentialRampToValueAtTime(0.12, start + i * 0.12 + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.0001, start + i * 0.12 + 0.22)
      tone.connect(volume).connect(audio.destination)
      tone.start(start + i * 0.12)
      tone.stop(start + i * 0.12 + 0.25)
    }
  } catch {
    // No sound device.
  }
}
