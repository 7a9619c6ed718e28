export { type OpenIngestOptions, openIngest } from './open-ingest.ts';
