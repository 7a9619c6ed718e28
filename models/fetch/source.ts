import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withoutSecrets } from '../../core/log.ts';
import { modelError } from '../errors.ts';
import type { FetchDeps } from './http.ts';
import { fetchChunks } from './http.ts';

/** A place where model files lie under their own names. */
export type ModelSource = { kind: 'folder'; folder: string } | { kind: 'url'; prefix: string };

/** Reads one entry of the model sources: a folder's path, a `file:` URL, or an `http(s):` URL prefix. */
export const parseSource = (text: string): ModelSource => {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return { kind: 'folder', folder: path.resolve(text) };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'file:') return { kind: 'folder', folder: fileURLToPath(url) };
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url && isHttp && url.username === '' && url.password === '')
    return { kind: 'url', prefix: text.endsWith('/') ? text : `${text}/` };
  throw modelError(
    'model-source-invalid',
    `the model source '${withoutSecrets(text)}' is neither a folder nor a file:, http: or https: URL without a password`,
  );
};

export const formatSource = (source: ModelSource): string =>
  source.kind === 'folder' ? source.folder : source.prefix;

/** The bytes of a file in a source, or undefined when the source does not have it. */
export const openInSource = async (
  source: ModelSource,
  fileName: string,
  deps: FetchDeps,
): Promise<AsyncIterable<Uint8Array> | undefined> => {
  if (source.kind === 'url') return fetchChunks(`${source.prefix}${fileName}`, deps);
  const file = path.join(source.folder, fileName);
  const isThere = await stat(file).then(
    (status) => status.isFile(),
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return false;
      throw modelError('model-source-failed', `${file} cannot be read (${cause.code})`, { cause });
    },
  );
  return isThere ? createReadStream(file) : undefined;
};
