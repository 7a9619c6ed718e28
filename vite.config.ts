import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

/** An API that runs already, for `vite console`: pages are made anew as they are written. */
const api = process.env['XUELIANG_API'];
/** The player of MPEG-1 puts a style sheet for buttons that we do not use into the page, which the policy forbids. */
const withoutInlineStyles = {
  name: 'without-inline-styles',
  transform: (code: string, id: string) =>
    id.includes('@cycjimmy/jsmpeg-player') ? code.replace(/^styleInject\(.*\);$/m, '') : undefined,
};

/** Beside every file that shrinks its gzipped self: the API sends that to who takes it, and packs nothing itself. */
const withPacked = {
  name: 'with-packed',
  apply: 'build' as const,
  writeBundle: async ({ dir }: { dir?: string | undefined }): Promise<void> => {
    if (dir === undefined) return;
    const names = await readdir(dir, { recursive: true });
    for (const name of names.filter((one) => /\.(js|css|html|svg)$/.test(one))) {
      const file = path.join(dir, name);
      await writeFile(`${file}.gz`, gzipSync(await readFile(file), { level: 9 }));
    }
  },
};

/** Builds the console into what the API serves. No page asks any other host for anything. */
export default defineConfig({
  root: fileURLToPath(new URL('./console', import.meta.url)),
  base: '/',
  plugins: [withoutInlineStyles, withPacked],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  ...(api === undefined
    ? {}
    : {
        server: {
          host: '127.0.0.1',
          proxy: { '/api': { target: api, ws: true }, '/r/': { target: api }, '/metrics': { target: api } },
        },
      }),
  build: {
    outDir: fileURLToPath(new URL('./dist/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // A picture inside a style sheet or a script would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        console: fileURLToPath(new URL('./console/index.html', import.meta.url)),
        // Alone: a telephone on a poor line loads nothing of the console.
        responder: fileURLToPath(new URL('./console/responder.html', import.meta.url)),
      },
    },
  },
});
