import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

const signals = fileURLToPath(new URL('./signals.ts', import.meta.url));
/** Waits to be stopped, as a worker does: something of its own keeps it alive until then. */
const program = `
  import { untilSignal } from ${JSON.stringify(signals)};
  const alive = setInterval(() => {}, 1000);
  const asked = untilSignal();
  console.log('waiting');
  await asked;
  clearInterval(alive);
`;

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

async function startChild(): Promise<ChildProcess> {
  const args = ['--input-type=module', '--eval', program];
  child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

it.each<[string, (process: ChildProcess) => void]>([
  ['a signal', (process) => process.kill('SIGTERM')],
  ['the end of its supervisor', (process) => process.disconnect()],
])('a supervised process ends by itself after %s', async (_name, ask) => {
  const started = await startChild();
  const ended = once(started, 'exit');
  ask(started);
  expect(await ended).toEqual([0, null]);
});
