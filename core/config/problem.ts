/** One thing that is wrong with a site document, in the words of whoever has to mend it. */
export interface ConfigProblem {
  /** Where in the document: `cameras[2].stream.url`. */
  path: string;
  /** Position in the file, from 1; absent when the document did not come from a file. */
  line?: number;
  column?: number;
  message: string;
}

export type DocumentPath = readonly (string | number)[];

/** `['cameras', 2, 'stream']` → `cameras[2].stream`. */
export const formatPath = (path: DocumentPath): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  ) || 'document';

/** `site.yaml:12:7 cameras[2].stream.url: …`, one line a problem. */
export const formatProblem = (file: string, { path, line, column, message }: ConfigProblem): string =>
  `${file}${line === undefined ? '' : `:${line}:${column ?? 1}`} ${path}: ${message}`;
