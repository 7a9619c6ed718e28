export { createBlurredMedia } from './blurred-media.ts';
