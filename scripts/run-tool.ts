import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Folder of the checkout, absolute. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** What a finished tool leaves behind. `code` is 1 when a signal ended it; `output` is empty unless captured. */
export interface ToolResult {
  code: number;
  output: string;
}

/**
 * Runs a tool of `node_modules` with the Node that runs us, at the root of the checkout.
 * `script`: path of its JavaScript file below the root. `capture`: keep what it prints instead of showing it.
 */
export function runTool(
  script: string,
  args: readonly string[],
  { capture = false, env = {} }: { capture?: boolean; env?: Record<string, string> } = {},
): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const tool = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'],
    });
    const chunks: Buffer[] = [];
    tool.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    tool.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    tool.once('error', reject);
    tool.once('close', (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }),
    );
  });
}
