import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { borderProblems, type Crossing, findCrossings } from '../../scripts/borders.ts';
import { root } from '../../scripts/run-tool.ts';

/** A small house that keeps every border; the planted files lean on it. */
const house: Record<string, string> = {
  'package.json': '{"name":"house","type":"module","workspaces":["packages/*"]}',
  'packages/contracts/package.json': manifest('contracts', './src/index.ts', ['zod']),
  'packages/contracts/src/index.ts': "import * as z from 'zod';\nexport const Id = z.string();\n",
  'packages/palette/package.json': manifest('palette', './src/index.ts', []),
  'packages/palette/src/index.ts': 'export const black = 0;\n',
  'packages/vision/package.json': manifest('vision', './src/index.ts', ['@vigie/contracts']),
  'packages/vision/src/index.ts': "export { Id } from '@vigie/contracts';\n",
  'packages/bollard/package.json': manifest('bollard', './src/index.ts', ['@vigie/palette']),
  'packages/bollard/src/index.ts': "export { black } from '@vigie/palette';\n",
  'packages/server/package.json': manifest('server', './src/index.ts', ['zod', 'pg', 'pino']),
  'packages/server/src/index.ts': "export { start } from './app.ts';\n",
  'packages/server/src/app.ts':
    "import { createParking } from './parking/index.ts';\nexport const start = createParking;\n",
  'packages/server/src/platform/log.ts': "import { pino } from 'pino';\nexport const log = pino;\n",
  'packages/server/src/parking/index.ts': [
    "import { createStore } from './parking.store.ts';",
    "import { createService } from './parking.service.ts';",
    'export type Parking = ReturnType<typeof createService>;',
    'export const createParking = () => createService(createStore());',
  ].join('\n'),
  'packages/server/src/parking/stays.ts': 'export const staysFrom = () => [];\n',
  'packages/server/src/parking/parking.tables.ts': 'export const stays = {};\n',
  'packages/server/src/parking/parking.store.ts': [
    "import { stays } from './parking.tables.ts';",
    'export const createStore = () => stays;',
    'export type Store = ReturnType<typeof createStore>;',
  ].join('\n'),
  'packages/server/src/parking/parking.service.ts': [
    "import type { Store } from './parking.store.ts';",
    "import { staysFrom } from './stays.ts';",
    "import { log } from '../platform/log.ts';",
    'export const createService = (store: Store) => ({ store, staysFrom, log });',
  ].join('\n'),
  'packages/web/package.json': manifest('web', './src/app.tsx', ['@vigie/contracts']),
  'packages/web/src/app.tsx':
    "import { page } from './features/parking/index.ts';\nexport const app = page;\n",
  'packages/web/src/features/parking/index.ts': "export { page } from './page.tsx';\n",
  'packages/web/src/features/parking/page.tsx':
    "import { Id } from '@vigie/contracts';\nexport const page = Id;\n",
  'packages/cli/package.json': manifest('cli', './src/main.ts', ['@vigie/server']),
  'packages/cli/src/main.ts': [
    "export { start } from '@vigie/server';",
    "export { Id } from '@vigie/vision';",
    "export { black } from '@vigie/bollard';",
  ].join('\n'),
};

interface Planting {
  crime: string;
  at: string;
  code: string;
  border: string;
}

