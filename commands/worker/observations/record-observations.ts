import type { ScenarioEngine } from '../../../alerts/index.ts';
import { toGrid } from '../../../core/observations/grid.ts';
import type { ObservationRecorder } from './observation-recorder.ts';

/**
 * Records all that a scenario engine is told. Frames are put on the grid first, so that what is stored is what the
 * scenarios saw, to the last bit.
 */
export const recordObservations = (
  engine: ScenarioEngine,
  recorder: ObservationRecorder,
): ScenarioEngine => ({
  ...engine,
  setCamera: (watched) => {
    recorder.set(watched);
    engine.setCamera(watched);
  },
  removeCamera: (cameraId) => {
    recorder.remove(cameraId);
    engine.removeCamera(cameraId);
  },
  observe: (frame) => {
    const stored = toGrid(frame);
    if (stored) recorder.look(stored);
    else recorder.skip(frame.cameraId);
    engine.observe(stored ?? frame);
    recorder.settle(frame.cameraId);
  },
  interrupt: (cameraId) => {
    recorder.interrupt(cameraId);
    engine.interrupt(cameraId);
  },
  tick: (now) => {
    const at = Math.round(now);
    recorder.tick(at);
    engine.tick(at);
  },
});
