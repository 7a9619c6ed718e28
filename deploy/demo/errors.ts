import { defineErrors } from '../../core/errors.ts';

export const demoError = defineErrors({
  'footage-source-missing': 'unavailable',
  'footage-source-altered': 'corrupt',
  'footage-encode-failed': 'internal',
  'demo-camera-invalid': 'invalid',
  'demo-site-failed': 'unavailable',
});
