import { messageOf, Unavailable } from '../platform/errors.ts';
import type { AskOutside, OutgoingAnswer, OutgoingRequest } from '../platform/outgoing.driver.ts';

/**
 * Makes one request; any 2xx is success and gives the body.
 * @throws Unavailable with the status, or why there was no answer; never with the address or a header, which may be secret.
 */
export async function call(ask: AskOutside, request: OutgoingRequest): Promise<string> {
  const { status, text } = await asked(ask, request);
  if (status >= 200 && status < 300) return text;
  throw new CallRefused(status);
}

/** The other side answered, but not with success. */
export class CallRefused extends Unavailable {
  readonly answered: number;

  constructor(answered: number) {
    super('platform/unavailable', `The other side answered ${answered}.`);
    this.answered = answered;
  }
}

async function asked(ask: AskOutside, request: OutgoingRequest): Promise<OutgoingAnswer> {
  try {
    return await ask(request);
  } catch (error) {
    throw new Unavailable(
      'platform/unavailable',
      `The other side did not answer: ${reasonOf(error)}.`,
    );
  }
}

/** A code such as ECONNREFUSED where there is one: texts of the library may hold the address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'too slow';
  return 'code' in error ? String(error.code) : messageOf(error);
}
