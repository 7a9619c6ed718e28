import type { CameraView } from '../../../../api/schema/camera-view.ts';

/** A camera that is back within this time was never worth a word. */
const patienceMs = 3_000;

/** The cameras to speak of, the latest lost first. `now`: on the site's clock. */
export const darkOf = <View extends Pick<CameraView, 'status'>>(
  views: readonly View[],
  now: number,
): View[] => {
  const sinceOf = ({ status }: View): number => status?.since ?? 0;
  return views
    .filter((view) => view.status?.state === 'lost' && now - sinceOf(view) >= patienceMs)
    .sort((a, b) => sinceOf(b) - sinceOf(a));
};
