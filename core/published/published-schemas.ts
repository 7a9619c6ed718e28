import type { TSchema } from 'typebox';
import { Alert, AlertEvent } from '../schema/alert.ts';
import { CameraStatus, RoleStatus } from '../schema/health.ts';
import { Incident } from '../schema/incident.ts';
import { LineCount } from '../schema/line-count.ts';
import { ObservationChunk } from '../schema/observation-chunk.ts';
import { TrackChunk, TrackRow } from '../schema/track.ts';
import { toJsonSchema2020 } from './to-json-schema-2020.ts';

/** Every message that others read, under the name of its schema's file. The number counts changes that break readers. */
export const publishedSchemas: ReadonlyMap<string, TSchema> = new Map<string, TSchema>([
  ['alert-event.v1', AlertEvent],
  ['alert.v1', Alert],
  ['incident.v1', Incident],
  ['camera-status.v1', CameraStatus],
  ['role-status.v1', RoleStatus],
  ['track.v1', TrackRow],
  ['track-chunk.v1', TrackChunk],
  ['line-count.v1', LineCount],
  ['observation-chunk.v1', ObservationChunk],
]);

/** Where the API serves a schema: a reference without host, for a site has none that all know. */
export const schemaPath = (name: string): string => `/api/v1/schemas/${name}`;

/** A schema as it is published: JSON Schema 2020-12, and open, for readers must pass over fields that are new. */
export const toPublished = (name: string, schema: TSchema): unknown => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: schemaPath(name),
  ...(opened(toJsonSchema2020(schema)) as object),
});

const opened = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(opened);
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(
    ([key, value]) => key !== 'additionalProperties' || value !== false,
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, opened(value)]));
};
