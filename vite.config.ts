import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Builds the console into what the API serves. No page asks any other host for anything. */
export default defineConfig({
  root: fileURLToPath(new URL('./console', import.meta.url)),
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
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
