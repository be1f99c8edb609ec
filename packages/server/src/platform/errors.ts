import { type ErrorCode, errorCodes } from '@vigie/contracts/errors';

/**
 * The one family of errors. `code` is stable and translated by the web; `message` names the thing and
 * the remedy. Only the HTTP edge turns `status` into an answer.
 */
export class VigieError extends Error {
  readonly code: ErrorCode;
  readonly status: number;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.status = errorCodes[code];
  }
}

/** What was given is wrong; the giver must change it. */
export class InvalidInput extends VigieError {}
/** Nobody is signed in, or the credentials are wrong. */
export class NotAuthenticated extends VigieError {}
/** Signed in, but without the right. */
export class NotAllowed extends VigieError {}
/** The named thing does not exist. */
export class NotFound extends VigieError {}
/** The thing is in a state that does not allow this. */
export class Conflict extends VigieError {}
/** Asked too often; waiting helps, and the error says how long. */
export class TooManyAttempts extends VigieError {
  readonly retryAfterSeconds: number;

  constructor(code: ErrorCode, message: string, options: { retryAfterSeconds: number }) {
    super(code, message);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
/** Something that we need does not answer; trying again later may help. */
export class Unavailable extends VigieError {}
/** Our own mistake. */
export class Bug extends VigieError {}

/** Text of anything thrown, for a log line. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
