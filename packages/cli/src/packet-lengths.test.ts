import { generate } from 'mqtt-packet';
import { expect, it } from 'vitest';
import { packPacketLengths } from './packet-lengths.ts';
import { collectGarbage } from './testing/garbage.ts';

/** in MB */
function buffersHeld(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers / 2 ** 20;
}

it('messages of ever new lengths leave nothing behind', async () => {
  packPacketLengths();
  const before = buffersHeld();
  for (let length = 0; length < 2000; length++) {
    generate({
      ...{ cmd: 'publish', topic: 'x', qos: 0, dup: false, retain: false },
      payload: 'x'.repeat(length),
    });
    // What else a program does meanwhile: the pool goes on to another block.
    for (let i = 0; i < 5; i++) Buffer.allocUnsafe(16_000);
  }
  // Buffers are given back beside the collection, not within it. Without the table packed, 125 MB stay.
  await expect.poll(() => buffersHeld() - before, { timeout: 10_000 }).toBeLessThan(5);
});
