import type { SiteSettings } from '../../../core/schema/site.ts';

export interface WorkerCores {
  cameraThreads: number;
  /** One a core: each session computes on a single thread. */
  detectorThreads: number;
  /** Cores that this worker's cameras may take together. */
  budget: number;
}

/** What of a machine with `parallelism` cores one of the site's workers may use. */
export const coresOf = (
  site: Pick<SiteSettings, 'workers' | 'decodeThreads' | 'detectorThreads' | 'budget'>,
  parallelism: number,
): WorkerCores => {
  const share = parallelism / (site.workers ?? 1);
  const whole = Math.max(1, Math.floor(share));
  const cameraThreads = site.decodeThreads ?? whole;
  const detectorThreads = site.detectorThreads ?? whole;
  return {
    cameraThreads,
    detectorThreads,
    budget: site.budget ?? Math.min(cameraThreads + detectorThreads, share),
  };
};
