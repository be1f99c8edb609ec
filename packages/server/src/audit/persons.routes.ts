import { Problem } from '@vigie/contracts/errors';
import {
  PersonErasure,
  PersonErasureWish,
  PersonExport,
  PersonFound,
  PersonWish,
} from '@vigie/contracts/persons';
import { actorOf, type Http } from '../platform/http.ts';
import type { PersonsService } from './persons.service.ts';

const tags = ['audit'];
const refused = { '4xx': Problem };

/** A person's data. Names travel in bodies, so that no log of addresses keeps them. */
export function personsRoutes(http: Http, persons: PersonsService): void {
  http.post(
    '/api/v1/persons/search',
    {
      config: { access: 'audit.read', audit: 'never', perMinute: 30 },
      schema: { tags, body: PersonWish, response: { 200: PersonFound, ...refused } },
    },
    ({ body }) => persons.search(body.who),
  );
  http.post(
    '/api/v1/persons/export',
    {
      config: { access: 'audit.read', audit: 'inside', perMinute: 30 },
      schema: { tags, body: PersonWish, response: { 200: PersonExport, ...refused } },
    },
    (request) => persons.exportAll(request.body.who, actorOf(request)),
  );
  http.post(
    '/api/v1/persons/erasure',
    {
      config: { access: 'accounts.write', audit: 'inside' },
      schema: {
        tags,
        summary: 'Erases a person; what the law wants kept goes on under a pseudonym',
        body: PersonErasureWish,
        response: { 200: PersonErasure, ...refused },
      },
    },
    (request) => persons.erase(request.body, actorOf(request)),
  );
}
