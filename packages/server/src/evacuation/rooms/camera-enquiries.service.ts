import type {
  CameraEnquiry,
  FoundDevice,
  NewCameraEnquiry,
  WorkerAnswer,
  WorkerEnquiry,
} from '@vigie/contracts/camera-enquiries';
import type { WorkerStatus } from '@vigie/contracts/vision';
import type { Actor } from '../../platform/audit.ts';
import type { CameraAddresses } from '../../platform/camera-address.ts';
import type { Clock } from '../../platform/clock.ts';
import { Conflict, NotFound, TooManyAttempts } from '../../platform/errors.ts';
import type { KnownCamera, TrialPictures, Tried } from './trial-pictures.service.ts';

/** Longer than any worker takes for its answer. */
const PATIENCE_MS = 45_000;
/** After this it is forgotten, with its picture. */
const KEPT_MS = 5 * 60_000;
/** Counting comes first. */
const MOST_OPEN = 3;

interface EnquiriesDeps {
  listCameras: () => Promise<KnownCamera[]>;
  pictures: TrialPictures;
  addresses: CameraAddresses;
  ask: (worker: string, enquiry: WorkerEnquiry) => void;
  clock: Clock;
  newId: () => string;
}

interface OpenEnquiry {
  id: string;
  askedAt: number;
  /** newest answer by worker; `undefined`: not yet */
  answers: Map<string, WorkerAnswer | undefined>;
  /** ids of our cameras by host */
  ours: Map<string, string[]>;
  /** `undefined`: no address is tried. */
  tried: Tried | undefined;
  /** ids of the actors who saw its picture and are on record */
  shownTo: Set<string>;
}

type Trial = Extract<NewCameraEnquiry, { kind: 'try' }>;

/** What a worker is asked. `tried` absent: no address is tried. */
interface Question {
  question: WorkerEnquiry;
  tried?: Tried;
}

export type CameraEnquiries = ReturnType<typeof createCameraEnquiries>;

/**
 * Asks the workers about cameras, for cameras may stand in a network that only they reach. One worker tries an address or reads
 * a device; all of them call, for a call does not leave its network. All of it is in memory only. A trial shows no picture of
 * what may be a camera whose pictures are kept for incidents; whoever sees one is on record.
 */
