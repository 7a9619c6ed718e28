import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { ConfigProblem, DocumentPath } from './problem.ts';

/** Where something stands in a text, both from 1. */
export interface TextPosition {
  line?: number;
  column?: number;
}

/** YAML (or JSON), and where what is in it stands. */
export interface YamlDocument {
  value: unknown;
  /** What keeps it from being read; `value` means nothing then. */
  problems: ConfigProblem[];
  at(path: DocumentPath): TextPosition;
}

/** Reads YAML without aliases, which would let a small text become a large one. */
export const readYaml = (text: string): YamlDocument => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, maxAliasCount: 0, uniqueKeys: true } as object);
  const toPosition = (offset: number | undefined): TextPosition => {
    if (offset === undefined) return {};
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const at = (path: DocumentPath): TextPosition => toPosition(offsetOf(document.contents, path));
  const problems = document.errors.map((error) => ({
    path: 'document',
    ...toPosition(error.pos[0]),
    message: error.message.split('\n')[0] ?? 'not YAML',
  }));
  if (problems.length > 0) return { value: undefined, problems, at };
  try {
    return { value: document.toJS({ maxAliasCount: 0 }), problems, at };
  } catch {
    const message = 'aliases (*name) are not allowed here; write the value out'; // all that toJS refuses
    return { value: undefined, problems: [{ path: 'document', ...at([]), message }], at };
  }
};

/** Offset of the node a path leads to, or of the nearest thing above it; of the key for an unknown or misplaced one. */
const offsetOf = (root: unknown, path: DocumentPath): number | undefined => {
  let node = root as Node | null;
  let offset = node?.range?.[0];
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === part);
      if (!pair) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else {
      const items = (node as { items?: Node[] } | null)?.items;
      const item = typeof part === 'number' ? items?.[part] : undefined;
      if (!item) return offset;
      node = item;
      offset = item.range?.[0] ?? offset;
    }
  }
  return offset;
};
