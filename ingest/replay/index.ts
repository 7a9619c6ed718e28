export { FramePacer } from '../times/frame-pacer.ts';
export { ClipReader } from './clip-reader.ts';
