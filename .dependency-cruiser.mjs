/**
 * The borders of the house, held by `npm run check`. Words: a *rule* is a file without a suffix, an *edge* carries a suffix of the
 * closed list below, a *door* is a feature's `index.ts`. `tests/borders` plants a violation of each and sees it caught by name.
 */

/** Which packages of ours each package may import; contracts know zod beside that, palette nothing at all. */
const packages = {
  contracts: [],
  palette: [],
  vision: ['contracts'],
  bollard: ['contracts', 'palette'],
  server: ['contracts', 'palette'],
  web: ['contracts', 'palette'],
  cli: ['contracts', 'palette', 'vision', 'bollard', 'server', 'web'],
};

const server = '^packages/server/src';
const feature =
  '(?:parking|evacuation|devices|accounts|directory|notifications|exports|retention|audit)';
const door = '/index[.]tsx?$';

/** The closed list: edges touch the world, services use them, tables describe the database, the rest checks. */
const edge = '[.](?:store|routes|jobs|mqtt|driver)[.]ts$';
const tables = '[.]tables[.]ts$';
const checks = '^packages/[^/]+/src/testing/|[.](?:test|fake|bench)[.]tsx?$';
const knownKind = '[.](?:store|routes|jobs|mqtt|driver|service|tables|test|fake|bench)[.]tsx?$';
const anyKind = '^packages/(?:server|vision|bollard)/src/.+[.][^/.]+[.]tsx?$';

/** Rules: the files without suffix in the server's features and in the small packages. The platform and the command hold none. */
const rule = {
  path: [
    `${server}/${feature}/.+[.]ts$`,
    '^packages/(?:contracts|palette|vision|bollard)/src/.+[.]ts$',
  ],
  pathNot: ['/[^/.]+[.][^/]+[.]ts$', '/(?:index|app|main)[.]ts$', '/src/testing/'],
};

const packageBorders = Object.entries(packages).map(([name, allowed]) => ({
  name: `package-${name}`,
  comment: `packages/${name} may import ${allowed.join(', ') || 'no other package of ours'}.`,
  from: { path: `^packages/${name}/` },
  to: { path: '^packages/', pathNot: `^packages/(?:${[name, ...allowed].join('|')})/` },
}));

/** Node's own modules and every library, declared in the package or not. */
const outsideWorld = {
  dependencyTypes: [
    'core',
    'npm',
    'npm-dev',
    'npm-optional',
    'npm-peer',
    'npm-bundled',
    'npm-no-pkg',
    'npm-unknown',
  ],
};

const libraryBorders = [
  {
    name: 'packages-by-name',
    comment:
      'Import another package by its name (@vigie/…), so that its exports decide what it shows.',
    from: { path: '^packages/([^/]+)/' },
    to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local'] },
  },
  {
    name: 'contracts-know-only-zod',
    comment: 'Contracts are read everywhere, in the browser too: zod and nothing else.',
    from: { path: '^packages/contracts/src/', pathNot: checks },
    to: { ...outsideWorld, pathNot: '^node_modules/zod/' },
  },
  {
    name: 'palette-knows-nothing',
    comment: 'The palette runs in browser, server and bollard: no library, no Node API.',
    from: { path: '^packages/palette/src/', pathNot: checks },
    to: outsideWorld,
  },
  {
    name: 'web-knows-no-node',
    comment: 'What lies under web/src runs in a browser.',
    from: { path: '^packages/web/src/', pathNot: checks },
    to: { dependencyTypes: ['core'] },
  },
];

