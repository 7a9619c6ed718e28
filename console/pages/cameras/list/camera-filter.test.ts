import { describe, expect, it } from 'vitest';
import type { CameraView } from '../../../../api/schema/camera-view.ts';
import { filterCameras } from './camera-filter.ts';

const camera = (id: string, place: string, state: CameraView['state']) =>
  ({ id, name: id, place, state }) as CameraView;
const all = [
  camera('a', '431103110201', 'live'),
  camera('b', '431103110202', 'lost'),
  camera('c', '431103110201', 'off'),
];
const any = { text: '', place: '', state: '', sort: 'name' } as const;
const ids = (choice: Partial<Parameters<typeof filterCameras>[1]>) =>
  filterCameras(all, { ...any, ...choice }).map(({ id }) => id);

describe('the list of cameras', () => {
  it('shows a village, a state, or what a name has in it', () => {
    expect(ids({ place: '431103110201' })).toEqual(['a', 'c']);
    expect(ids({ state: 'lost' })).toEqual(['b']);
    expect(ids({ text: ' C ' })).toEqual(['c']);
  });
  it('puts those without a picture first when asked by state', () =>
    expect(ids({ sort: 'state' })).toEqual(['b', 'c', 'a']));
});
