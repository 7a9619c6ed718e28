import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The player of MPEG-1 puts a style sheet for buttons that we do not use into the page, which the policy forbids. */
const withoutInlineStyles = {
  name: 'without-inline-styles',
  transform: (code: string, id: string) =>
    id.includes('@cycjimmy/jsmpeg-player') ? code.replace(/^styleInject\(.*\);$/m, '') : undefined,
};

/** Builds the console into what the API serves. No page asks any other host for anything. */
export default defineConfig({
  root: fileURLToPath(new URL('./console', import.meta.url)),
  base: '/',
  plugins: [withoutInlineStyles],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('./dist/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // A picture inside a style sheet or a script would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { console: fileURLToPath(new URL('./console/index.html', import.meta.url)) },
    },
  },
});
