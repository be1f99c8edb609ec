import { Problem } from '@vigie/contracts/errors';
import { IncidentLine } from '@vigie/contracts/evacuation';
import { Id } from '@vigie/contracts/ids';
import { Language } from '@vigie/contracts/recipients';
import {
  IncidentReport,
  NewObservation,
  RegisterFilter,
  SafetyRegister,
} from '@vigie/contracts/report';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { type Http, reaches, type SignedIn } from '../../platform/http.ts';
import type { IncidentsService } from '../alarm/incidents.service.ts';
import { nameOf } from '../evacuation.routes.ts';
import { registerPdf, reportPdf } from './report-pdf.driver.ts';
import { type ReportTable, registerTable, reportTables } from './report-tables.ts';
import type { ReportsService } from './reports.service.ts';

interface RouteDeps {
  reports: ReportsService;
  incidents: Pick<IncidentsService, 'observe' | 'sign'>;
  /** `timeZone`: IANA name. */
  place: { town: string; timeZone: string };
}

const tags = ['evacuation'];
const ById = z.object({ id: Id });
const InWords = z.object({ language: Language.default('fr') });
const refused = { '4xx': Problem };
const readable = { config: { access: 'rooms.read', about: 'incident' } } as const;
const listed = { config: { access: 'rooms.read', about: 'list' } } as const;

/** Reports of incidents and the safety register: JSON, tables for spreadsheets, PDF. */
export function reportRoutes(http: Http, { reports, incidents, place }: RouteDeps): void {
  http.get(
    '/api/v1/incidents/:id/report',
    { ...readable, schema: { tags, params: ById, response: { 200: IncidentReport, ...refused } } },
    async ({ params }) => reports.report(params.id),
  );
  const inWords = { tags, params: ById, querystring: InWords, response: refused };
  http.get(
    '/api/v1/incidents/:id/report.csv',
    { ...readable, schema: inWords },
    async ({ params, query }, reply) => {
      const report = await reports.report(params.id);
      const tables = reportTables(report, { ...place, ...query });
      return sendFile(reply, `vigie-${params.id}.csv`, csvFrom(tables));
    },
  );
  http.get(
    '/api/v1/incidents/:id/report.pdf',
    { ...readable, schema: inWords },
    async ({ params, query }, reply) => {
      const pdf = await reportPdf(await reports.report(params.id), { ...place, ...query });
      return sendFile(reply, `vigie-${params.id}.pdf`, pdf);
    },
  );
  writeIn(http, incidents);
  registerRoutes(http, reports, place);
}

function writeIn(http: Http, incidents: RouteDeps['incidents']): void {
  http.post(
    '/api/v1/incidents/:id/observations',
    {
      config: { access: 'incidents.note', about: 'incident' },
      schema: {
        tags,
        summary: 'Adds what somebody saw, during the incident or after it; nothing is taken back',
        params: ById,
        body: NewObservation,
        response: { 201: IncidentLine, ...refused },
      },
    },
    async ({ params, body, person }, reply) =>
      reply.status(201).send(await incidents.observe(params.id, body.text, nameOf(person))),
  );
  http.post(
    '/api/v1/incidents/:id/signatures',
    {
      config: { access: 'incidents.sign', about: 'incident' },
      schema: { tags, params: ById, response: { 201: IncidentLine, ...refused } },
    },
    async ({ params, person }, reply) =>
      reply.status(201).send(await incidents.sign(params.id, nameOf(person))),
  );
}

function registerRoutes(http: Http, reports: ReportsService, place: RouteDeps['place']): void {
  const querystring = RegisterFilter.extend(InWords.shape);
  http.get(
    '/api/v1/safety-register',
    {
      ...listed,
      schema: { tags, querystring: RegisterFilter, response: { 200: SafetyRegister, ...refused } },
    },
    async ({ query, person }) => within(person, await reports.register(query)),
  );
  http.get(
    '/api/v1/safety-register.csv',
    { ...listed, schema: { tags, querystring, response: refused } },
    async ({ query: { language, ...filter }, person }, reply) => {
      const { entries } = within(person, await reports.register(filter));
      const table = registerTable(entries, { ...place, language });
      return sendFile(reply, 'vigie-safety-register.csv', csvFrom([table]));
    },
  );
  http.get(
    '/api/v1/safety-register.pdf',
    { ...listed, schema: { tags, querystring, response: refused } },
    async ({ query: { language, ...filter }, person }, reply) => {
      const { entries } = within(person, await reports.register(filter));
      const pdf = await registerPdf(entries, { ...place, language });
      return sendFile(reply, 'vigie-safety-register.pdf', pdf);
    },
  );
}

/** The part of the register that tells of buildings this person may see. */
const within = (
  person: SignedIn | undefined,
  { entries, drills }: SafetyRegister,
): SafetyRegister => ({
  entries: entries.filter(({ incident }) => reaches(person, incident)),
  drills: drills.filter((drill) => reaches(person, drill)),
});

/** One table after the other; each row begins with the title of its table. Texts are never formulas. */
const csvFrom = (tables: readonly ReportTable[]): string =>
  stringify(
    tables.flatMap(({ title, columns, rows }) => [columns, ...rows].map((row) => [title, ...row])),
    { bom: true, delimiter: ';', record_delimiter: 'windows', escape_formulas: true },
  );

const sendFile = (reply: FastifyReply, name: string, content: string | Buffer): FastifyReply =>
  reply
    .type(name.endsWith('.pdf') ? 'application/pdf' : 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .send(content);
