import type { IncidentReport } from '@vigie/contracts/report';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { type ReportTable, registerTable, reportTables } from './report-tables.ts';
import { momentWord, type ReportStyle, reportWord } from './report-words.ts';

// The fonts that every reader of PDF has: nothing is embedded, and nothing is read from outside.
const faces = { normal: 'Helvetica', bold: 'Helvetica-Bold' };
pdfmake.setFonts({ Helvetica: faces });
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => Object.values(faces).includes(path));

/** The report of an incident on A4, with its curve and room for signatures by hand. `town`: over the title. */
export const reportPdf = (
  report: IncidentReport,
  { town, ...style }: ReportStyle & { town: string },
): Promise<Buffer> => {
  const { incident } = report;
  const kind = reportWord(`kind.${incident.kind}`, style.language);
  const title = `${reportWord('report', style.language)} : ${incident.buildingName}`;
  const [facts, ...others] = reportTables(report, style);
  return pdfOf({ title, town, style }, [
    { text: `${kind} · ${momentWord(incident.startedAt, style)}`, style: 'lead' },
    ...(facts ? tableOf(facts, style) : []),
    ...curveOf(report, style),
    ...others.flatMap((table) => tableOf(table, style)),
    signatureBlock(style),
  ]);
};

/** The safety register on A4. */
export const registerPdf = (
  entries: Parameters<typeof registerTable>[0],
  { town, ...style }: ReportStyle & { town: string },
): Promise<Buffer> => {
  const table = registerTable(entries, style);
  return pdfOf({ title: table.title, town, style }, tableOf({ ...table, title: '' }, style));
};

function pdfOf(
  { title, town, style }: { title: string; town: string; style: ReportStyle },
  content: Content[],
): Promise<Buffer> {
  const definition: TDocumentDefinitions = {
    info: { title, author: town },
    pageSize: 'A4',
    pageMargins: [40, 48, 40, 48],
    defaultStyle: { font: 'Helvetica', fontSize: 9 },
    styles: {
      title: { fontSize: 18, bold: true },
      lead: { fontSize: 12, margin: [0, 2, 0, 12] },
      part: { fontSize: 12, bold: true, margin: [0, 14, 0, 4] },
      head: { bold: true },
    },
    footer: (page, pages) => ({
      text: `${title} · ${reportWord('page', style.language)} ${page}/${pages}`,
      alignment: 'center',
      fontSize: 7,
    }),
    content: [{ text: town }, { text: title, style: 'title' }, ...content],
  };
  return pdfmake.createPdf(definition).getBuffer();
}

function tableOf({ title, columns, rows }: ReportTable, { language }: ReportStyle): Content[] {
  const part: Content = { text: title, style: 'part', headlineLevel: 1 };
  if (rows.length === 0) return [part, { text: reportWord('none', language) }];
  const widths = columns.map((_, i) => (i === columns.length - 1 ? '*' : 'auto'));
  const head = columns.map((text) => ({ text, style: 'head' }));
  return [
    part,
    {
      table: { headerRows: 1, dontBreakRows: true, widths, body: [head, ...rows] },
      layout: 'lightHorizontalLines',
    },
  ];
}

/** Size of the curve in points. */
const plot = { width: 500, height: 110 };

/** Steps of the lower and, where one is known, of the upper limit; a gap is a time without a known limit. */
function curveOf({ curve, durationSeconds }: IncidentReport, { language }: ReportStyle): Content[] {
  const most = Math.max(1, ...curve.map(({ min, max }) => max ?? min));
  const x = (seconds: number) => (seconds / Math.max(1, durationSeconds)) * plot.width;
  const y = (people: number) => plot.height - (people / most) * plot.height;
  const stepsOf = (limit: 'min' | 'max', lineWidth: number) =>
    curve.flatMap((point, i) => {
      const people = point[limit];
      if (people === null) return [];
      const next = curve[i + 1];
      const end = x(next?.seconds ?? durationSeconds);
      const to = next?.[limit] ?? people;
      const points = [
        { x: x(point.seconds), y: y(people) },
        { x: end, y: y(people) },
        { x: end, y: y(to) },
      ];
      return [{ type: 'polyline' as const, lineWidth, lineColor: '#1f3a5f', points }];
    });
  const axis = { type: 'rect' as const, x: 0, y: 0, w: plot.width, h: plot.height, lineWidth: 0.3 };
  const limits = `${reportWord('atLeast', language)} / ${reportWord('atMost', language)}`;
  return [
    { text: `${reportWord('curve', language)} · ${limits} · 0–${most}`, style: 'part' },
    { canvas: [axis, ...stepsOf('min', 2), ...stepsOf('max', 0.7)] },
  ];
}

const signatureBlock = ({ language }: ReportStyle): Content => ({
  margin: [0, 20, 0, 0],
  unbreakable: true,
  table: {
    widths: ['*', '*'],
    heights: 60,
    body: [Array.from({ length: 2 }, () => ({ text: reportWord('signHere', language) }))],
  },
});
