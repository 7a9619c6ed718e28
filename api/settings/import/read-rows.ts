import { CsvError, parse } from 'csv-parse/sync';
import type { DocumentPath } from '../../../core/config/problem.ts';
import { readYaml, type TextPosition } from '../../../core/config/yaml-document.ts';
import type { Camera } from '../../../core/schema/camera.ts';
import { apiError } from '../../errors.ts';
import { cameraColumns, toCamera } from './camera-columns.ts';

/** One camera of a file, and where it and its parts stand. */
export interface ImportRow {
  /** The camera as it is wanted, unchecked. */
  camera: unknown;
  at(path: DocumentPath): TextPosition & { name: string };
}

export const maxRows = 5000;

/** Finds the camera that a row is about, as it is stored. */
type Find = (id: string) => Camera | undefined;

const invalid = (message: string) => apiError('import-unreadable', message);

/** Reads a table whose first line names columns. Throws `import-unreadable`, saying where. */
export const readCsvRows = (text: string, find: Find): ImportRow[] => {
  const [header, ...records] = readRecords(text);
  if (!header) throw invalid('line 1: there is no header; the first line names the columns');
  const columns = readHeader(header.record);
  return records.map(({ record, info }) => {
    const cells = new Map(columns.map((column, index) => [column, (record[index] ?? '').trim()]));
    const id = [...cells].find(([{ name }]) => name === 'id')?.[1] ?? '';
    const line = info.lines;
    return {
      camera: toCamera(cells, find(id)),
      at: (path) => {
        const key = path.map(String);
        const index = columns.findIndex((column) => column.path.every((part, depth) => part === key[depth]));
        const name = columns[index]?.name ?? (key.join('.') || 'id');
        return { line, ...(index < 0 ? {} : { column: index + 1 }), name };
      },
    };
  });
};

const readRecords = (text: string): { record: string[]; info: { lines: number } }[] => {
  try {
    return parse(text, { bom: true, info: true, skip_empty_lines: true, to: maxRows + 2 }) as never;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Without its cause: the parser's message quotes the file's text.
    throw invalid(
      `line ${String((error as { lines?: number }).lines ?? '?')}: not a table of comma-separated values (${error.code})`,
    );
  }
};

const readHeader = (names: readonly string[]) => {
  const known = cameraColumns.map(({ name }) => name);
  const columns = names.map((given, index) => {
    const name = given.trim();
    const column = cameraColumns.find((one) => one.name === name);
    if (!column)
      throw invalid(`line 1, column ${index + 1}: no such column; the columns are ${known.join(', ')}`);
    if (names.findIndex((other) => other.trim() === name) < index)
      throw invalid(`line 1, column ${index + 1}: '${name}' is there twice`);
    return column;
  });
  if (!columns.some(({ name }) => name === 'id')) throw invalid("line 1: the column 'id' is missing");
  return columns;
};

/** Reads cameras as a site file has them: a list, or a document with the key `cameras`. Throws `import-unreadable`. */
export const readYamlRows = (text: string): ImportRow[] => {
  const document = readYaml(text);
  const [problem] = document.problems;
  if (problem)
    throw invalid(`line ${problem.line ?? 1}, column ${problem.column ?? 1}: not YAML, or with aliases`);
  const { value } = document;
  const isList = Array.isArray(value);
  const cameras: unknown = isList ? value : (value as { cameras?: unknown } | null)?.cameras;
  if (!Array.isArray(cameras)) throw invalid("line 1: give a list of cameras, or 'cameras:' with one");
  return cameras.map((camera: unknown, index) => ({
    camera,
    at: (path) => ({
      ...document.at(isList ? [index, ...path] : ['cameras', index, ...path]),
      name: path.join('.') || 'camera',
    }),
  }));
};
