import type { Camera } from '../../../core/schema/camera.ts';
import { ask, askRaw } from '../../http/ask.ts';

/** A camera as it is configured, and the revision of it that is before the eyes. */
export interface StoredCamera {
  camera: Camera;
  revision: string;
}

const pathOf = (id: string): string => `/api/v1/settings/cameras/${id}`;

/** Throws AskFailure. */
export const loadCamera = async (id: string, signal: AbortSignal): Promise<StoredCamera> => {
  const response = await askRaw(pathOf(id), { signal });
  return { camera: (await response.json()) as Camera, revision: response.headers.get('ETag') ?? '' };
};

/** What would differ: `name: "a" → "b"`. Throws AskFailure, with why it would not be sound. */
export const compareCamera = async ({ camera, revision }: StoredCamera): Promise<string[]> =>
  (await put({ camera, revision }, true)).changes;

/** Saves over the revision that was seen. Throws AskFailure: `setting-stale` when somebody else was first. */
export const saveCamera = async ({ camera, revision }: StoredCamera): Promise<StoredCamera> => {
  const { revision: written } = await put({ camera, revision }, false);
  return { camera, revision: `"${written}"` };
};

const put = ({ camera, revision }: StoredCamera, dryRun: boolean) =>
  ask<{ revision: number; changes: string[] }>(pathOf(camera.id), {
    method: 'PUT',
    query: dryRun ? { dryRun } : {},
    headers: { 'If-Match': revision },
    body: camera,
  });
