import { defineErrors } from '../core/errors.ts';

export const inferenceError = defineErrors({
  'model-unreadable': 'corrupt',
  'model-shape-mismatch': 'invalid',
  'frame-spec-mismatch': 'invalid',
  'detector-thread-died': 'unavailable',
  'detector-timeout': 'timeout',
  'mot-truth-invalid': 'invalid',
});
