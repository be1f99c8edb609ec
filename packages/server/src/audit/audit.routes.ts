import { Readable } from 'node:stream';
import {
  AuditPage,
  AuditQuery,
  type AuditRow,
  AuditVerification,
  AuditVerificationWish,
} from '@vigie/contracts/audit';
import { Problem } from '@vigie/contracts/errors';
import { stringify } from 'csv-stringify/sync';
import type { Http } from '../platform/http.ts';
import type { AuditService } from './audit.service.ts';

/** The log for the data-protection officer: read, checked, taken along. Whoever takes it along is on record, too. */
export function auditRoutes(http: Http, audit: AuditService): void {
  const config = { access: 'audit.read' } as const;
  const tags = ['audit'];
  http.get(
    '/api/v1/audit',
    {
      config,
      schema: { tags, querystring: AuditQuery, response: { 200: AuditPage, '4xx': Problem } },
    },
    ({ query }) => audit.list(query),
  );
  http.post(
    '/api/v1/audit/verification',
    {
      config: { ...config, audit: 'never', perMinute: 10 },
      schema: {
        tags,
        summary: 'Reads every row and names what was altered, removed, inserted or moved',
        body: AuditVerificationWish,
        response: { 200: AuditVerification, '4xx': Problem },
      },
    },
    ({ body }) => audit.verify(body.head),
  );
  http.get('/api/v1/audit.csv', { config, schema: { tags } }, (_request, reply) =>
    reply
      .type('text/csv; charset=utf-8; header=present')
      .header('content-disposition', 'attachment; filename="journal.csv"')
      .header('cache-control', 'no-store')
      .send(Readable.from(textOf(audit.allRows(), { head: csvLine(columns), line: csvLineOf }))),
  );
  http.get(
    '/api/v1/audit.jsonl',
    {
      config: { ...config, audit: 'export' },
      schema: { tags, summary: 'Whole rows, one a line: vigie audit verify --file reads them' },
    },
    (_request, reply) =>
      reply
        .type('application/jsonl; charset=utf-8')
        .header('content-disposition', 'attachment; filename="journal.jsonl"')
        .header('cache-control', 'no-store')
        .send(Readable.from(textOf(audit.allRows(), { head: '', line: lineOf }))),
  );
}

const columns = [
  'seq',
  'at',
  'actor',
  'name',
  'address',
  'act',
  'subject',
  'subject name',
  'reason',
  'details',
  'hash',
];

/** With a byte order mark, without which Excel reads UTF-8 as something else; formulas are disarmed. */
const csvLine = (cells: readonly (string | number)[]): string =>
  stringify([cells], {
    bom: cells === columns,
    escape_formulas: true,
    record_delimiter: 'windows',
  });

const csvLineOf = ({ seq, at, actor, act, subject, details, hash, told }: AuditRow): string =>
  csvLine([
    ...[seq, at, actor, told.actorName?.value ?? '', told.address?.value ?? '', act, subject],
    ...[told.subjectName?.value ?? '', told.reason?.value ?? '', JSON.stringify(details), hash],
  ]);

const lineOf = (row: AuditRow): string => `${JSON.stringify(row)}\n`;

async function* textOf(
  pages: AsyncIterable<AuditRow[]>,
  { head, line }: { head: string; line: (row: AuditRow) => string },
): AsyncGenerator<string> {
  yield head;
  for await (const rows of pages) yield rows.map(line).join('');
}
