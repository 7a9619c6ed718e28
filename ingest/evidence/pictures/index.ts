export { createEvidencePictures } from './evidence-pictures.ts';
