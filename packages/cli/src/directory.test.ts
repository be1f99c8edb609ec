import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DirectoryCheck, DirectoryView } from '@vigie/contracts/directory';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand } from './testing/run-command.ts';

const inCentre = { zoneIds: ['centre'], buildingIds: null };
const view: DirectoryView = {
  isSet: true,
  canLook: true,
  servers: ['ldaps://dc1.ville.example'],
  groups: [{ group: 'GG-Police', role: 'police-officer', scope: inCentre }],
  version: 1,
  changedBy: 'admin',
  changedAt: '2026-03-14T09:42:07.000Z',
  refreshedAt: '2026-03-14T09:42:07.000Z',
  failure: 'no answer',
};
const anna: DirectoryCheck = {
  username: 'anna',
  name: 'Anna Petit',
  dn: 'CN=Anna,DC=ville,DC=example',
  groups: ['Domain Users', 'GG-Police'],
  rights: { role: 'police-officer', scope: inCentre, by: ['GG-Police'] },
  refusal: null,
};
const nobody = { ...anna, dn: null, name: null, groups: [], rights: null, refusal: 'unknown' };

let server: Server;
let url: string;
/** by path */
let answers: Record<string, unknown>;
beforeEach(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[request.url ?? '']));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

it.each([
  {
    what: 'who would come in',
    given: { view, check: anna },
    said: [
      'Last compared: 2026-03-14T09:42:07.000Z, then failed: no answer',
      '1. GG-Police -> police-officer, zones centre, buildings all',
      'anna (Anna Petit) would sign in as police-officer, zones centre, buildings all, by GG-Police',
      'Groups: Domain Users, GG-Police',
    ],
  },
  {
    what: 'who would not',
    given: { view, check: nobody },
    said: ['anna would be refused: unknown'],
  },
  {
    what: 'that there is no directory',
    given: { view: { ...view, isSet: false }, check: {} },
    said: ['No directory is set. Set VIGIE_LDAP_URL and VIGIE_LDAP_DOMAIN.'],
  },
])('vigie directory test says $what', async ({ given, said }) => {
  answers = { '/api/v1/directory': given.view, '/api/v1/directory/checks': given.check };
  const { code, out } = await runCommand(['directory', 'test', 'anna', '--url', url], {
    environment: { VIGIE_TOKEN: 'secret' },
  });
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual(expect.arrayContaining(said));
});
