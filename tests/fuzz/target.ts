import type * as fc from 'fast-check';

/** What became of a bad input. `taken`: it was good enough after all. */
export type Verdict = 'taken' | 'refused';

/** One thing that takes input from outside. Whatever `run` throws is a fault, with the input that did it. */
export interface Target {
  /** as `--only` names it */
  readonly name: string;
  /** how many inputs it gets beside the others; 1 is usual */
  readonly weight: number;
  readonly inputs: fc.Arbitrary<unknown>;
  run(input: unknown): Promise<Verdict>;
  /** After the inputs of a turn. @throws Error when they left something behind. */
  settle?(): Promise<void>;
}

interface Typed<Input> extends Omit<Target, 'inputs' | 'run' | 'weight'> {
  weight?: number;
  inputs: fc.Arbitrary<Input>;
  run(input: Input): Promise<Verdict>;
}

/** A target whose inputs have a type. */
export const targetOf = <Input>({ weight = 1, ...typed }: Typed<Input>): Target => ({
  ...typed,
  weight,
  run: (input) => typed.run(input as Input),
});

/** An answer that is later than this holds others up; milliseconds. */
export const longestMs = 5000;

interface Decoder<Input> {
  weight?: number;
  inputs: fc.Arbitrary<Input>;
  decode(input: Input): unknown;
  /** Whether the error is one that the decoder promises. `undefined`: it promises to throw none. */
  refuses?(error: unknown): boolean;
}

/** A target that reads something: it gives a value, or refuses as it promises. */
export const decoderOf = <Input>(
  name: string,
  { decode, refuses = () => false, weight = 3, ...rest }: Decoder<Input>,
): Target =>
  targetOf({
    ...rest,
    weight,
    name,
    run: async (input) => {
      const began = performance.now();
      try {
        await decode(input);
        return 'taken';
      } catch (error) {
        if (!refuses(error)) throw error;
        return 'refused';
      } finally {
        mustBeQuick(performance.now() - began);
      }
    },
  });

/** @throws Error when something took too long; `ms` is how long. */
export function mustBeQuick(ms: number): void {
  if (ms > longestMs) throw new Error(`it took ${ms.toFixed(0)} ms`);
}

/** `true` for errors of exactly these classes. */
export const isOneOf =
  (...classes: (abstract new (...given: never[]) => Error)[]) =>
  (error: unknown): boolean =>
    error instanceof Error && classes.some((one) => error.constructor === one);

/** How an input is written down: JSON, bytes as `{ "bytes": base64 }`. */
export const written = (input: unknown): string =>
  JSON.stringify(input, (_key, value: unknown) =>
    value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value,
  );

/** The opposite of `written`. A Buffer came as JSON of its own before it could be seen as bytes. */
export const read = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown) => {
    const { bytes } = (value ?? {}) as { bytes?: unknown };
    const isBytes = typeof bytes === 'string' && Object.keys(value as object).length === 1;
    return isBytes ? new Uint8Array(Buffer.from(bytes, 'base64')) : value;
  });
