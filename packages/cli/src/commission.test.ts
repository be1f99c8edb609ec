import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Accuracy, Commissioning, Label } from '@vigie/contracts/commissioning';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './testing/run-command.ts';

const now = '2026-03-14T09:42:07.000Z';
const estimate = { value: 0.4, low: 0, high: 1.08 };
const accuracy: Accuracy = {
  moments: 5,
  unknown: 1,
  meanError: estimate,
  bias: { value: -0.4, low: -1.08, high: 0.28 },
  missRate: { value: 0.25, low: 0.1, high: 0.5 },
  falseEmptyRate: null,
  inRange: { value: 1, low: 0.57, high: 1 },
  until: now,
};

let server: Server;
let url: string;
let folder: string;
let taken: Label[];

/** A server that takes every label; it knows an accuracy from two on. */
beforeEach(async () => {
  taken = [];
  folder = await mkdtemp(join(tmpdir(), 'vigie-commission-'));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
      taken.push(...(body.moments ?? []));
      const moments = taken.map(({ at, people }, i) => ({
        ...{ id: `m${i}`, at, people },
        ...{ count: 99, min: 99, max: 99, health: 'ok' as const },
      }));
      const answer: Commissioning = {
        cameraId: 'hall-1',
        now,
        accuracy: taken.length > 1 ? accuracy : null,
        viewSince: null,
        moments,
      };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

const commission = (args: readonly string[], input?: string) =>
  runCommand(['commission', 'hall-1', '--url', url, ...args], {
    environment: { VIGIE_TOKEN: 'secret' },
    ...(input === undefined ? {} : { input }),
  });

describe('vigie commission', () => {
  it('asks for the people of each moment and never shows the count before', async () => {
    const { code, out, err } = await commission([], '\n3\n\nmany\n\n0\nq\n');
    expect({ code, taken }).toEqual({
      code: 0,
      taken: [
        { at: now, people: 3 },
        { at: now, people: 0 },
      ],
    });
    expect(`${out}${err}`).not.toContain('99');
    expect(err).toContain('many is no number from 0 to 500; this moment is skipped.');
    expect(out).toContain('mean error           0.4 (95 %: 0.0 to 1.1)');
    expect(out).toContain('people missed        25 % (95 %: 10 % to 50 %)');
    expect(out).toContain('falsely empty        no moment with people yet');
  });

  it('takes a file of moments', async () => {
    const file = join(folder, 'drill.csv');
    await writeFile(file, 'at,people\n2026-03-14T10:42:07+01:00,3\n');
    const { code, out } = await commission(['--truth', file]);
    expect({ code, taken }).toEqual({ code: 0, taken: [{ at: now, people: 3 }] });
    expect(out).toContain('Take at least 5; 20 to 50 are advised.');
  });

  it('sends nothing of a file with a wrong line', async () => {
    const file = join(folder, 'drill.csv');
    await writeFile(file, 'at,people\n2026-03-14T10:42:07+01:00,3\nyesterday,2\n');
    const { code, err } = await commission(['--truth', file]);
    expect({ code, taken }).toEqual({ code: 1, taken: [] });
    expect(err).toContain('line 3: "yesterday" is no time');
  });
});
