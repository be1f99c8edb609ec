import type { Scope } from '@vigie/contracts/accounts';
import { DirectoryCheck, DirectoryView } from '@vigie/contracts/directory';
import { Command } from 'commander';
import { addLogin, type Login, signInAs } from './login.ts';

/** `vigie directory test [NAME]`: how the directory stands, and what would happen to a person who signs in. */
export const directoryCommand = (): Command =>
  new Command('directory')
    .description('The directory of the town: Active Directory, or another one by LDAP')
    .addCommand(
      addLogin(
        new Command('test')
          .description('Says how it stands, and what would happen to a person; signs nobody in')
          .argument('[name]', 'user name in the directory'),
      ).action(test),
    );

async function test(name: string | undefined, login: Login): Promise<void> {
  const client = await signInAs(login);
  const view = await client.get('/api/v1/directory', DirectoryView);
  for (const line of standing(view)) console.log(line);
  if (name === undefined || !view.isSet) return;
  const check = await client.post('/api/v1/directory/checks', { username: name }, DirectoryCheck);
  for (const line of result(check)) console.log(line);
}

function standing({
  isSet,
  servers,
  canLook,
  groups,
  refreshedAt,
  failure,
}: DirectoryView): string[] {
  if (!isSet) return ['No directory is set. Set VIGIE_LDAP_URL and VIGIE_LDAP_DOMAIN.'];
  return [
    `Servers: ${servers.join(', ')}`,
    `Looked up by: ${canLook ? 'a service account' : 'each person, at sign-in only'}`,
    `Last compared: ${refreshedAt ?? 'not yet'}${failure === null ? '' : `, then failed: ${failure}`}`,
    ...groups.map(({ group, role, scope }, i) => `${i + 1}. ${group} -> ${role}, ${where(scope)}`),
  ];
}

function result({ username, name, dn, groups, rights, refusal }: DirectoryCheck): string[] {
  const verdict = rights
    ? `would sign in as ${rights.role}, ${where(rights.scope)}, by ${rights.by.join(', ')}`
    : `would be refused: ${refusal}`;
  return [
    `${username}${name === null ? '' : ` (${name})`} ${verdict}`,
    ...(dn === null ? [] : [`Found as: ${dn}`, `Groups: ${groups.join(', ') || 'none'}`]),
  ];
}

const where = ({ zoneIds, buildingIds }: Scope): string =>
  `zones ${zoneIds?.join(' ') ?? 'all'}, buildings ${buildingIds?.join(' ') ?? 'all'}`;
