import {
  type DeviceMake,
  type DeviceStream,
  type EnquiryTrouble,
  type FoundDevice,
  type WorkerAnswer,
  WorkerEnquiry,
} from '@vigie/contracts/camera-enquiries';
import type { WorkerLog } from './bus.ts';
import type { TrialOutcome, TrialWish } from './camera-trial.service.ts';

/** Counting comes first: so many enquiries at a time. */
const MOST_AT_ONCE = 3;

/** What a camera says of itself over ONVIF; `source` and `snapshot` are addresses with the login. */
export type DeviceOutcome =
  | { readonly make: DeviceMake; readonly streams: readonly DeviceStream[] }
  | { readonly trouble: EnquiryTrouble };

export interface EnquiryDeps {
  readonly answer: (answer: WorkerAnswer) => void;
  /** @throws Error when another key sealed it. */
  readonly unseal: (sealed: string) => Promise<string>;
  readonly seal: (address: string) => Promise<string>;
  readonly tryCamera: (wish: TrialWish) => Promise<TrialOutcome>;
  /** Calls back with all that were found so far. */
  readonly discover: (onFound: (found: FoundDevice[]) => void) => Promise<void>;
  readonly readDevice: (service: string, onStep: () => void) => Promise<DeviceOutcome>;
  readonly log: WorkerLog;
}

export type Enquiries = ReturnType<typeof createEnquiries>;

type Told = Partial<Omit<WorkerAnswer, 'v' | 'id'>>;

/** Answers what the server asks about cameras; addresses go into no log, and pictures live in memory only. */
export function createEnquiries(deps: EnquiryDeps) {
  const { unseal, log } = deps;
  let running = 0;

  async function look(enquiry: WorkerEnquiry, tell: (told: Told) => void): Promise<Told> {
    const onStep = () => tell({ step: 'reading' });
    if (enquiry.kind === 'try') {
      const { source, isWithheld = false } = enquiry;
      return deps.tryCamera({ url: await unseal(source), isWithheld, onStep });
    }
    if (enquiry.kind === 'streams') {
      const read = await deps.readDevice(await unseal(enquiry.service), onStep);
      return 'trouble' in read ? read : { ...read, streams: await sealed(read.streams) };
    }
    let newest: FoundDevice[] = [];
    await deps.discover((found) => {
      newest = found;
      tell({ step: 'reading', found });
    });
    return { found: newest };
  }

  const sealed = (streams: readonly DeviceStream[]): Promise<DeviceStream[]> =>
    Promise.all(
      streams.map(async (stream) => ({
        ...stream,
        source: stream.source && `sealed:${await deps.seal(stream.source)}`,
        snapshot: stream.snapshot && `sealed:${await deps.seal(stream.snapshot)}`,
      })),
    );

  async function take(enquiry: WorkerEnquiry): Promise<void> {
    const tell = (told: Told) =>
      deps.answer({ v: 1, id: enquiry.id, step: 'connecting', ...nothing, ...told });
    if (running >= MOST_AT_ONCE) return tell({ step: 'done', trouble: 'busy' });
    running++;
    tell({});
    try {
      tell({ ...(await look(enquiry, tell)), step: 'done' });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      log.error({ why }, 'an enquiry about a camera failed');
      tell({ step: 'done', trouble: 'unreadable' });
    } finally {
      running--;
    }
  }

  return {
    /** Takes an enquiry as it came. */
    take: async (text: string): Promise<void> => {
      const { success, data } = WorkerEnquiry.safeParse(jsonOf(text));
      if (success) await take(data);
      else log.warn({}, 'unreadable enquiry about a camera; it is ignored');
    },
  };
}

const nothing = { trouble: null, trial: null, make: null, streams: [], found: [] };

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
