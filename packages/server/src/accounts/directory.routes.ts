import {
  DirectoryCheck,
  DirectoryPreview,
  DirectoryPreviewQuestion,
  DirectoryQuestion,
  DirectoryView,
  GroupRolesChange,
} from '@vigie/contracts/directory';
import { Problem } from '@vigie/contracts/errors';
import type { Http } from '../platform/http.ts';
import type { DirectoryGroups } from './directory-groups.service.ts';
import type { DirectoryPeople } from './directory-people.service.ts';

/** What an administrator does with the directory. */
export function directoryRoutes(
  http: Http,
  groups: DirectoryGroups,
  people: Pick<DirectoryPeople, 'refresh'>,
): void {
  const config = { access: 'accounts.write' } as const;
  /** The servers of the directory have other work, too. */
  const asking = { ...config, perMinute: 30 };
  const refused = { '4xx': Problem, '5xx': Problem };
  http.get('/api/v1/directory', { config, schema: { response: { 200: DirectoryView } } }, () =>
    groups.view(),
  );
  http.put(
    '/api/v1/directory/groups',
    { config, schema: { body: GroupRolesChange, response: { 200: DirectoryView, ...refused } } },
    ({ body, person }) => groups.change(body, person?.username ?? ''),
  );
  http.post(
    '/api/v1/directory/checks',
    {
      config: asking,
      schema: { body: DirectoryQuestion, response: { 200: DirectoryCheck, ...refused } },
    },
    ({ body }) => groups.check(body.username),
  );
  http.post(
    '/api/v1/directory/previews',
    {
      config: asking,
      schema: { body: DirectoryPreviewQuestion, response: { 200: DirectoryPreview, ...refused } },
    },
    ({ body }) => groups.preview(body.groups),
  );
  http.post(
    '/api/v1/directory/refreshes',
    { config: asking, schema: { response: { 200: DirectoryView, ...refused } } },
    async () => {
      await people.refresh();
      return groups.view();
    },
  );
}
