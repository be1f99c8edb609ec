import { createHash } from 'node:crypto';
import type { InstalledModel, ModelFacts } from '@vigie/contracts/models';
import type { ModelShelf, Refused } from './shelf.ts';

/** A shelf in memory. Contents decide: `known…`, `broken…` (does not run), `page…` (no model), anything else is unknown. */
export function createFakeShelf(): ModelShelf & { installed: InstalledModel[] } {
  const installed: InstalledModel[] = [];
  const waiting = new Map<string, { facts: ModelFacts; text: string }>();
  return {
    installed,
    clear: async () => waiting.clear(),
    list: async () => ({
      installed: [...installed],
      unusable: [],
      waiting: [...waiting].map(([id, { facts }]) => ({ id, facts })),
    }),
    receive: async ({ name, source }) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of source) pieces.push(piece);
      const bytes = Buffer.concat(pieces);
      const text = bytes.toString();
      if (text.startsWith('page')) return refused('not-onnx');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const standing = text.startsWith('known') ? 'known' : 'unknown';
      const facts: ModelFacts = {
        ...{ name, sha256, bytes: bytes.length, head: 'yolov8', standing },
        ...{ input: { width: 640, height: 384 }, isQuantised: true, licence: null },
      };
      const id = `u${waiting.size}`;
      waiting.set(id, { facts, text });
      return { is: 'waiting', id, facts };
    },
    install: async (id) => {
      const entry = waiting.get(id);
      waiting.delete(id);
      if (!entry) return undefined;
      if (entry.text.startsWith('broken')) return refused('does-not-run');
      const model = { ...entry.facts, isOwn: true };
      installed.push(model);
      return { is: 'installed', model };
    },
    discard: async (id) => waiting.delete(id),
    remove: async (name) => {
      const at = installed.findIndex((model) => model.name === name);
      return at < 0 ? undefined : installed.splice(at, 1)[0];
    },
  };
}

const refused = (why: Refused['why']): Refused => ({ is: 'refused', why, text: `It is ${why}.` });
