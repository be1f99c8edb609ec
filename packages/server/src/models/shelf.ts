import type { ErrorCode } from '@vigie/contracts/errors';
import type { InstalledModel, ModelFacts } from '@vigie/contracts/models';

/** Why the shelf does not do what it is asked; each is an error code of its own. */
type Refusal = Extract<ErrorCode, `models/${string}`> extends `models/${infer Why}` ? Why : never;

/** `text` names the thing and the remedy. */
export interface Refused {
  is: 'refused';
  why: Exclude<Refusal, 'upload-unknown' | 'model-unknown' | 'hash-differs' | 'no-folders'>;
  text: string;
}

/** A file on its way in. `bytes`: what the sender announces; `undefined`: nothing. */
export interface Arrival {
  name: string;
  bytes: number | undefined;
  source: AsyncIterable<Uint8Array> & { destroy(error: Error): unknown };
}

/** The model folders of this machine; whoever starts the server hands them in. */
export interface ModelShelf {
  /** Throws away what waited before the start. */
  clear(): Promise<void>;
  list(): Promise<{
    installed: InstalledModel[];
    unusable: string[];
    waiting: { id: string; facts: ModelFacts }[];
  }>;
  /** Takes a file without running it; it waits under this id. */
  receive(arrival: Arrival): Promise<{ is: 'waiting'; id: string; facts: ModelFacts } | Refused>;
  /** Tries a file out and installs it. `undefined`: nothing waits by this id. */
  install(id: string): Promise<{ is: 'installed'; model: InstalledModel } | Refused | undefined>;
  /** `false`: nothing waits by this id. */
  discard(id: string): Promise<boolean>;
  /** `undefined`: the own folder has none of this name. */
  remove(name: string): Promise<InstalledModel | undefined>;
}
