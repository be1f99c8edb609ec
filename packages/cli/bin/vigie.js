#!/usr/bin/env node
// Plain JavaScript for whatever Node the system has: Vigie itself needs a Node that reads TypeScript.
import { spawnSync } from 'node:child_process';
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
  const { status } = spawnSync(ours, [self, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
