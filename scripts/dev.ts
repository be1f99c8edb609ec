import { spawn } from 'node:child_process';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';
import { root } from './run-tool.ts';

/**
 * For working on Vigie: the server, started again when a file of it changes, and the pages with live reload beside it.
 * Words after `--` go to the command: `npm run dev -- demo` works on the demo town.
 */
const words = process.argv.slice(2);
const server = `http://127.0.0.1:${process.env.VIGIE_PORT ?? '8080'}`;

// A browser names the page's origin; the server knows its own only.
const toServer = { target: server, changeOrigin: true, ws: true, headers: { origin: server } };

const vigie = spawn(
  process.execPath,
  [
    '--watch',
    '--watch-preserve-output',
    'packages/cli/src/main.ts',
    ...(words.length > 0 ? words : ['start']),
  ],
  { cwd: root, stdio: 'inherit' },
);
const pages = await createServer({
  root: join(root, 'packages/web'),
  configFile: false,
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': toServer },
    // The server builds the pages for itself when it starts: no reason to reload ours.
    watch: { ignored: ['**/dist/**', '**/.dist-*/**'] },
  },
});

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  vigie.kill('SIGTERM');
  await pages.close();
}

vigie.once('exit', (code) => {
  process.exitCode = isStopping ? 0 : (code ?? 1);
  void stop();
});
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

await pages.listen();
pages.printUrls();
