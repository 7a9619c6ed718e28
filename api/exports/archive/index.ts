export { createForkedMaker, type MakerReport } from './forked-maker.ts';
export { writeArchive } from './write-archive.ts';
