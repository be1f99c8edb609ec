import { borderProblems } from './borders.ts';
import { root, runTool, type ToolResult } from './run-tool.ts';

const captured = { capture: true };

const steps: { name: string; run: () => Promise<ToolResult> }[] = [
  {
    name: 'format and lint',
    run: () =>
      runTool('node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings'], captured),
  },
  { name: 'types', run: () => runTool('node_modules/typescript/bin/tsc', ['-p', '.'], captured) },
  {
    name: 'borders',
    run: async () => {
      const problems = await borderProblems(root);
      return { code: problems.length === 0 ? 0 : 1, output: problems.join('\n') };
    },
  },
  { name: 'dead code', run: () => runTool('node_modules/knip/bin/knip.js', [], captured) },
];

let failures = 0;
for (const { name, run } of steps) {
  const began = performance.now();
  const { code, output } = await run().catch((cause: unknown) => ({
    code: 1,
    output: String(cause),
  }));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(16)} ${seconds} s`);
  if (code === 0) continue;
  failures++;
  console.log(`${output.trimEnd()}\n`);
}
console.log(failures === 0 ? 'check passed' : `check failed: ${failures} of ${steps.length} steps`);
process.exitCode = failures === 0 ? 0 : 1;