const planted: Planting[] = [
  {
    crime: 'a contract that imports the palette',
    at: 'packages/contracts/src/a.ts',
    code: "import '@vigie/palette';",
    border: 'package-contracts',
  },
  {
    crime: 'a palette that imports a contract',
    at: 'packages/palette/src/a.ts',
    code: "import '@vigie/contracts';",
    border: 'package-palette',
  },
  {
    crime: 'a vision file that imports the palette',
    at: 'packages/vision/src/a.ts',
    code: "import '@vigie/palette';",
    border: 'package-vision',
  },
  {
    crime: 'a bollard that imports the server, in a test too',
    at: 'packages/bollard/src/a.test.ts',
    code: "import '@vigie/server';",
    border: 'package-bollard',
  },
  {
    crime: 'a server that imports the vision package',
    at: 'packages/server/src/platform/a.ts',
    code: "import '@vigie/vision';",
    border: 'package-server',
  },
  {
    crime: 'a web file that imports a type of the server',
    at: 'packages/web/src/a.ts',
    code: "import type { start } from '@vigie/server';\nexport type A = typeof start;",
    border: 'package-web',
  },
  {
    crime: 'another package imported by a path',
    at: 'packages/cli/src/a.ts',
    code: "import '../../contracts/src/index.ts';",
    border: 'packages-by-name',
  },
  {
    crime: 'a contract that imports a library',
    at: 'packages/contracts/src/main.ts',
    code: "import 'pino';",
    border: 'contracts-know-only-zod',
  },
  {
    crime: 'a contract door that imports a Node API',
    at: 'packages/contracts/src/folder/index.ts',
    code: "import 'node:fs';",
    border: 'contracts-know-only-zod',
  },
  {
    crime: 'a palette door that imports zod',
    at: 'packages/palette/src/folder/index.ts',
    code: "import 'zod';",
    border: 'palette-knows-nothing',
  },
  {
    crime: 'a page that imports a Node API',
    at: 'packages/web/src/b.tsx',
    code: "import 'node:path';",
    border: 'web-knows-no-node',
  },
  {
    crime: 'a feature that reaches behind another door',
    at: 'packages/server/src/devices/devices.store.ts',
    code: "import '../parking/parking.store.ts';",
    border: 'features-meet-at-doors',
  },
  {
    crime: 'a feature that takes a type from behind another door',
    at: 'packages/server/src/devices/a.store.ts',
    code: "import type { Store } from '../parking/parking.store.ts';\nexport type A = Store;",
    border: 'features-meet-at-doors',
  },
  {
    crime: 'an app that enters by the window',
    at: 'packages/server/src/main.ts',
    code: "import './parking/parking.service.ts';",
    border: 'app-enters-by-doors',
  },
  {
    crime: 'a platform that knows a feature',
    at: 'packages/server/src/platform/b.ts',
    code: "import '../parking/index.ts';",
    border: 'platform-knows-no-feature',
  },
  {
    crime: 'a service that reads tables',
    at: 'packages/server/src/parking/a.service.ts',
    code: "import './parking.tables.ts';",
    border: 'tables-only-for-stores',
  },
  {
    crime: 'a web feature that reaches behind another door',
    at: 'packages/web/src/features/rooms/a.ts',
    code: "import '../parking/page.tsx';",
    border: 'web-features-meet-at-doors',
  },
  {
    crime: 'a page outside the features that reaches into one',
    at: 'packages/web/src/c.ts',
    code: "import './features/parking/page.tsx';",
    border: 'web-enters-by-doors',
  },
  {
    crime: 'a rule that imports a type of an edge',
    at: 'packages/server/src/parking/a.ts',
    code: "import type { Store } from './parking.store.ts';\nexport type A = Store;",
    border: 'rule-imports-no-edge',
  },
  {
    crime: 'a rule of vision that imports an edge',
    at: 'packages/vision/src/deep/er/b.ts',
    code: "import './camera.driver.ts';",
    border: 'rule-imports-no-edge',
  },
  {
    crime: 'a rule that imports the platform',
    at: 'packages/server/src/parking/b.ts',
    code: "import '../platform/log.ts';",
    border: 'rule-imports-no-platform',
  },
  {
    crime: 'a rule that runs what stands behind a door',
    at: 'packages/server/src/devices/c.ts',
    code: "import '../parking/index.ts';",
    border: 'rule-imports-no-door',
  },
  {
    crime: 'a rule that imports a Node API',
    at: 'packages/server/src/parking/d.ts',
    code: "import 'node:crypto';",
    border: 'rule-imports-no-node',
  },
  {
    crime: 'a rule that imports a Node API without its prefix',
    at: 'packages/bollard/src/e.ts',
    code: "import 'fs';",
    border: 'rule-imports-no-node',
  },
  {
    crime: 'a rule that imports a library',
    at: 'packages/server/src/parking/e.ts',
    code: "import 'pg';",
    border: 'rule-imports-no-library',
  },
  {
    crime: 'a service that runs an edge',
    at: 'packages/server/src/parking/b.service.ts',
    code: "import type { Store } from './parking.store.ts';\nimport { createStore } from './parking.store.ts';\nexport const store: Store = createStore();",
    border: 'service-sees-edges-as-types',
  },
  {
    crime: 'a service that loads an edge later',
    at: 'packages/server/src/parking/c.service.ts',
    code: "export const load = () => import('./parking.store.ts');",
    border: 'service-sees-edges-as-types',
  },
  {
    crime: 'a suffix outside the closed list',
    at: 'packages/server/src/parking/parking.manager.ts',
    code: "import './stays.ts';",
    border: 'closed-list-of-kinds',
  },
  {
    crime: 'a drawer of helpers',
    at: 'packages/server/src/app.test.ts',
    code: "import './platform/utils/text.ts';",
    border: 'no-drawers',
  },
  {
    crime: 'production code that imports a fake',
    at: 'packages/bollard/src/main.ts',
    code: "import './light.fake.ts';",
    border: 'checks-stay-outside',
  },
  {
    crime: 'production code that imports what only tests need',
    at: 'packages/vision/src/main.ts',
    code: "import './testing/clip.ts';",
    border: 'checks-stay-outside',
  },
  {
    crime: 'two files that need each other',
    at: 'packages/vision/src/f.ts',
    code: "import './g.ts';",
    border: 'no-cycles',
  },
  {
    crime: 'an import that leads nowhere',
    at: 'packages/vision/src/h.ts',
    code: "import '@vigie/nowhere';",
    border: 'no-unresolvable',
  },
];

