export { Mpeg1Desk } from './live/mpeg1-desk.ts';
export { type OpenIngestOptions, openIngest } from './open-ingest.ts';
export { diagnosisOf } from './rtsp/diagnose.ts';
