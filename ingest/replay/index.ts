export { FramePacer } from '../times/frame-pacer.ts';
export { type ClipPicture, ClipReader } from './clip-reader.ts';
