import { spawn } from 'node:child_process';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '..', 'main.ts');

interface Given {
  /** what the user types; nothing: the command cannot ask */
  input?: string;
  environment?: Readonly<Record<string, string>>;
}

/** Runs `vigie` with these arguments as a user does, to its end. */
export async function runCommand(args: readonly string[], { input, environment }: Given = {}) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input ?? '');
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, ...said };
}
