import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const repositoryRoot = path.resolve(import.meta.dirname, '../..');

const skipped = new Set(['node_modules', 'dist', 'var', '.cache', '.git', 'coverage']);

/** Every TypeScript file of the project, relative to its root, with its text. */
export const sourceFiles = (): { file: string; text: string }[] =>
  walk('').map((file) => ({ file, text: readFileSync(path.join(repositoryRoot, file), 'utf8') }));

const walk = (folder: string): string[] =>
  readdirSync(path.join(repositoryRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(name);
    return entry.name.endsWith('.ts') ? [name] : [];
  });

export const isTest = (file: string): boolean => file.endsWith('.test.ts') || file.startsWith('test/');

/** What a file imports: the module names as written. */
export const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name = '']) => name);

/** What a file has loaded when it runs: types are gone by then. */
export const loadsOf = (text: string): string[] =>
  importsOf(text.replace(/\b(?:import|export) type [^;]+;/g, ''));

/** Comments and strings blanked out, so that only code is left to look at. */
export const codeOf = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
