import type { IncidentReport, RegisterFilter, SafetyRegister } from '@vigie/contracts/report';
import type { Clock } from '../../platform/clock.ts';
import type { IncidentsService } from '../alarm/incidents.service.ts';
import type { IncidentStore } from '../alarm/incidents.store.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';
import { reportFrom } from './report.ts';
import { findingsTold } from './report-findings.ts';
import { type DrillRule, drillsDue, registerEntry } from './safety-register.ts';

interface ReportsDeps {
  incidents: Pick<IncidentsService, 'record'>;
  store: Pick<IncidentStore, 'listFor' | 'listWords' | 'lastDrills'>;
  rooms: Pick<RoomsService, 'listBuildings'>;
  drillRule: DrillRule;
  clock: Clock;
}

export type ReportsService = ReturnType<typeof createReportsService>;

/** What is left of an incident: its report, and its line in the safety register. */
export const createReportsService = ({
  incidents,
  store,
  rooms,
  drillRule,
  clock,
}: ReportsDeps) => ({
  report: async (id: string): Promise<IncidentReport> => {
    const { findings, ...record } = await incidents.record(id);
    return reportFrom({ ...record, ...findingsTold(findings, record.lines) });
  },

  register: async (filter: RegisterFilter): Promise<SafetyRegister> => {
    const found = await store.listFor(filter);
    const words = await store.listWords(found.map(({ id }) => id));
    return {
      entries: found.map((incident) => registerEntry(incident, words.get(incident.id) ?? [])),
      drills: drillsDue(rooms.listBuildings(), await store.lastDrills(), {
        ...drillRule,
        now: clock.now(),
      }),
    };
  },
});
