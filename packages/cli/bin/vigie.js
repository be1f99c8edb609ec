#!/usr/bin/env node
// Plain JavaScript for whatever Node the system has: Vigie itself needs a Node that reads TypeScript.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const isNewEnough = major > 22 || (major === 22 && minor >= 18);

if (isNewEnough) {
  await import('../src/main.ts');
} else {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const ours = fileURLToPath(new URL(`../../../node_modules/.bin/node${suffix}`, import.meta.url));
  if (!existsSync(ours)) {
    console.error(
      `vigie: Node ${process.versions.node} is too old, and ours is missing. Run npm ci here, or install Node 22.18 or newer.`,
    );
    process.exit(1);
  }
  const self = fileURLToPath(import.meta.url);
  // The channel tells the child when this process is killed: it then ends, too.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(ours, [self, ...process.argv.slice(2)], { stdio });
  // A terminal sends Ctrl+C and its own end to both; twice would mean "at once".
  const isTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  for (const signal of ['SIGINT', 'SIGHUP']) {
    process.on(signal, () => isTerminal || child.kill(signal));
  }
  child.on('exit', (status) => process.exit(status ?? 1));
}
