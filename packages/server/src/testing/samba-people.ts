import { Attribute, Change, type Client } from 'ldapts';
import type { Samba } from './samba.ts';

/** A person to be put into the domain. */
interface NewPerson {
  /** `sAMAccountName` */
  username: string;
  /** As in the distinguished name, unescaped. */
  cn?: string;
  password?: string;
  /** Further attributes. */
  more?: Record<string, string>;
}

/** Good for the policy of a domain. */
export const sambaPassword = 'Soleil-levant7';

/** Acts of the domain's administrator on people and groups. */
export function createSambaPeople({ base, asAdministrator }: Samba) {
  const dnOf = async (client: Client, name: string): Promise<string> => {
    const { searchEntries } = await client.search(base, {
      filter: `(sAMAccountName=${name})`,
      attributes: ['dn'],
    });
    const [entry] = searchEntries;
    if (!entry) throw new Error(`there is no ${name} in the domain`);
    return entry.dn;
  };
  const change = (
    name: string,
    operation: 'add' | 'delete' | 'replace',
    type: string,
    ...values: string[]
  ) =>
    asAdministrator(async (client) => {
      const modification = new Attribute({ type, values });
      await client.modify(await dnOf(client, name), new Change({ operation, modification }));
    });

  return {
    addPerson: ({ username, cn = username, password = sambaPassword, more = {} }: NewPerson) =>
      asAdministrator((client) => {
        const attributes = {
          objectClass: 'user',
          sAMAccountName: username,
          userPrincipalName: `${username}@ville.example`,
          userAccountControl: '512',
          ...more,
        };
        return client.add(`CN=${escaped(cn)},CN=Users,${base}`, [
          ...Object.entries(attributes).map(
            ([type, value]) => new Attribute({ type, values: [value] }),
          ),
          new Attribute({
            type: 'unicodePwd',
            values: [Buffer.from(`"${password}"`, 'utf16le')] as unknown as string[],
          }),
        ]);
      }),
    addGroup: (name: string) =>
      asAdministrator((client) =>
        client.add(`CN=${name},CN=Users,${base}`, { objectClass: 'group', sAMAccountName: name }),
      ),
    /** `member` may be a person or a group. */
    join: (group: string, member: string) =>
      asAdministrator(async (client) => {
        const modification = new Attribute({
          type: 'member',
          values: [await dnOf(client, member)],
        });
        const joined = new Change({ operation: 'add', modification });
        await client.modify(await dnOf(client, group), joined);
      }),
    leave: (group: string, member: string) =>
      asAdministrator(async (client) => {
        const modification = new Attribute({
          type: 'member',
          values: [await dnOf(client, member)],
        });
        const left = new Change({ operation: 'delete', modification });
        await client.modify(await dnOf(client, group), left);
      }),
    set: (name: string, type: string, value: string) => change(name, 'replace', type, value),
    setDomain: (type: string, value: string) =>
      asAdministrator((client) => {
        const modification = new Attribute({ type, values: [value] });
        return client.modify(base, new Change({ operation: 'replace', modification }));
      }),
    remove: (name: string) =>
      asAdministrator(async (client) => client.del(await dnOf(client, name))),
    read: (name: string, attribute: string) =>
      asAdministrator(async (client) => {
        const { searchEntries } = await client.search(await dnOf(client, name), {
          scope: 'base',
          attributes: [attribute],
        });
        return searchEntries[0]?.[attribute];
      }),
  };
}

/** Source: RFC 4514, 2.4. */
const escaped = (value: string): string => value.replace(/[,+"\\<>;=#]/g, '\\$&');
