interface Sample {
  at: number;
  /** Natural logarithm of the area: what grows by a share in a time is a straight line. */
  size: number;
}

/** Sunset and rising fog grow too, but take longer. */
const longestMs = 120_000;
/** Flames flicker several times a second: looks that follow faster would count one flicker several times. */
const spacingMs = 900;
/** When there are this many every second one goes, so that few samples reach far back. */
const maxSamples = 40;
/**
 * Deviations by which the sum of all rises may have come about by chance. With 3, of simulated fires that kept their
 * size over ten minutes with a flicker of a quarter 4 in 100 seemed to grow, and of those that doubled in 30 s all
 * were told, half of them within 25 s. It takes eight samples.
 */
const doubt = 3;

/**
 * By how much something grows, told from flicker: its trend is the slope that most pairs of samples exceed, whatever
 * chance did (Theil 1950; the lower bound of confidence of Sen 1968). Outliers, as when half of a fire is missed in
 * one look, hardly move it.
 */
export class Growth {
  #samples: Sample[] = [];
  #factor = 1;

  /** `at`: milliseconds on the scene's time line. */
  note(at: number, area: number): void {
    const last = this.#samples.at(-1);
    if (!(area > 0) || (last && at - last.at < spacingMs)) return;
    const recent = this.#samples.filter((sample) => at - sample.at <= longestMs);
    const thinned = recent.length < maxSamples ? recent : recent.filter((_, index) => index % 2 === 0);
    this.#samples = [...thinned, { at, size: Math.log(area) }];
    this.#factor = factorOf(this.#samples);
  }

  clear(): void {
    this.#samples = [];
    this.#factor = 1;
  }

  /** By what factor it surely grew from the first sample to the last; 1 when it may as well not have grown. */
  get factor(): number {
    return this.#factor;
  }
}

const factorOf = (samples: readonly Sample[]): number => {
  const slopes = samples.flatMap((early, index) =>
    samples.slice(index + 1).map((late) => (late.size - early.size) / (late.at - early.at)),
  );
  const rank = Math.floor((slopes.length - doubt * deviationOf(samples.length)) / 2);
  const slope = slopes.sort((a, b) => a - b)[rank] ?? 0;
  const spanMs = (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);
  return Math.max(1, Math.exp(slope * spanMs));
};

/** Standard deviation of Kendall's S (rises less falls over all pairs) of what has no trend (Kendall 1975). */
const deviationOf = (count: number): number => Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