export function createCameraEnquiries(deps: EnquiriesDeps) {
  const { addresses, clock, pictures } = deps;
  const workers = new Set<string>();
  /** by id */
  const enquiries = new Map<string, OpenEnquiry>();
  const now = () => clock.now().getTime();

  async function questionOf(id: string, wish: Exclude<NewCameraEnquiry, Trial>): Promise<Question> {
    if (wish.kind === 'discover') return { question: { v: 1, id, kind: 'discover' } };
    const { service, login } = wish;
    const named = { id: new URL(service).hostname, source: service, login };
    const sealed = await addresses.sealed(named);
    return { question: { v: 1, id, kind: 'streams', service: sealed } };
  }

  async function trialOf(id: string, wish: Trial): Promise<Question> {
    const source = await sourceOf(wish);
    const tried = { cameraId: wish.cameraId, roomId: wish.roomId, sealedSource: source };
    const withheld = (await pictures.isWithheld(tried)) ? { isWithheld: true } : {};
    return { question: { v: 1, id, kind: 'try', source, ...withheld }, tried };
  }

  async function sourceOf(wish: Trial): Promise<string> {
    const { cameraId, source, login } = wish;
    const known = (await deps.listCameras()).find(({ id }) => id === cameraId);
    if (cameraId !== undefined && !known && source === undefined)
      throw new NotFound('evacuation/camera-unknown', `There is no camera ${cameraId}.`);
    const entry = { id: cameraId ?? 'to be tried', source, login };
    const sealed = await addresses.sealed(entry, known?.sealedSource);
    if (await isBrowser(sealed, addresses))
      throw new Conflict(
        'evacuation/camera-is-browser',
        `Camera ${cameraId} is a browser: it has no address to try. Open its link on the telephone.`,
      );
    return sealed;
  }

  /** Our cameras by the host of their address; what another server sealed is at none. */
  async function hostsOfOurs(): Promise<Map<string, string[]>> {
    const hosts = new Map<string, string[]>();
    for (const { id, sealedSource } of await deps.listCameras()) {
      const url = await addresses.open(sealedSource).catch(() => undefined);
      const host = url && URL.canParse(url) ? new URL(url).hostname : '';
      if (host !== '') hosts.set(host, [...(hosts.get(host) ?? []), id]);
    }
    return hosts;
  }

  function forget(): void {
    for (const [id, { askedAt }] of enquiries) if (now() - askedAt > KEPT_MS) enquiries.delete(id);
  }

  const isOpen = (enquiry: OpenEnquiry): boolean => viewOf(enquiry, now()).step !== 'done';

  async function shownTo(actor: Actor, enquiry: OpenEnquiry): Promise<CameraEnquiry> {
    const view = viewOf(enquiry, now());
    const { id, tried, shownTo } = enquiry;
    if (!tried) return { ...view, trial: null };
    if (!view.trial?.jpeg) return view;
    if (await pictures.isWithheld(tried)) return { ...view, trial: { ...view.trial, jpeg: null } };
    if (!shownTo.has(actor.id)) await pictures.putOnRecord(tried, { enquiry: id, actor });
    shownTo.add(actor.id);
    return view;
  }

  return {
    /**
     * Begins an enquiry.
     * @throws InvalidInput for a forbidden address; NotFound for an unknown camera; Conflict for a browser's; TooManyAttempts.
     */
    begin: async (wish: NewCameraEnquiry): Promise<CameraEnquiry> => {
      forget();
      if ([...enquiries.values()].filter(isOpen).length >= MOST_OPEN)
        throw new TooManyAttempts(
          'evacuation/enquiries-many',
          'Cameras are being looked at already. Wait until one of these enquiries has ended.',
          { retryAfterSeconds: 10 },
        );
      const id = deps.newId();
      const { question, tried } =
        wish.kind === 'try' ? await trialOf(id, wish) : await questionOf(id, wish);
      const all = [...workers].sort();
      const asked = wish.kind === 'discover' ? all : all.slice(0, 1);
      const enquiry: OpenEnquiry = {
        id,
        askedAt: now(),
        answers: new Map(asked.map((worker) => [worker, undefined])),
        ours: wish.kind === 'discover' ? await hostsOfOurs() : new Map(),
        tried,
        shownTo: new Set(),
      };
      enquiries.set(id, enquiry);
      for (const worker of asked) deps.ask(worker, question);
      return viewOf(enquiry, now());
    },

    /** How far it is, for whoever asks: seeing its picture is on record. @throws NotFound when it was forgotten. */
    get: async (id: string, actor: Actor): Promise<CameraEnquiry> => {
      const enquiry = enquiries.get(id);
      if (enquiry) return shownTo(actor, enquiry);
      throw new NotFound(
        'evacuation/enquiry-unknown',
        `There is no enquiry ${id}, or it is over for long. Begin a new one.`,
      );
    },

    /** Takes what a worker that was asked knows so far. */
    takeAnswer: (worker: string, answer: WorkerAnswer): void => {
      const answers = enquiries.get(answer.id)?.answers;
      if (answers?.has(worker)) answers.set(worker, answer);
    },

    noteWorker: (worker: string, { online }: Pick<WorkerStatus, 'online'>): void => {
      if (online) workers.add(worker);
      else workers.delete(worker);
    },

    /** Lets go of what is old. */
    forget,
  };
}

async function isBrowser(sealed: string, addresses: CameraAddresses): Promise<boolean> {
  return (await addresses.open(sealed)).startsWith('browser:');
}

/** All answers together: as far as the slowest, with the first that brought something. */
function viewOf({ id, askedAt, answers, ours }: OpenEnquiry, now: number): CameraEnquiry {
  const all = [...answers.values()];
  const given = all.filter((answer) => answer !== undefined);
  const isOver = all.every((answer) => answer?.step === 'done') || now - askedAt > PATIENCE_MS;
  const trouble =
    given.length === 0 ? 'no-worker' : (given.find((one) => one.trouble)?.trouble ?? null);
  const steps = given.map(({ step }) => step);
  const underway = steps.includes('reading') ? 'reading' : (steps[0] ?? 'asked');
  return {
    id,
    step: isOver ? 'done' : underway === 'done' ? 'reading' : underway,
    trouble: isOver ? trouble : null,
    trial: given.find(({ trial }) => trial)?.trial ?? null,
    make: given.find(({ make }) => make)?.make ?? null,
    streams: given.find(({ streams }) => streams.length > 0)?.streams ?? [],
    found: onceEach(given.flatMap(({ found }) => found)).map((device) => ({
      ...device,
      cameraIds: ours.get(device.host) ?? [],
    })),
  };
}

const onceEach = (found: readonly FoundDevice[]): FoundDevice[] => [
  ...new Map(found.map((device) => [device.service, device])).values(),
];
