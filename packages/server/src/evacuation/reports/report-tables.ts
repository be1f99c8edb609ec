import type {
  IncidentReport,
  RegisterEntry,
  ReportMoment,
  ReportPeriod,
} from '@vigie/contracts/report';
import { clockWord, momentWord, type ReportStyle, reportWord } from './report-words.ts';

/** A part of a report as people read it. Every row is as long as `columns`. */
export interface ReportTable {
  title: string;
  columns: string[];
  rows: string[][];
}

/** How a report speaks in one style. */
function voiceIn(style: ReportStyle) {
  const word = (key: Parameters<typeof reportWord>[0]) => reportWord(key, style.language);
  const at = (moment: string | null) => (moment === null ? '' : momentWord(moment, style));
  return { word, at };
}
type Voice = ReturnType<typeof voiceIn>;
type TablesOf = (report: IncidentReport, voice: Voice) => ReportTable;

/** All parts of a report: what its PDF shows and its CSV holds, so that their figures are the same. */
export function reportTables(report: IncidentReport, style: ReportStyle): ReportTable[] {
  const voice = voiceIn(style);
  return parts.map((part) => part(report, voice));
}

/** The safety register as one table, newest first. */
export function registerTable(entries: readonly RegisterEntry[], style: ReportStyle): ReportTable {
  const { word, at } = voiceIn(style);
  const rows = entries.map(
    ({ incident, durationSeconds, endReason, observations, isSigned }): string[] => [
      at(incident.startedAt),
      incident.buildingName,
      word(`kind.${incident.kind}`),
      durationSeconds === null ? word('goesOn') : clockWord(durationSeconds),
      [endReason ?? '', ...observations.map(({ by, text }) => `${by} : ${text}`)]
        .filter(Boolean)
        .join('\n'),
      word(isSigned ? 'yes' : 'no'),
    ],
  );
  const columns = ['startedAt', 'building', 'kind', 'duration', 'observations', 'signed'] as const;
  return { title: word('register'), columns: columns.map(word), rows };
}

const facts: TablesOf = (report, { word, at }) => {
  const { incident, out } = report;
  const after = (moment: ReportMoment | null) =>
    moment === null ? word('never') : `${clockWord(moment.seconds)} (${at(moment.at)})`;
  return {
    title: word('facts'),
    columns: [word('fact'), word('value')],
    rows: [
      [word('building'), incident.buildingName],
      [word('kind'), word(`kind.${incident.kind}`)],
      [word('incident'), incident.id],
      [word('startedAt'), at(incident.startedAt)],
      [word('startedBy'), incident.startedBy],
      [word('endedAt'), at(incident.endedAt) || word('goesOn')],
      [word('endedBy'), incident.endedBy ?? ''],
      [word('endReason'), report.endReason ?? ''],
      [word('duration'), clockWord(report.durationSeconds)],
      [word('startPeople'), String(report.start.people)],
      [word('startUnknown'), String(report.start.roomsUnknown)],
      [word('half'), after(out.half)],
      [word('ninety'), after(out.ninety)],
      [word('all'), after(out.all)],
      [word('firstOut'), after(report.firstOut)],
      [word('lastOut'), after(report.lastOut)],
    ],
  };
};

const neverConfirmed: TablesOf = (report, { word }) => ({
  title: word('neverConfirmed'),
  columns: [word('room')],
  rows: report.neverConfirmed.map((id) => [nameOf(report, id)]),
});

const inputs: TablesOf = (report, { word, at }) => ({
  title: word('inputs'),
  columns: [word('time'), word('what'), word('origin'), word('who')],
  rows: report.inputs.map(({ at: moment, by, what, origin }) => [
    at(moment),
    word(`what.${what}`),
    origin && word(`origin.${origin}`),
    by,
  ]),
});

const curve: TablesOf = (report, { word, at }) => ({
  title: word('curve'),
  columns: [word('time'), word('seconds'), word('atLeast'), word('atMost'), word('unknownRooms')],
  rows: report.curve.map((point) => [
    at(point.at),
    String(point.seconds),
    String(point.min),
    point.max === null ? word('noLimit') : String(point.max),
    String(point.roomsUnknown),
  ]),
});

const rooms: TablesOf = (report, { word, at }) => ({
  title: word('rooms'),
  columns: [word('room'), word('from'), word('until'), word('state'), word('people')],
  rows: report.rooms.flatMap(({ room, periods }) =>
    periods.map((period) => [
      room.name,
      at(period.from),
      at(period.until),
      stateText(period, { word, at }),
      peopleText(period),
    ]),
  ),
});

const blind: TablesOf = (report, { word, at }) => ({
  title: word('blind'),
  columns: [word('room'), word('camera'), word('from'), word('until'), word('why')],
  rows: report.blind.map(({ roomId, cameraId, from, until, why }) => [
    nameOf(report, roomId),
    cameraId ?? word('wholeRoom'),
    at(from),
    at(until),
    word(`reason.${why}`),
  ]),
});

const sweeps: TablesOf = (report, { word, at }) => ({
  title: word('sweeps'),
  columns: [word('time'), word('room'), word('result'), word('people'), word('who')],
  rows: report.sweeps.map(({ at: moment, by, roomId, result, people }) => [
    at(moment),
    nameOf(report, roomId),
    word(`sweep.${result}`),
    people === null ? '' : String(people),
    by,
  ]),
});

const contradictions: TablesOf = (report, { word, at }) => ({
  title: word('contradictions'),
  columns: [word('time'), word('room'), word('said'), word('seen'), word('override')],
  rows: report.contradictions.map(({ at: moment, roomId, said, by, override }) => [
    at(moment),
    nameOf(report, roomId),
    `${by} : ${word(`sweep.${said}`)}`,
    word(`seenAfter.${said}`),
    override ? `${at(override.at)} · ${override.by} · ${override.reason}` : word('notOverridden'),
  ]),
});

const assembly: TablesOf = (report, { word, at }) => ({
  title: word('assembly'),
  columns: [word('time'), word('point'), word('people'), word('who')],
  rows: report.assembly.map(({ at: moment, by, point, people }) => [
    at(moment),
    point,
    String(people),
    by,
  ]),
});

const observations: TablesOf = (report, { word, at }) => ({
  title: word('observations'),
  columns: [word('time'), word('who'), word('text')],
  rows: report.observations.map(({ at: moment, by, text }) => [at(moment), by, text]),
});

const signatures: TablesOf = (report, { word, at }) => ({
  title: word('signatures'),
  columns: [word('time'), word('signedBy')],
  rows: report.signatures.map(({ at: moment, by }) => [at(moment), by]),
});

const parts: readonly TablesOf[] = [
  facts,
  neverConfirmed,
  inputs,
  curve,
  rooms,
  blind,
  sweeps,
  contradictions,
  assembly,
  observations,
  signatures,
];

const nameOf = ({ rooms: all }: IncidentReport, roomId: string): string =>
  all.find(({ room }) => room.id === roomId)?.room.name ?? roomId;

const stateText = ({ state, reason }: ReportPeriod, { word }: Voice): string =>
  reason === null
    ? word(`state.${state}`)
    : `${word(`state.${state}`)} : ${word(`reason.${reason}`)}`;

/** Nothing where nothing is known; `3–5`, or `3+` where no upper limit is known. */
function peopleText({ count, min, max }: ReportPeriod): string {
  if (count === null) return '';
  if (max === null) return `${min ?? count}+`;
  return min === max ? String(count) : `${min ?? count}–${max}`;
}
