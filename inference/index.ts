export { type DetectorOptions, openDetector } from './detector.ts';
export { inferenceError } from './errors.ts';
export { frameSpecOf } from './frame-spec.ts';
export { openPictureDetector, type PictureDetector } from './onnx/picture-detector.ts';
export { toLookRate } from './track/look-rate.ts';
export { createTracker, type TrackerOptions } from './track/tracker.ts';
