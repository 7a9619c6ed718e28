import type { CameraView } from '../../../../api/schema/camera-view.ts';

export interface CameraChoice {
  text: string;
  /** Division code; '' for all. */
  place: string;
  state: CameraView['state'] | '';
  sort: 'name' | 'place' | 'state';
}

/** What gives no picture stands first. */
const stateOrder: readonly CameraView['state'][] = [
  'lost',
  'unknown',
  'connecting',
  'waiting',
  'off',
  'live',
];

const compare: Readonly<Record<CameraChoice['sort'], (a: CameraView, b: CameraView) => number>> = {
  name: () => 0,
  place: (a, b) => a.place.localeCompare(b.place),
  state: (a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state),
};

/** The cameras that were asked for, in the order asked for; equals by name. */
export const filterCameras = (cameras: readonly CameraView[], choice: CameraChoice): CameraView[] => {
  const text = choice.text.trim().toLowerCase();
  return cameras
    .filter(
      ({ place, state }) => place.startsWith(choice.place) && (choice.state === '' || choice.state === state),
    )
    .filter(({ id, name }) => text === '' || id.includes(text) || name.toLowerCase().includes(text))
    .sort((a, b) => compare[choice.sort](a, b) || a.name.localeCompare(b.name, 'zh'));
};
