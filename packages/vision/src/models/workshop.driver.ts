import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onnxBytes } from './onnx-file.driver.ts';
import type { Workshop } from './quantise.service.ts';

/** Opens a folder of its own among the temporary files. */
export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-models-'));
  return {
    async put(name, model) {
      const path = join(folder, name);
      await writeFile(path, onnxBytes(model));
      return path;
    },
    async install(path, out) {
      await mkdir(dirname(out), { recursive: true });
      // A worker may look for weights at any moment: it must never meet half a file.
      const part = `${out}.part`;
      await copyFile(path, part);
      await rename(part, out);
    },
    close: () => rm(folder, { recursive: true }),
  };
}
