import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/**
 * Bundles the pages into the folder named by the first argument. A program of its own: the caller's NODE_ENV, which
 * chooses React's slow build under a test runner, and its memory stay out of it.
 */
const [outDir] = process.argv.slice(2);
if (!outDir) throw new Error('Name the folder to build into: node bundle.ts FOLDER');

await build({
  root: dirname(fileURLToPath(import.meta.url)),
  configFile: false,
  logLevel: 'error',
  plugins: [react()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // One file on purpose: the board of an alarm must not wait for a piece that was never fetched.
    chunkSizeWarningLimit: 4000,
  },
});