const featureBorders = [
  {
    name: 'features-meet-at-doors',
    comment: 'A feature reaches another through its index.ts only.',
    from: { path: `${server}/(${feature})/`, pathNot: checks },
    to: { path: `${server}/${feature}/`, pathNot: [`${server}/$1/`, door] },
  },
  {
    name: 'app-enters-by-doors',
    comment: 'What builds the features takes them by their index.ts.',
    from: { path: `${server}/[^/]+[.]ts$`, pathNot: checks },
    to: { path: `${server}/${feature}/`, pathNot: door },
  },
  {
    name: 'platform-knows-no-feature',
    comment: 'The platform serves features that it does not know.',
    from: { path: `${server}/platform/`, pathNot: checks },
    to: { path: `${server}/${feature}/` },
  },
  {
    name: 'tables-only-for-stores',
    comment: 'Tables are known to stores, and to the driver of a library that speaks SQL itself.',
    from: {
      path: `${server}/`,
      pathNot: [checks, '[.](?:store|driver)[.]ts$', tables],
    },
    to: { path: tables },
  },
  {
    name: 'web-features-meet-at-doors',
    comment: 'A feature of the web reaches another through its index.ts only.',
    from: { path: '^packages/web/src/features/([^/]+)/', pathNot: checks },
    to: {
      path: '^packages/web/src/features/',
      pathNot: ['^packages/web/src/features/$1/', `^packages/web/src/features/[^/]+${door}`],
    },
  },
  {
    name: 'web-enters-by-doors',
    comment: 'Pages outside a feature take it by its index.ts.',
    from: { path: '^packages/web/src/', pathNot: ['^packages/web/src/features/', checks] },
    to: {
      path: '^packages/web/src/features/',
      pathNot: `^packages/web/src/features/[^/]+${door}`,
    },
  },
];

const ruleBorders = [
  {
    name: 'rule-imports-no-edge',
    comment: 'A rule takes values and gives values: no edge, no service, no table.',
    from: rule,
    to: { path: '[.](?:store|routes|jobs|mqtt|driver|service|tables)[.]ts$' },
  },
  {
    name: 'rule-imports-no-platform',
    comment: 'A rule knows no platform, not even as a type.',
    from: rule,
    to: { path: `${server}/(?:platform/|app[.]ts$|main[.]ts$)` },
  },
  {
    name: 'rule-imports-no-door',
    comment: 'A door brings services with it: a rule takes types from it at most.',
    from: rule,
    to: {
      path: `${server}/(?:${feature}/)?index[.]ts$`,
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'rule-imports-no-node',
    comment: 'A rule has no file, no network, no clock, no environment.',
    from: rule,
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'rule-imports-no-library',
    comment: 'A rule needs values only; zod, which describes them, is the one library it may use.',
    from: rule,
    to: {
      path: '^node_modules/',
      pathNot: '^node_modules/zod/',
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'service-sees-edges-as-types',
    comment: 'A service gets its edges handed in: `import type` only.',
    from: { path: '[.]service[.]ts$' },
    to: { path: edge, dependencyTypesNot: ['type-only'] },
  },
];

const layoutBorders = [
  {
    name: 'closed-list-of-kinds',
    comment: `A suffix outside the closed list: ${knownKind}`,
    from: { path: anyKind, pathNot: knownKind },
    to: {},
  },
  {
    name: 'closed-list-of-kinds',
    comment: `A suffix outside the closed list: ${knownKind}`,
    from: {},
    to: { path: anyKind, pathNot: knownKind },
  },
  {
    name: 'no-drawers',
    comment:
      'No utils, helpers, common, types or services: a thing lives with its user or has a name.',
    from: {},
    to: {
      path: '^packages/[^/]+/src/.*/(?:utils|helpers|common|types|services)(?:/|[.]tsx?$)',
    },
  },
  {
    name: 'checks-stay-outside',
    comment: 'What runs in the town hall imports no test, no fake and nothing under testing/.',
    from: { path: '^packages/[^/]+/src/', pathNot: checks },
    to: { path: checks },
  },
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one file, or three.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolvable',
    comment: 'An import that leads nowhere escapes every other border.',
    from: {},
    to: { couldNotResolve: true, pathNot: '[?](?:worker|url|raw|inline)' },
  },
];

export default {
  forbidden: [
    ...packageBorders,
    ...libraryBorders,
    ...featureBorders,
    ...ruleBorders,
    ...layoutBorders,
  ].map((border) => ({ severity: 'error', ...border })),
  options: {
    doNotFollow: { path: '(?:^|/)node_modules/' },
    exclude: { path: '(?:^|/)(?:dist|data|coverage|test-results)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
};
