export { type OpenIngestOptions, openIngest } from './open-ingest.ts';
export { diagnosisOf } from './rtsp/diagnose.ts';