/** Files that the planted ones need and that break nothing by themselves. */
const soil: Record<string, string> = {
  'packages/vision/src/deep/er/camera.driver.ts': "import 'node:net';\n",
  'packages/vision/src/g.ts': "import './f.ts';\n",
  'packages/server/src/platform/utils/text.ts': 'export const text = 1;\n',
  'packages/vision/src/testing/clip.ts': "import 'node:fs';\n",
  'packages/bollard/src/light.fake.ts': 'export const light = 1;\n',
};

const allowed: { habit: string; at: string; code: string }[] = [
  {
    habit: 'a rule that takes a type from another door',
    at: 'packages/server/src/audit/lines.ts',
    code: "import type { Parking } from '../parking/index.ts';\nexport type A = Parking;",
  },
  {
    habit: 'a rule that reads contracts, palette, zod and another rule',
    at: 'packages/server/src/parking/display.ts',
    code: "import '@vigie/contracts';\nimport '@vigie/palette';\nimport 'zod';\nimport './stays.ts';",
  },
  {
    habit: 'an edge that uses a library, a Node API, the platform and its service',
    at: 'packages/server/src/parking/parking.routes.ts',
    code: "import 'pg';\nimport 'node:fs';\nimport '../platform/log.ts';\nimport './parking.service.ts';",
  },
  {
    habit: 'a service that calls another door',
    at: 'packages/server/src/audit/audit.service.ts',
    code: "import '../parking/index.ts';",
  },
  {
    habit: 'a test that wires real edges together',
    at: 'packages/server/src/audit/audit.test.ts',
    code: "import '../parking/parking.store.ts';\nimport 'node:fs';\nimport 'pg';",
  },
  {
    habit: 'a test of the palette that compares with a library',
    at: 'packages/palette/src/metric.test.ts',
    code: "import 'pino';",
  },
];

describe('the borders of the house', () => {
  let folder: string;
  let modules = 0;
  let crossings: Crossing[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-borders-'));
    for (const [path, text] of Object.entries({ ...house, ...soil })) await plant(path, text);
    for (const { at, code } of [...planted, ...allowed]) await plant(at, `${code}\n`);
    await furnish();
    ({ modules, crossings } = await findCrossings(folder));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function plant(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }

  /** Our packages by name, as npm links them, and libraries that hold nothing. */
  async function furnish(): Promise<void> {
    await mkdir(join(folder, 'node_modules/@vigie'), { recursive: true });
    for (const name of ['contracts', 'palette', 'vision', 'bollard', 'server', 'web', 'cli']) {
      const link = join(folder, 'node_modules/@vigie', name);
      await symlink(join(folder, 'packages', name), link, 'junction');
    }
    for (const name of ['zod', 'pg', 'pino']) {
      await plant(`node_modules/${name}/package.json`, `{"name":"${name}","main":"index.js"}`);
      await plant(`node_modules/${name}/index.js`, '');
    }
  }

  it('sees every planted file', () => {
    expect(modules).toBeGreaterThan(planted.length + Object.keys(house).length / 2);
  });

  it.each(planted)('catches $crime by the name $border', ({ at, border }) => {
    const names = crossings.filter((crossing) => crossing.from === at).map((c) => c.border);
    expect(new Set(names)).toEqual(new Set([border]));
  });

  it.each(allowed)('lets pass $habit', ({ at }) => {
    expect(crossings.filter((crossing) => crossing.from === at)).toEqual([]);
  });

  it('finds nothing in a house that keeps its borders', () => {
    const guilty = new Set([...planted.map(({ at }) => at), 'packages/vision/src/g.ts']);
    expect(crossings.filter(({ from }) => !guilty.has(from))).toEqual([]);
  });

  it('is tried on every border there is', async () => {
    const { default: config } = await import(join(root, '.dependency-cruiser.mjs'));
    const names: string[] = config.forbidden.map(({ name }: { name: string }) => name);
    const tried = planted.map(({ border }) => border);
    // The command may import every package: nothing can be planted there.
    expect(new Set([...tried, 'package-cli'])).toEqual(new Set(names));
  });
});

it('calls it a problem to have seen no module', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'vigie-borders-'));
  await mkdir(join(empty, 'packages'));
  try {
    expect(await borderProblems(empty)).toEqual([expect.stringMatching(/^saw 0 modules/)]);
  } finally {
    await rm(empty, { recursive: true });
  }
});

function manifest(name: string, door: string, needs: string[]): string {
  return JSON.stringify({
    name: `@vigie/${name}`,
    type: 'module',
    exports: { '.': door },
    dependencies: Object.fromEntries(needs.map((need) => [need, '*'])),
  });
}
