export { createEvidenceReader } from './reader.ts';
export { type EvidenceStore, openEvidenceStore } from './store.ts';
