import { type Decoded, isUnreadable, type Reading, type Unreadable } from './reading.ts';

/** A field with a value; `plain` is its name without case, `_`, `-` and spaces. */
interface Field {
  name: string;
  plain: string;
  value: unknown;
}

/** The plain names that something goes by, and what its values mean, in plain spelling too. */
interface Topic<Meaning> {
  names: readonly string[];
  words: Readonly<Record<string, Meaning>>;
}

/**
 * What an object says that somebody else decoded: our HTTP route, `object` of ChirpStack, `decoded_payload`
 * of The Things Stack. Fields that are null or unknown to us say nothing; a measurement beyond reason is left
 * out. Without a kind, a state is a change and measurements alone are a heartbeat. A state or a kind in a word
 * unknown to us, or two that contradict each other, make all unreadable.
 */
export function readNamedFields(object: unknown): Decoded {
  if (typeof object !== 'object' || object === null || Array.isArray(object))
    return { unreadable: 'this is not an object with named fields' };
  const fields = fieldsOf(object);
  const state = agreed(fields, STATE);
  if (isUnreadable(state)) return state;
  const kind = agreed(fields, KIND);
  if (isUnreadable(kind)) return kind;
  const newVehicle = agreed(fields, NEW_VEHICLE);
  if (isUnreadable(newVehicle)) return newVehicle;
  const details = { ...measurementsOf(fields), ...textsOf(fields) };
  if (newVehicle.told !== undefined) Object.assign(details, { isNewVehicle: newVehicle.told });
  return readingOf(state.told, kind.told, details);
}

function readingOf(
  occupied: boolean | undefined,
  kind: Reading['kind'] | undefined,
  details: Omit<Reading, 'kind' | 'occupied'>,
): Decoded {
  if (kind === 'change' && occupied === undefined)
    return { unreadable: 'a change that does not say of what' };
  if (kind === undefined && occupied === undefined && Object.keys(details).length === 0)
    return { unreadable: 'no field says anything about the space or the sensor' };
  const assumed = occupied === undefined ? 'heartbeat' : 'change';
  return { readings: [{ kind: kind ?? assumed, occupied: occupied ?? null, ...details }] };
}

const plain = (text: string): string => text.toLowerCase().replace(/[_\-\s]/g, '');

function fieldsOf(object: object): Field[] {
  return Object.entries(object)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ({ name, plain: plain(name), value }));
}

/** What all fields of a topic say together; `told` undefined: none of them is there. */
function agreed<Meaning>(
  fields: readonly Field[],
  { names, words }: Topic<Meaning>,
): { told: Meaning | undefined } | Unreadable {
  let first: { field: Field; meaning: Meaning } | undefined;
  for (const field of fields.filter((one) => names.includes(one.plain))) {
    const word = wordOf(field.value);
    if (word === undefined || !Object.hasOwn(words, word))
      return { unreadable: `${shown(field)}: the value is unknown` };
    const meaning = words[word] as Meaning;
    first ??= { field, meaning };
    if (first.meaning !== meaning)
      return { unreadable: `${shown(first.field)} and ${shown(field)} contradict each other` };
  }
  return { told: first?.meaning };
}

/** Only values that are one word: nothing is read from objects and lists. */
function wordOf(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value) ? plain(String(value)) : undefined;
}

function shown({ name, value }: Field): string {
  const text = typeof value === 'string' ? `'${value.slice(0, 40)}'` : wordOf(value);
  return `${name} = ${text ?? typeof value}`;
}

const YES_OR_NO = { true: true, false: false, 1: true, 0: false };

const STATE: Topic<boolean> = {
  names: ['occupied', 'occupancy', 'parkingstatus', 'status', 'car', 'carstatus', 'presence'],
  words: { ...YES_OR_NO, occupied: true, free: false, vacant: false },
};

const NEW_VEHICLE: Topic<boolean> = { names: ['newvehicle', 'isnewvehicle'], words: YES_OR_NO };

/** Also the words of the decoders that Bosch and Nwave publish. */
const KIND: Topic<Reading['kind']> = {
  names: ['kind', 'event', 'type'],
  words: {
    change: 'change',
    parkingstatus: 'change',
    heartbeat: 'heartbeat',
    keepalive: 'heartbeat',
    startup: 'startup',
    registration: 'registration',
    userregistration: 'registration',
    debug: 'debug',
  },
};

/** Bounds are included. A bare `battery` up to 5 may be volts as well as percent: it is left out. */
const MEASUREMENTS: readonly {
  key: 'batteryPercent' | 'batteryVolts' | 'temperatureC' | 'rssiDbm' | 'previousStateMs';
  names: readonly string[];
  least: number;
  most: number;
}[] = [
  { key: 'batteryPercent', names: ['battery'], least: 5.01, most: 100 },
  {
    key: 'batteryPercent',
    names: ['batterypercent', 'batterypercentage', 'batterylevel'],
    least: 0,
    most: 100,
  },
  {
    key: 'batteryVolts',
    names: ['batteryvolts', 'batteryvoltage', 'vbat'],
    least: 0.5,
    most: 60,
  },
  { key: 'temperatureC', names: ['temperature', 'temperaturec', 'temp'], least: -60, most: 125 },
  { key: 'rssiDbm', names: ['rssi', 'rssidbm'], least: -200, most: -1 },
  { key: 'previousStateMs', names: ['previousstatems'], least: 0, most: 31_622_400_000 },
];

function measurementsOf(fields: readonly Field[]): Partial<Reading> {
  const found = MEASUREMENTS.flatMap(({ key, names, least, most }) =>
    fields
      .filter((field) => names.includes(field.plain))
      .map(({ value }) => numberOf(value))
      .filter((value) => value >= least && value <= most)
      .map((value): [string, number] => [key, value]),
  );
  return Object.fromEntries(found);
}

/** Some decoders give numbers as text, such as `+33.0`; NaN for everything else. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  const isNumeric = typeof value === 'string' && /^[+-]?\d{1,9}(?:\.\d{1,9})?$/.test(value);
  return isNumeric ? Number(value) : Number.NaN;
}

const TEXTS: readonly { key: 'firmware' | 'fault'; names: readonly string[] }[] = [
  { key: 'firmware', names: ['firmware', 'firmwareversion'] },
  { key: 'fault', names: ['fault', 'error'] },
];

function textsOf(fields: readonly Field[]): Partial<Reading> {
  const found = TEXTS.flatMap(({ key, names }) =>
    fields
      .filter((field) => names.includes(field.plain))
      .flatMap(({ value }) => (typeof value === 'string' && value !== '' ? [[key, value]] : [])),
  );
  return Object.fromEntries(found);
}
